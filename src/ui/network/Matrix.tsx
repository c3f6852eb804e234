import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { NetworkNode, NetworkRow } from '../../core/network/networkDetails.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { usePrinting } from '../parts/usePrinting.ts';
import { useWidth } from '../parts/useWidth.ts';
import { shortAddress } from '../task/shortAddress.ts';
import { networkWords } from '../words/network.en.ts';
import type { CellKind, NetworkView } from './networkView.ts';
import { Shape } from './Shape.tsx';
import styles from './Matrix.module.css';

const { matrix: words } = networkWords;

/** More rows than these stand in a window of their own, in which only those in view exist. */
const wholeUpTo = 16;
const heights = { wide: 46, narrow: 69 };
const narrow = 720;

export interface Chosen {
  readonly request: number;
  /** Number of the node; undefined where the whole request is chosen. */
  readonly node: number | undefined;
}

interface Props {
  readonly view: NetworkView;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Requests by nodes: a table first, each cell a word beside its shape and a button to what proves it. */
export function Matrix({ view, chosen, onChoose }: Props) {
  const { rows, details } = view;
  const used = usedKinds(view);
  return (
    <section className={lists.section} aria-labelledby="matrix">
      <h2 id="matrix">{words.title}</h2>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p className={lists.hint}>{words.hint}</p>
          <ul className={styles.legend} role="list" aria-label={words.legend}>
            {used.map((kind) => (
              <li key={kind}>
                <Shape of={kind} />
                <span>
                  <strong>{words.kinds[kind]}</strong> {words.meanings[kind]}
                </span>
              </li>
            ))}
          </ul>
          <Table view={view} nodes={details.nodes} rows={rows} chosen={chosen} onChoose={onChoose} />
        </>
      )}
    </section>
  );
}

interface TableProps extends Props {
  readonly nodes: readonly NetworkNode[];
  readonly rows: readonly NetworkRow[];
}

function Table({ view, nodes, rows, chosen, onChoose }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [frame, width] = useWidth<HTMLDivElement>();
  const rowHeight = width > 0 && width < narrow ? heights.narrow : heights.wide;
  const isPrinting = usePrinting();
  const isLong = rows.length > wholeUpTo && !isPrinting;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count: isLong ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const measured = useRef(rowHeight);
  useEffect(() => {
    if (measured.current !== rowHeight) virtualizer.measure();
    measured.current = rowHeight;
  }, [virtualizer, rowHeight]);
  const chosenRow = rows.findIndex(({ requestId }) => requestId === chosen?.request);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const focus = useRef<string>(undefined);
  useEffect(() => {
    if (isLong && chosenRow >= 0) virtualizer.scrollToIndex(chosenRow, { align: 'center' });
  }, [isLong, chosenRow, virtualizer]);
  useEffect(() => {
    if (focus.current === undefined) return;
    const target = scroller.current?.querySelector<HTMLButtonElement>(`[data-at="${focus.current}"]`);
    if (!target) return;
    focus.current = undefined;
    target.focus();
  });
  const items = virtualizer.getVirtualItems();
  const shown = isLong ? items.map(({ index }) => index) : rows.map((_, index) => index);
  const before = isLong ? (items[0]?.start ?? 0) : 0;
  const after = isLong ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const move = (event: KeyboardEvent): void => {
    const row = Math.min(at.row, rows.length - 1);
    const targets: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [row + 1, at.column],
      ArrowUp: [row - 1, at.column],
      ArrowRight: [row, at.column + 1],
      ArrowLeft: [row, at.column - 1],
      Home: [row, 0],
      End: [row, nodes.length],
      PageDown: [row + 10, at.column],
      PageUp: [row - 10, at.column],
    };
    const target = targets[event.key];
    if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, target[0])),
      column: Math.max(0, Math.min(nodes.length, target[1])),
    };
    if (isLong) virtualizer.scrollToIndex(next.row, { align: 'auto' });
    focus.current = `${next.row} ${next.column}`;
    setAt(next);
  };
  // The one cell that Tab comes to; arrows move from there.
  const stop = { row: Math.min(at.row, rows.length - 1), column: Math.min(at.column, nodes.length) };
  return (
    <div ref={frame}>
      <div
        ref={scroller}
        className={`${styles.scroller} ${isLong ? styles.long : ''}`}
        role="region"
        aria-label={words.scroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
        <table className={styles.table} aria-rowcount={rows.length + 1} onKeyDown={move}>
          <caption className="visually-hidden">{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.request}</th>
              <th scope="col">{words.outcome}</th>
              <th scope="col">{words.quorum}</th>
              {nodes.map(({ index, account }) => (
                <th key={index} scope="col" title={account}>
                  {fill(words.node, { number: index + 1 })} <code>{shortAddress(account)}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
            {shown.map((index) => (
              <Row
                key={rows[index]?.requestId}
                view={view}
                nodes={nodes}
                row={rows[index] as NetworkRow}
                place={index}
                stop={stop.row === index || !shown.includes(stop.row) ? stop.column : -1}
                chosen={chosenRow === index ? chosen : undefined}
                onChoose={(column, next) => {
                  setAt({ row: index, column });
                  onChoose(next);
                }}
              />
            ))}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RowProps {
  readonly view: NetworkView;
  readonly nodes: readonly NetworkNode[];
  readonly row: NetworkRow;
  readonly place: number;
  /** Which of its buttons Tab comes to: 0 the request, then the nodes; −1 for none. */
  readonly stop: number;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (column: number, chosen: Chosen) => void;
}

function Row({ view, nodes, row, place, stop, chosen, onChoose }: RowProps) {
  const { requestId: request, final, count } = row;
  const { needed } = view.threshold(view.decidingEpoch(row));
  const outcome = final ? (final.valid ? words.attested : words.refused) : words.waiting;
  const quorum = fill(final ? words.quorumText : words.quorumOpen, { found: final?.signers.length ?? 0, needed });
  const isWhole = chosen !== undefined && chosen.node === undefined;
  return (
    <tr aria-rowindex={place + 2} data-chosen={chosen ? '' : undefined}>
      <th scope="row">
        <button
          type="button"
          className={styles.request}
          data-at={`${place} 0`}
          tabIndex={stop === 0 ? 0 : -1}
          aria-pressed={isWhole}
          onClick={() => onChoose(0, { request, node: undefined })}
        >
          {words.request} {number(request)}
        </button>
        {count > 1 && <small>{fill(words.batch, { count: number(count) })}</small>}
        <small className={styles.under}>
          {final ? fill(words.quorumShort, { outcome, found: final.signers.length, needed }) : outcome}
        </small>
      </th>
      <td className={styles.wide}>{outcome}</td>
      <td className={styles.wide}>{quorum}</td>
      {nodes.map((node) => {
        const { kind, trusted } = view.cell(row, node);
        const column = node.index + 1;
        const label = fill(words.cell, {
          request: number(request),
          node: column,
          word: words.kinds[kind],
          trusted: trusted ? words.trust : words.ordinary,
        });
        return (
          <td key={node.index}>
            <button
              type="button"
              className={styles.cell}
              data-kind={kind}
              data-trusted={trusted ? '' : undefined}
              data-at={`${place} ${column}`}
              tabIndex={stop === column ? 0 : -1}
              aria-pressed={chosen?.node === node.index}
              aria-label={label}
              onClick={() => onChoose(column, { request, node: node.index })}
            >
              <Shape of={kind} />
              <span>{words.kinds[kind]}</span>
            </button>
          </td>
        );
      })}
    </tr>
  );
}

const order: readonly CellKind[] = [
  'agreed',
  'disagreed',
  'silent',
  'equivocated',
  'unsigned',
  'valid',
  'invalid',
  'waiting',
  'absent',
];

/** Those that the table has, so that its legend explains nothing else. */
function usedKinds(view: NetworkView): readonly CellKind[] {
  const used = new Set(view.rows.flatMap((row) => view.details.nodes.map((node) => view.cell(row, node).kind)));
  return order.filter((kind) => used.has(kind));
}
