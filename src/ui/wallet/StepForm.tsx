import { useId, useState, type FormEvent } from 'react';
import type { Hex } from '../../core/evm/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { withoutDigests } from '../format/humane.ts';
import { utcMoment } from '../format/moment.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { DigestField } from './DigestField.tsx';
import { argumentsOf, maximumText, steps, type StepField, type StepName } from './steps.ts';
import { TransactionProgress } from './TransactionProgress.tsx';
import { useTransaction } from './useTransaction.ts';
import styles from './Wallet.module.css';

const { wallet: words } = taskWords;

interface Props {
  readonly name: StepName;
  readonly chainId: number;
  readonly contract: Hex;
  /** Values that are known from the page, such as the number of the task: they are said, not asked. */
  readonly known: Readonly<Record<string, string>>;
  readonly onIncluded: () => void;
}

/** One step: its fields, what of them becomes public, and how far its transaction has come. */
export function StepForm({ name, chainId, contract, known, onIncluded }: Props) {
  const step = steps[name];
  const { title, text } = words.steps[name];
  const heading = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ deadline: '24', until: '24', ...known });
  const [confirmed, setConfirmed] = useState(false);
  const [missing, setMissing] = useState('');
  const { transaction, send, reset } = useTransaction(onIncluded);
  const set = (field: string, value: string): void => {
    setMissing('');
    setValues((all) => ({ ...all, [field]: value }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = argumentsOf(step, values, Date.now());
    if ('missing' in found) {
      setMissing(fill(words.fieldMissing, { field: words.fields[found.missing] ?? found.missing }));
      return;
    }
    void send({ chainId, contract, step: name, args: found.args });
  };
  if (transaction.state !== 'idle') {
    return (
      <section className={styles.part} aria-labelledby={heading}>
        <h3 id={heading}>{title}</h3>
        <TransactionProgress transaction={transaction} onAgain={reset} />
      </section>
    );
  }
  const hasDigests = step.fields.some(({ kind }) => kind === 'digest');
  return (
    <form className={styles.part} aria-labelledby={heading} onSubmit={submit} noValidate>
      <h3 id={heading}>{title}</h3>
      <p>{text}</p>
      {step.fields
        .filter(({ name: field, kind }) => !(field in known) && kind !== 'now')
        .map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => set(field.name, value)}
          />
        ))}
      <div className={styles.public}>
        <h4>{words.becomesPublic}</h4>
        <ul>
          {step.fields.map(({ name: field, kind }) => (
            <li key={field}>
              {words.fields[field]}
              {': '}
              <span>{kind === 'now' ? words.nowHint : shownValue(kind, values[field] ?? '')}</span>
            </li>
          ))}
          <li>{words.yourAddress}</li>
        </ul>
        <p>{words.forever}</p>
        {hasDigests && (
          <p>
            {words.privateNote} {words.guess}
          </p>
        )}
        <label className={styles.confirm}>
          <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} />
          <span>{words.confirm}</span>
        </label>
      </div>
      {missing && (
        <p className={styles.missing} role="alert">
          {missing}
        </p>
      )}
      <p className={lists.actions}>
        <Button type="submit" look="primary" disabled={!confirmed}>
          {words.send}
        </Button>
      </p>
    </form>
  );
}

function shownValue(kind: StepField['kind'], value: string): string {
  if (value.trim() === '') return '–';
  if (kind === 'digest' || kind === 'key') return withoutDigests(value.trim());
  if (kind === 'hours') {
    const hours = Number(value);
    return hours > 0 && hours <= 876_000 ? utcMoment(Date.now() + hours * 3_600_000) : '–';
  }
  return value;
}

interface FieldProps {
  readonly field: StepField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Field({ field: { name, kind, optional = false }, value, onChange }: FieldProps) {
  const input = useId();
  const label = words.fields[name] ?? name;
  if (kind === 'digest') return <DigestField label={label} value={value} optional={optional} onChange={onChange} />;
  if (kind === 'text') {
    return (
      <div className={styles.field}>
        <label htmlFor={input}>
          {label} <small>({words.optional})</small>
        </label>
        <textarea
          id={input}
          rows={2}
          maxLength={maximumText}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    );
  }
  return (
    <div className={styles.field}>
      <label htmlFor={input}>
        {label} {kind === 'hours' && <small>({words.hoursHint})</small>}
      </label>
      <input
        id={input}
        {...(kind === 'key'
          ? { placeholder: words.digestPlaceholder, spellCheck: false }
          : { className: styles.short, inputMode: 'numeric' })}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
