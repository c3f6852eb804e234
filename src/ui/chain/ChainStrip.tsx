import { memo, useMemo, useRef, useSyncExternalStore, type KeyboardEvent, type PointerEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { useSize } from '../parts/useSize.ts';
import type { ChainMarks } from '../session/pageSnapshot.ts';
import { chain } from '../words/chain.en.ts';
import { gatherMarks, kindsOf, numberAt, slotOf, stripKinds, stripRuns } from '../zipper/strip.ts';
import { kindPath, pointOf, railsPath, stripWidth } from './stripPaths.ts';
import type { ZipperWindow } from './zipperWindow.ts';
import styles from './ChainStrip.module.css';

const { strip: words } = chain;

interface Props {
  readonly name: string;
  readonly marks: ChainMarks;
  /** Where it is read at the moment; undefined where it is not. */
  readonly reading: number | undefined;
  readonly window: ZipperWindow;
  /** Goes to a number that was pointed at: its block where it has one. */
  readonly onNumber: (k: number) => void;
}

/**
 * The whole chain at a glance: teeth as far as it is verified, what is irregular in shapes of its own, and the part that the table shows, which
 * can be moved with pointer and keys.
 */
export function ChainStrip({ name, marks, reading, window: zipper, onNumber }: Props) {
  const [frame, { width, height }] = useSize<HTMLDivElement>();
  const inView = useSyncExternalStore(zipper.subscribe, zipper.inView);
  const isDragged = useRef(false);
  const upright = height > width;
  const length = Math.max(0, upright ? height : width);
  const count = marks.length;
  const last = Math.max(0, count - 1);
  const low = Math.min(inView?.low ?? last, last);
  const high = Math.min(inView?.high ?? last, last);
  const go = (k: number): void => zipper.scrollTo(Math.max(0, Math.min(last, k)));
  const point = (event: PointerEvent<HTMLElement>, exact: boolean): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = upright ? box.bottom - event.clientY : event.clientX - box.left;
    const slot = Math.floor(Math.max(0, Math.min(length - 1, along)));
    if (count === 0) return;
    if (exact) onNumber(numberAt(marks.bytes, count, slot, length));
    else go(Math.round((slot / length) * last));
  };
  return (
    <div
      ref={frame}
      className={styles.strip}
      role="slider"
      tabIndex={0}
      aria-label={fill(words.label, { name })}
      aria-orientation={upright ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={(low + high) >> 1}
      aria-valuetext={valueText(marks, low, high)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        isDragged.current = true;
        point(event, true);
      }}
      onPointerMove={(event) => {
        if (isDragged.current && Math.hypot(event.movementX, event.movementY) > 0) point(event, false);
      }}
      onPointerUp={() => (isDragged.current = false)}
      onPointerCancel={() => (isDragged.current = false)}
      onKeyDown={(event) => moveByKeys(event, { low, high, last }, go)}
    >
      {length > 0 && (
        <svg
          width={upright ? stripWidth : length}
          height={upright ? length : stripWidth}
          aria-hidden="true"
          focusable="false"
        >
          <Picture marks={marks} length={length} upright={upright} />
          {count > 0 && <Frame low={low} high={high} {...{ count, length, upright, reading }} />}
        </svg>
      )}
    </div>
  );
}

interface PictureProps {
  readonly marks: ChainMarks;
  readonly length: number;
  readonly upright: boolean;
}

/** A dozen paths, whatever the length of the chain; drawn again only when a mark has changed. */
const Picture = memo(function Picture({ marks, length, upright }: PictureProps) {
  const paths = useMemo(() => {
    const runs = stripRuns(gatherMarks(marks.bytes, marks.length, length));
    const point = pointOf(upright, length);
    return stripKinds.map((kind) => [kind, kindPath(kind, runs.get(kind) ?? [], point)] as const);
  }, [marks, length, upright]);
  return (
    <>
      <path className={styles.rails} d={railsPath(pointOf(upright, length), length)} />
      {paths.map(([kind, path]) => path && <path key={kind} className={styles[kind]} data-kind={kind} d={path} />)}
    </>
  );
});

interface FrameProps {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly length: number;
  readonly upright: boolean;
  readonly reading: number | undefined;
}

/** The part that the table shows, and the slider of the zipper where it is read. */
function Frame({ low, high, count, length, upright, reading }: FrameProps) {
  const from = slotOf(low, count, length);
  const size = Math.max(8, slotOf(high, count, length) + Math.max(1, Math.floor(length / count)) - from);
  const start = Math.max(0, Math.min(from, length - size));
  const at = reading === undefined ? undefined : Math.min(length, Math.floor((reading / count) * length));
  const point = pointOf(upright, length);
  return (
    <>
      {at !== undefined && (
        <path
          className={styles.reading}
          d={`M${point(at, 2)}L${point(at, 26)}L${point(Math.min(length, at + 7), 14)}Z`}
        />
      )}
      <rect
        className={styles.window}
        {...(upright
          ? { x: 1, y: length - start - size, width: stripWidth - 2, height: size }
          : { x: start, y: 1, width: size, height: stripWidth - 2 })}
        rx={2}
      />
    </>
  );
}

/** What is in view, in words: its numbers, and every kind of thing among them. */
function valueText({ bytes, length }: ChainMarks, low: number, high: number): string {
  if (length === 0) return words.empty;
  const kinds = new Set([...new Set(bytes.subarray(low, Math.min(high + 1, length)))].flatMap(kindsOf));
  const named = stripKinds.filter((kind) => kinds.has(kind)).map((kind) => words.kinds[kind]);
  return fill(words.value, { low: number(low), high: number(high), kinds: named.join(', ') });
}

function moveByKeys(
  event: KeyboardEvent,
  { low, high, last }: { readonly low: number; readonly high: number; readonly last: number },
  go: (k: number) => void,
): void {
  const middle = (low + high) >> 1;
  const page = Math.max(1, high - low);
  const targets: Readonly<Record<string, number>> = {
    ArrowUp: middle + 1,
    ArrowRight: middle + 1,
    ArrowDown: middle - 1,
    ArrowLeft: middle - 1,
    PageUp: middle + page,
    PageDown: middle - page,
    Home: 0,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  go(target);
}
