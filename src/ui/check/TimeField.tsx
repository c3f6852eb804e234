import { check as words } from '../words/check.en.ts';
import styles from './CheckPage.module.css';

interface Props {
  /** Milliseconds since 1970. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** The time to judge at, where the person wants another one than the evidence's own. */
export function TimeField({ value, onChange }: Props) {
  return (
    <details className={styles.time}>
      <summary>{words.timeTitle}</summary>
      <label>
        {words.timeLabel}
        <input
          type="datetime-local"
          step={1}
          defaultValue={value === undefined ? '' : new Date(value).toISOString().slice(0, 19)}
          onChange={(event) => {
            const time = event.target.value === '' ? NaN : Date.parse(`${event.target.value}Z`);
            onChange(Number.isNaN(time) ? undefined : time);
          }}
        />
      </label>
      <p>{words.timeHint}</p>
    </details>
  );
}
