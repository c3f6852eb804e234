import { useId } from 'react';
import type { TimeChoice } from '../judging/timeChoice.ts';
import { Moment } from '../parts/Moment.tsx';
import { check } from '../words/check.en.ts';
import { timeFieldId } from './goToTimeField.ts';
import styles from './TimeField.module.css';

const { time: words } = check;

interface Props {
  readonly value: TimeChoice;
  readonly onChange: (value: TimeChoice) => void;
}

/** The time to judge at: the evidence's own, the present, or one that the person knows. */
export function TimeField({ value, onChange }: Props) {
  const name = useId();
  const options = [
    { by: 'evidence', text: words.evidence, hint: words.evidenceHint, choose: { by: 'evidence' } },
    { by: 'now', text: words.now, hint: words.nowHint, choose: undefined },
    { by: 'own', text: words.own, hint: words.ownHint, choose: { by: 'own', at: undefined } },
  ] as const;
  return (
    <fieldset id={timeFieldId} className={styles.time}>
      <legend>{words.title}</legend>
      {options.map(({ by, text, hint, choose }) => (
        <div key={by} className={styles.choice}>
          <label>
            <input
              type="radio"
              name={name}
              checked={value.by === by}
              onChange={() => onChange(choose ?? { by: 'now', at: Date.now() })}
            />
            <span>{text}</span>
          </label>
          <p className={styles.hint}>
            {hint}
            {by === 'now' && value.by === 'now' && (
              <>
                {' '}
                <Moment at={value.at} />
              </>
            )}
          </p>
        </div>
      ))}
      {value.by === 'own' && (
        <label className={styles.own}>
          {words.label}
          <input
            type="datetime-local"
            step={1}
            defaultValue={value.at === undefined ? '' : new Date(value.at).toISOString().slice(0, 19)}
            onChange={(event) => {
              const at = event.target.value === '' ? NaN : Date.parse(`${event.target.value}Z`);
              onChange({ by: 'own', at: Number.isNaN(at) ? undefined : at });
            }}
          />
        </label>
      )}
    </fieldset>
  );
}
