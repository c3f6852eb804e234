import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import type { ZipperRow, ZipperRows } from '../zipper/layout.ts';
import type { ToothState } from '../../core/seal/tooth.ts';
import { chain as words } from '../words/chain.en.ts';
import { BlockLine } from './BlockLine.tsx';
import { Arrivals } from './arrivals.ts';
import type { ZipperWindow } from './zipperWindow.ts';
import { ZipperGutter, gutterWidth, rowHeight } from './ZipperGutter.tsx';
import styles from './ZipperTable.module.css';

interface Props {
  readonly name: string;
  readonly layout: ZipperRows;
  readonly window: ZipperWindow;
  /** The row of the block that is shown beside the table; −1 where it is not in it. */
  readonly selected: number;
  readonly onSelect: (block: string) => void;
  /** What stands above the newest block: what is still to come. */
  readonly head: string;
  readonly headState: 'open' | 'closed';
  /** No more rows will come: a short table takes no more room than it needs. */
  readonly settled: boolean;
}

/** The zipper: newest block on top, block zero at the bottom. Only the rows in view exist, so it stays smooth for 100,000 blocks. */
export function ZipperTable({ name, layout, window: zipper, selected, onSelect, head, headState, settled }: Props) {
  const { length, lanes } = layout;
  const scroller = useRef<HTMLDivElement>(null);
  const [arrivals] = useState(() => new Arrivals());
  useEffect(() => arrivals.drawn(layout.row(length - 1)?.k), [arrivals, layout, length]);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count: length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  // New blocks come in at the top; whoever has scrolled down keeps looking at the same ones.
  const former = useRef(length);
  useLayoutEffect(() => {
    const added = length - former.current;
    former.current = length;
    const element = scroller.current;
    if (element && added > 0 && element.scrollTop > rowHeight) element.scrollTop += added * rowHeight;
  }, [length]);
  const selectedDigest = digestOf(layout.row(selected));
  const shownFor = useRef<string>(undefined);
  useEffect(() => {
    if (selectedDigest === undefined || shownFor.current === selectedDigest) return;
    shownFor.current = selectedDigest;
    virtualizer.scrollToIndex(length - 1 - selected, { align: 'auto' });
  }, [virtualizer, length, selected, selectedDigest]);
  useEffect(
    () =>
      zipper.attach((k) => {
        const index = Math.min(length - 1, layout.indexOfNumber(k));
        if (index >= 0) virtualizer.scrollToIndex(length - 1 - index, { align: 'center' });
      }),
    [zipper, virtualizer, layout, length],
  );
  const items = virtualizer.getVirtualItems();
  // It is found out with the items.
  const range = virtualizer.range;
  const high = layout.row(length - 1 - (range?.startIndex ?? 0))?.k;
  const low = layout.row(length - 1 - (range?.endIndex ?? 0))?.k;
  useEffect(() => {
    if (low !== undefined && high !== undefined) zipper.show(low, high);
  }, [zipper, low, high]);
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const select = (index: number): void => {
    const row = nearestBlock(layout, index, index >= selected ? 1 : -1);
    if (row) onSelect(row.block.block);
  };
  return (
    <div
      ref={scroller}
      className={`${styles.scroller} ${settled ? styles.settled : ''}`}
      role="region"
      aria-label={fill(words.tableLabel, { name })}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onKeyDown={(event) => moveByKeys(event, length, selected, select)}
    >
      <table className={styles.table} aria-rowcount={length + 1}>
        <thead>
          <tr>
            <th scope="col">{words.columns.block}</th>
            <th scope="col" style={{ width: gutterWidth(lanes) }}>
              <span className="visually-hidden">{words.columns.zipper}</span>
            </th>
            <th scope="col">{words.columns.time}</th>
          </tr>
        </thead>
        <tbody>
          <tr className={styles.head} style={{ height: rowHeight }}>
            <td className={styles.left}>{words.newest}</td>
            <td>
              <ZipperGutter
                lanes={lanes}
                teeth={undefined}
                rails={length > 0}
                open={headState === 'open'}
                faint={headState === 'closed'}
                passing={[]}
                leaving={[]}
              />
            </td>
            <td>{head}</td>
          </tr>
          {before > 0 && <Spacer height={before} />}
          {items.map((item) => {
            const index = length - 1 - item.index;
            const row = layout.row(index);
            if (!row) return null;
            return (
              <Line
                key={row.type === 'block' ? row.block.timestampHash : 'stop'}
                row={row}
                place={item.index + 2}
                selected={index === selected}
                lanes={lanes}
                arrivals={arrivals}
              />
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps extends RowGutterProps {
  /** Its place in the table, from 1. */
  readonly place: number;
  readonly selected: boolean;
}

/** Not drawn again while one scrolls past it. */
const Line = memo(function Line({ row, place, selected, lanes, arrivals }: LineProps) {
  return (
    <tr
      className={row.type === 'block' ? styles.block : styles.stop}
      style={{ height: rowHeight }}
      aria-rowindex={place}
      data-selected={selected ? '' : undefined}
      data-lane={row.type === 'block' ? row.lane : undefined}
      data-k={row.k}
    >
      <BlockLine row={row} selected={selected} gutter={<RowGutter row={row} lanes={lanes} arrivals={arrivals} />} />
    </tr>
  );
});

function Spacer({ height }: { readonly height: number }) {
  return <tr aria-hidden="true" style={{ height }} />;
}

interface RowGutterProps {
  readonly row: ZipperRow;
  readonly lanes: number;
  readonly arrivals: Arrivals;
}

function RowGutter({ row, lanes, arrivals }: RowGutterProps) {
  const [fresh] = useState(() => arrivals.isNew(row.k));
  if (row.type === 'stop') {
    const broken = row.stop.reason === 'order' || row.stop.reason === 'equivocation';
    return <ZipperGutter lanes={lanes} teeth={broken ? 'broken' : 'open'} rails passing={row.passing} leaving={[]} />;
  }
  const onMain = row.lane === 0;
  const teeth: ToothState | undefined = onMain ? (row.block.leaves === null ? 'open' : 'closed') : undefined;
  return (
    <ZipperGutter
      lanes={lanes}
      teeth={teeth}
      rails={row.main}
      passing={row.passing}
      leaving={row.leaving}
      lane={row.lane}
      goesOn={row.goesOn}
      fresh={fresh}
    />
  );
}

function nearestBlock(layout: ZipperRows, index: number, step: 1 | -1) {
  for (let at = index; at >= 0 && at < layout.length; at += step) {
    const row = layout.row(at);
    if (row?.type === 'block') return row;
  }
  return undefined;
}

function digestOf(row: ZipperRow | undefined): string | undefined {
  return row?.type === 'block' ? row.block.block : undefined;
}

function moveByKeys(event: KeyboardEvent, count: number, selected: number, select: (index: number) => void): void {
  const newest = count - 1;
  const targets: Readonly<Record<string, number>> = {
    // Up is newer, as it is drawn.
    ArrowUp: selected < 0 ? newest : Math.min(newest, selected + 1),
    ArrowDown: selected < 0 ? newest : Math.max(0, selected - 1),
    Home: newest,
    End: 0,
  };
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  select(target);
}
