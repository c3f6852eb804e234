import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import type { TraceViewer } from '../../../audit/trace/traceViewer.ts';
import type { EventRow } from '../../../core/trace/view/eventRow.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { useWidth } from '../../parts/useWidth.ts';
import type { EventWindow } from '../timeline/eventWindow.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import { RowCache } from './rowCache.ts';
import { valuesText } from './eventSentence.ts';
import styles from './EventTable.module.css';

const { events: words } = traceRun;

/** Rows in one piece; longer tables come in parts, since what lays them out goes over all of its rows, and browsers scroll over so many pixels only. */
const partLength = 50_000;
const narrow = 640;

interface Props {
  readonly viewer: TraceViewer;
  /** Events of the whole trace. */
  readonly total: number;
  /** Numbers of the events that are shown, in order; all where undefined. */
  readonly found: Uint32Array | undefined;
  /** Number of the event that is looked at; −1 for none. */
  readonly selected: number;
  readonly onSelect: (event: number) => void;
  /** Leads to the event that is looked at. */
  readonly onOpen: () => void;
  /** Of what says how keys move in it. */
  readonly describedBy: string;
  readonly window: EventWindow;
}

/** Events in their order. Only the rows in view exist, and only their events are fetched from the worker, so a million is as smooth as ten. */
export function EventTable({ viewer, total, found, selected, onSelect, onOpen, describedBy, window: shown }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [frame, width] = useWidth<HTMLDivElement>();
  const cache = useMemo(() => new RowCache(viewer), [viewer]);
  useSyncExternalStore(cache.subscribe, cache.version);
  const [first, setFirst] = useState(0);
  const isNarrow = width > 0 && width < narrow;
  const rowHeight = isNarrow ? 56 : 34;
  const length = found ? found.length : total;
  const begin = Math.min(first, Math.floor(Math.max(0, length - 1) / partLength) * partLength);
  const count = Math.min(partLength, length - begin);
  const numberAt = (index: number): number => (found ? (found[index] as number) : index);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 16,
  });
  const measured = useRef(rowHeight);
  useEffect(() => {
    if (measured.current !== rowHeight) virtualizer.measure();
    measured.current = rowHeight;
  }, [virtualizer, rowHeight]);
  const goTo = useRef<number>(undefined);
  const bring = (index: number, align: 'auto' | 'center'): void => {
    const part = Math.floor(index / partLength) * partLength;
    if (part === begin) virtualizer.scrollToIndex(index - part, { align });
    else {
      goTo.current = index;
      setFirst(part);
    }
  };
  useEffect(() => {
    if (goTo.current === undefined) return;
    virtualizer.scrollToIndex(goTo.current - begin, { align: 'center' });
    goTo.current = undefined;
  }, [virtualizer, begin]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setFirst(0);
  }, [found]);
  useEffect(() => shown.attach((event) => bring(Math.min(length - 1, indexOf(event, found)), 'center')));
  const items = virtualizer.getVirtualItems();
  const range = virtualizer.range;
  const low = count > 0 ? numberAt(begin + (range?.startIndex ?? 0)) : 0;
  const high = count > 0 ? numberAt(begin + Math.min(count - 1, range?.endIndex ?? 0)) : 0;
  useEffect(() => shown.show(low, high), [shown, low, high]);
  useEffect(() => cache.want(items.map(({ index }) => numberAt(begin + index))));
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const at = selected < 0 ? -1 : indexOf(selected, found);
  const move = (index: number): void => {
    onSelect(numberAt(index));
    bring(index, 'auto');
  };
  if (length === 0) return <p>{words.none}</p>;
  return (
    <div ref={frame} className={styles.whole}>
      <div
        ref={scroller}
        className={`${styles.scroller} ${count * rowHeight < 400 ? styles.short : ''}`}
        role="region"
        aria-label={words.label}
        aria-describedby={describedBy}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target === event.currentTarget && selected >= 0) onOpen();
          else moveByKeys(event, length, at, Math.max(1, (range?.endIndex ?? 1) - (range?.startIndex ?? 0) - 1), move);
        }}
      >
        <table
          className={styles.table}
          // Laid out as a grid it would be no table to some screen readers.
          role={isNarrow ? 'table' : undefined}
          aria-label={words.label}
          aria-rowcount={length + 1}
          data-narrow={isNarrow ? '' : undefined}
        >
          <thead role={isNarrow ? 'rowgroup' : undefined}>
            <tr role={isNarrow ? 'row' : undefined} aria-rowindex={1}>
              {(['number', 'what', 'where', 'values'] as const).map((column) => (
                <th key={column} scope="col" role={isNarrow ? 'columnheader' : undefined}>
                  {words.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role={isNarrow ? 'rowgroup' : undefined}>
            {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
            {items.map(({ index }) => {
              const event = numberAt(begin + index);
              return (
                <Line
                  key={event}
                  place={begin + index + 2}
                  event={event}
                  row={cache.row(event)}
                  selected={event === selected}
                  height={rowHeight}
                  narrow={isNarrow}
                  onSelect={onSelect}
                />
              );
            })}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
        </table>
      </div>
      {length > partLength && (
        <p className={lists.actions}>
          <Button disabled={begin === 0} onClick={() => setFirst(begin - partLength)}>
            {words.before}
          </Button>
          <span className={styles.part}>
            {fill(words.part, { from: number(begin), to: number(begin + count - 1), total: number(length) })}
          </span>
          <Button disabled={begin + count >= length} onClick={() => setFirst(begin + partLength)}>
            {words.after}
          </Button>
        </p>
      )}
    </div>
  );
}

interface LineProps {
  readonly place: number;
  readonly event: number;
  readonly row: EventRow | undefined;
  readonly selected: boolean;
  readonly height: number;
  readonly narrow: boolean;
  readonly onSelect: (event: number) => void;
}

/** Not drawn again while one scrolls past it. */
const Line = memo(function Line({ place, event, row, selected, height, narrow: isNarrow, onSelect }: LineProps) {
  const cell = isNarrow ? 'cell' : undefined;
  return (
    <tr
      role={isNarrow ? 'row' : undefined}
      aria-rowindex={place}
      style={{ height }}
      data-selected={selected ? '' : undefined}
      data-event={event}
    >
      <td role={cell} className={styles.number}>
        <button
          type="button"
          tabIndex={-1}
          aria-label={fill(traceRun.event.title, { number: number(event) })}
          aria-pressed={selected}
          onClick={() => onSelect(event)}
        >
          {number(event)}
        </button>
      </td>
      <td role={cell} className={styles.kind} data-kind={row?.kind}>
        {row ? words.kinds[row.kind] : '…'}
      </td>
      <td role={cell} className={styles.where}>
        <span style={{ paddingInlineStart: `${Math.min(12, row?.depth ?? 0) * 0.6}em` }}>{row?.function?.name}</span>
      </td>
      <td role={cell} className={styles.values}>
        <code>{row ? valuesText(row) : ''}</code>
      </td>
    </tr>
  );
});

/** Where an event stands among those that are shown: itself, or the first behind it. */
function indexOf(event: number, found: Uint32Array | undefined): number {
  if (!found) return event;
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((found[middle] as number) < event) low = middle + 1;
    else high = middle;
  }
  return low;
}

function moveByKeys(
  event: KeyboardEvent,
  length: number,
  at: number,
  page: number,
  move: (index: number) => void,
): void {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: length - 1,
  };
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  move(Math.max(0, Math.min(length - 1, target)));
}
