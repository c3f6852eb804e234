import { useMemo } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { useKeys } from '../keys/useKeys.ts';
import { Button } from '../parts/Button.tsx';
import type { ChainMarks } from '../session/pageSnapshot.ts';
import { chain } from '../words/chain.en.ts';
import { keys } from '../words/keys.en.ts';
import { countKinds, kindsOf, nextTrouble, stripKinds, type StripKind } from '../zipper/strip.ts';
import { kindPath, pointOf } from './stripPaths.ts';
import type { ZipperWindow } from './zipperWindow.ts';
import stripStyles from './ChainStrip.module.css';
import styles from './Troubles.module.css';

const { strip: words } = chain;
const calm: ReadonlySet<StripKind> = new Set(['unread', 'verified', 'behind']);

interface Props {
  readonly marks: ChainMarks;
  readonly window: ZipperWindow;
  /** The number that the person went to last. */
  readonly at: number | undefined;
  /** Goes to a number: its block where it has one. */
  readonly onNumber: (k: number) => void;
}

/** What the strip shows, in words with how many there are of each, and the way from one trouble to the next. */
export function Troubles({ marks, window: zipper, at, onNumber }: Props) {
  const counts = useMemo(() => countKinds(marks.bytes, marks.length), [marks]);
  const present = stripKinds.filter((kind) => counts.has(kind));
  const isTroubled = present.some((kind) => !calm.has(kind));
  const go = (step: 1 | -1): void => {
    const inView = zipper.inView();
    const from = at ?? (step < 0 ? marks.length : ((inView?.low ?? 0) + (inView?.high ?? 0)) >> 1);
    const k = nextTrouble(marks.bytes, marks.length, from, step);
    if (k !== undefined) onNumber(k);
  };
  useTroubleKeys(go);
  return (
    <div className={styles.troubles}>
      <ul role="list" className={styles.legend} aria-label={words.legend}>
        {present.map((kind) => (
          <li key={kind} data-kind={kind}>
            <Swatch kind={kind} />
            {fill(words.counted[kind], { count: number(counts.get(kind) ?? 0) })}
          </li>
        ))}
      </ul>
      {isTroubled && (
        <div className={styles.jump}>
          <Button onClick={() => go(1)}>{words.previous}</Button>
          <Button onClick={() => go(-1)}>{words.next}</Button>
        </div>
      )}
      <p role="status" className={styles.here}>
        {at !== undefined && at < marks.length && describe(marks, at)}
      </p>
    </div>
  );
}

/** `Number 57: missing`. */
function describe({ bytes }: ChainMarks, k: number): string {
  const kinds = kindsOf(bytes[k] as number).filter((kind) => !calm.has(kind));
  const named = kinds.length > 0 ? kinds : (['verified'] as const);
  return fill(words.here, { k: number(k), what: named.map((kind) => words.kinds[kind]).join(', ') });
}

function Swatch({ kind }: { readonly kind: StripKind }) {
  const point = pointOf(false, 20);
  const isStorage = kind === 'lost' || kind === 'lying' || kind === 'unreadable';
  const rails = isStorage ? '' : kind === 'fork' ? 'M0 22H20' : 'M0 6H20M0 22H20';
  return (
    <svg
      width={20}
      height={20}
      viewBox={`-2 ${isStorage ? 28 : kind === 'fork' ? 14 : 2} 24 ${isStorage ? 20 : 24}`}
      aria-hidden="true"
      focusable="false"
    >
      {rails && <path className={stripStyles.rails} d={rails} />}
      <path
        className={stripStyles[kind]}
        d={kindPath(kind, [calm.has(kind) || isStorage ? { from: 0, to: 20 } : { from: 5, to: 14 }], point)}
      />
    </svg>
  );
}

/** `n` and `p`. */
function useTroubleKeys(go: (step: 1 | -1) => void): void {
  useKeys([
    { key: 'n', name: keys.troubleNext, run: () => go(-1) },
    { key: 'p', name: keys.troublePrevious, run: () => go(1) },
  ]);
}
