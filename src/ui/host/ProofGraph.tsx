import { useMemo } from 'react';
import type { JudgedProof } from '../../core/host/countValidators.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Moment } from '../parts/Moment.tsx';
import lists from '../parts/lists.module.css';
import { useWidth } from '../parts/useWidth.ts';
import { host } from '../words/host.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { layOutProofs, type LaidProof } from './proofLayout.ts';
import { shortDid } from './shortDid.ts';
import { stateMark } from './stateMark.ts';
import styles from './Host.module.css';

const { graph: words, states } = host;
/** Whoever likes can add proofs: so many are drawn, those that may count first. */
const mostDrawn = 40;
const tile = { width: 44, height: 52 };
/** Below this width of a slot there is no room for names. */
const named = 84;

/** What builds on what, as a picture and as a table. */
export function ProofGraph({ proofs }: { readonly proofs: readonly JudgedProof[] }) {
  return (
    <section className={lists.section} aria-labelledby="proofs">
      <h2 id="proofs">{words.title}</h2>
      <p className={lists.hint}>{proofs.length === 0 ? words.none : words.hint}</p>
      {proofs.length > 0 && <Picture proofs={proofs} />}
      {proofs.length > 0 && <ProofTable proofs={proofs} />}
    </section>
  );
}

function Picture({ proofs }: { readonly proofs: readonly JudgedProof[] }) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const drawn = useMemo(
    () => proofs.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index).slice(0, mostDrawn),
    [proofs],
  );
  const { nodes, edges, levels, widths } = useMemo(() => layOutProofs(drawn), [drawn]);
  const byIndex = new Map(drawn.map((proof) => [proof.index, proof]));
  const most = Math.max(1, ...widths);
  // A chain lies along the page where there is room, a fan-out across it.
  const isAlong = width >= 640 && levels > most;
  const [columns, rows] = isAlong ? [levels, most] : [most, levels];
  const slot = Math.max(tile.width + 4, Math.floor(width / columns));
  const hasNames = slot >= named;
  const step = tile.height + (hasNames ? 64 : 36);
  const wide = Math.max(width, columns * slot);
  const at = ({ level, place }: LaidProof): { readonly x: number; readonly y: number } => {
    const beside = (place + 0.5) * ((isAlong ? rows : columns) / (widths[level] ?? 1));
    return isAlong
      ? { x: (level + 0.5) * (wide / columns), y: beside * step }
      : { x: beside * (wide / columns), y: (level + 0.5) * step };
  };
  const label = fill(words.picture, {
    proofs: number(proofs.length),
    levels: number(levels),
    edges: number(edges.length),
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable with the keys
    <div ref={frame} className={styles.scroll} role="region" aria-label={words.drawing} tabIndex={0}>
      {width > 0 && (
        <svg
          className={styles.graph}
          role="img"
          aria-label={label}
          width={wide}
          height={rows * step}
          viewBox={`0 0 ${wide} ${rows * step}`}
        >
          {edges.map(({ from, to }) => (
            <path
              key={`${from.index} ${to.index}`}
              className={styles.edge}
              data-state={stateMark(byIndex.get(to.index)?.state ?? 'silent')}
              d={curve(at(from), at(to), isAlong, hasNames)}
            />
          ))}
          {nodes.map((node) => {
            const proof = byIndex.get(node.index) as JudgedProof;
            const { x, y } = at(node);
            const mark = stateMark(proof.state);
            const top = y - tile.height / 2 - (hasNames ? 12 : 0);
            return (
              <g key={node.index} className={styles.node} data-state={mark}>
                <rect x={x - tile.width / 2} y={top} width={tile.width} height={tile.height} rx={3} />
                <g transform={`translate(${x - 12} ${top + 5})`}>
                  <StatusMark of={mark} size={24} />
                </g>
                <text x={x} y={top + 45} className={styles.nodeNumber}>
                  {node.index + 1}
                </text>
                {hasNames && (
                  <text x={x} y={top + tile.height + 15}>
                    {cut(nameOf(proof), slot)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
      {proofs.length > drawn.length && (
        <p className={lists.hint}>{fill(words.cut, { shown: number(drawn.length), proofs: number(proofs.length) })}</p>
      )}
    </div>
  );
}

function ProofTable({ proofs }: { readonly proofs: readonly JudgedProof[] }) {
  const { columns } = words;
  return (
    <details className={styles.more}>
      <summary>{words.table}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable with the keys */}
      <div className={styles.scroll} role="region" aria-label={words.table} tabIndex={0}>
        <table className={`${lists.facts} ${lists.rows}`}>
          <thead>
            <tr>
              <th scope="col">{columns.number}</th>
              <th scope="col">{columns.by}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col">{columns.covers}</th>
              <th scope="col">{columns.at}</th>
              <th scope="col">{columns.share}</th>
            </tr>
          </thead>
          <tbody>
            {proofs.map(({ index, did, operator, state, reason, previous, created, share }) => (
              <tr key={index}>
                <th scope="row">{index + 1}</th>
                <td data-name={columns.by}>
                  {operator && `${operator} `}
                  <code title={did ?? ''}>{did === null ? '–' : shortDid(did)}</code>
                </td>
                <td>
                  <span className={styles.state}>
                    <StatusMark of={stateMark(state)} size={18} /> {states[state]}
                  </span>
                  {reason !== '' && <span className={lists.hint}> {reason}</span>}
                </td>
                <td data-name={columns.covers}>
                  {previous.length === 0
                    ? words.covers
                    : fill(words.coversProofs, { numbers: previous.map((each) => each + 1).join(', ') })}
                </td>
                <td data-name={columns.at}>{created === null ? words.noTime : <Moment at={created} />}</td>
                <td data-name={columns.share}>{share ? fill(words.share, { index: share.index }) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function rank({ state }: JudgedProof): number {
  return state === 'host' ? 0 : state === 'counted' ? 1 : state === 'stranger' ? 3 : 2;
}

function nameOf({ state, operator, did }: JudgedProof): string {
  return state === 'host' ? states.host : (operator ?? shortDid(did ?? '–'));
}

function cut(text: string, room: number): string {
  const most = Math.max(6, Math.floor(room / 8));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From the edge of the one tile, past its name, to the edge of the other. */
function curve(from: Point, to: Point, isAlong: boolean, hasNames: boolean): string {
  const lifted = hasNames ? 12 : 0;
  if (isAlong) {
    const [start, end] = [from.x + tile.width / 2, to.x - tile.width / 2];
    const [top, bottom] = [from.y - lifted, to.y - lifted];
    const middle = (start + end) / 2;
    return `M${start} ${top}C${middle} ${top} ${middle} ${bottom} ${end} ${bottom}`;
  }
  const start = from.y + tile.height / 2 + (hasNames ? 10 : 0);
  const end = to.y - tile.height / 2 - lifted;
  const middle = (start + end) / 2;
  return `M${from.x} ${start}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${end}`;
}
