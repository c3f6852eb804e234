import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import styles from './Difference.module.css';

const { compare: words } = traceAudit;
const longest = 18;

interface Props {
  /** Events that are the same. */
  readonly before: number;
  readonly names: readonly [string, string];
  /** Whether a trace ends where the other goes on. */
  readonly isOver: readonly [boolean, boolean];
}

/** Two traces as two lanes: one line as long as they say the same, then each its own way. */
export function ForkPicture({ before, names, isOver }: Props) {
  const same = [20, 56, 92];
  const lanes = [28, 92] as const;
  return (
    <svg
      className={styles.fork}
      viewBox="0 0 420 124"
      role="img"
      aria-label={fill(words.picture, { before: number(before) })}
    >
      {before > 0 && <path d="M4 60H140" />}
      {before > 0 && same.map((x) => <circle key={x} cx={x} cy={60} r={5} />)}
      <text className={styles.soft} x={20} y={90}>
        {number(before)}
      </text>
      {lanes.map((y, side) => (
        <g key={y}>
          <path className={isOver[side] ? styles.abandoned : undefined} d={`M140 60C165 60 165 ${y} 190 ${y}H250`} />
          {isOver[side] ? <path d={`M250 ${y - 7}v14`} /> : <circle className={styles.first} cx={190} cy={y} r={6} />}
          <text x={262} y={y + 5}>
            {shortName(names[side] ?? '')}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Files differ at their beginning, addresses at their end. */
function shortName(name: string): string {
  if (name.length <= longest) return name;
  return name.includes('/') ? `…${name.slice(1 - longest)}` : `${name.slice(0, longest - 1)}…`;
}
