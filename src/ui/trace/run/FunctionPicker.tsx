import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { FunctionSymbol } from '../../../core/trace/symbols.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import { traceRun } from '../../words/traceRun.en.ts';
import styles from './TraceRun.module.css';

const { picker: words } = traceRun.policy;
/** Longer lists are searched, not read. */
const mostShown = 60;

interface Props {
  readonly label: string;
  readonly functions: readonly FunctionSymbol[];
  readonly chosen: readonly number[];
  readonly onChange: (chosen: readonly number[]) => void;
  /** One at most. */
  readonly single?: boolean;
  /** What else is to be said of a function. */
  readonly noteOf?: (index: number) => string | undefined;
}

/** Functions out of the program's own list: those that are chosen first, then exports, then the others. */
export function FunctionPicker({ label, functions, chosen, onChange, single = false, noteOf }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const part = useDeferredValue(text.trim().toLowerCase());
  const [first] = useState(() => new Set(chosen));
  const sorted = useMemo(
    () => [...functions].sort((a, b) => rank(a, first) - rank(b, first) || a.index - b.index),
    [functions, first],
  );
  const found = useMemo(
    () => sorted.filter(({ name, index }) => name.toLowerCase().includes(part) || String(index) === part),
    [sorted, part],
  );
  const toggle = (index: number, isOn: boolean): void => {
    if (single) onChange(isOn ? [index] : []);
    else onChange(isOn ? [...chosen, index] : chosen.filter((each) => each !== index));
  };
  return (
    <div className={styles.picker} role="group" aria-label={label}>
      <div className={styles.pickerHead}>
        <input
          id={id}
          type="text"
          value={text}
          placeholder={words.search}
          aria-label={`${words.search}: ${label}`}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        {!single && <span role="status">{fill(words.chosen, { count: number(chosen.length) })}</span>}
        {chosen.length > 0 && !single && (
          <Button look="quiet" onClick={() => onChange([])}>
            {words.clear}
          </Button>
        )}
      </div>
      <ul role="list">
        {found.slice(0, mostShown).map(({ index, name, exports, imported, parameters, results }) => (
          <li key={index}>
            <label>
              <input
                type={single ? 'radio' : 'checkbox'}
                {...(single && { name: `${id}-one` })}
                checked={chosen.includes(index)}
                onChange={(event) => toggle(index, event.target.checked)}
              />
              <span>
                <code>{name}</code>
                <small>
                  ({parameters.join(', ')}){results.length > 0 && ` → ${results.join(', ')}`}
                  {exports.length > 0 && ` · ${words.exported}`}
                  {imported !== null && ` · ${words.imported}`}
                  {noteOf?.(index) !== undefined && ` · ${noteOf(index)}`}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p role="status">{words.none}</p>}
      {found.length > mostShown && <p>{fill(words.more, { count: number(found.length - mostShown) })}</p>}
    </div>
  );
}

function rank({ index, exports, imported }: FunctionSymbol, chosen: ReadonlySet<number>): number {
  if (chosen.has(index)) return 0;
  return exports.length > 0 ? 1 : imported === null ? 2 : 3;
}
