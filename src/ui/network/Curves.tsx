import { useMemo, useState, type MouseEvent } from 'react';
import { networkRules } from '../../core/network/rules.ts';
import type { NetworkDetails, NetworkNode } from '../../core/network/networkDetails.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { useWidth } from '../parts/useWidth.ts';
import { networkWords } from '../words/network.en.ts';
import { curveFrame, curvesOf, nearest, reputationAt, spread, ticks, xOf, yOf, type CurveFrame } from './curve.ts';
import { NetworkProof } from './NetworkProof.tsx';
import { NodeEvents } from './NodeEvents.tsx';
import { placeKey, type NetworkView } from './networkView.ts';
import { ReputationTable } from './ReputationTable.tsx';
import styles from './Curves.module.css';

const { curves: words } = networkWords;
type Cause = NetworkNode['curve'][number]['cause'];

interface Props {
  readonly view: NetworkView;
  readonly pin: EvmPin;
  /** Last block that was read. */
  readonly head: number;
  /** Number of the epoch that is looked at. */
  readonly epoch: number;
}

/** Reputation over blocks, every event that made it, the formula, and what the contract keeps. */
export function Curves({ view, pin, head, epoch }: Props) {
  const { details } = view;
  const [index, setIndex] = useState(0);
  const [place, setPlace] = useState<string>();
  const node = details.nodes[Math.min(index, details.nodes.length - 1)];
  const event = place === undefined ? undefined : view.event(place);
  if (!node) return null;
  return (
    <section className={lists.section} aria-labelledby="reputation">
      <h2 id="reputation">{words.title}</h2>
      <p className={lists.hint}>{words.hint}</p>
      <Picture
        details={details}
        head={head}
        epoch={epoch}
        chosen={node.index}
        place={place}
        onChoose={(chosen, change) => {
          setIndex(chosen.index);
          const at = chosen.curve[change]?.at;
          setPlace(at && placeKey(at));
        }}
      />
      <ReputationTable view={view} chosen={node.index} onChoose={setIndex} />
      <NodeEvents
        key={node.index}
        node={node}
        place={place}
        onProof={(key) => setPlace(key === place ? undefined : key)}
      />
      {event && (
        <NetworkProof view={view} pin={pin} event={event} id="curve-proof" onClose={() => setPlace(undefined)} />
      )}
      <Formula />
      <details className={styles.twin}>
        <summary>{words.twin}</summary>
        <Twin details={details} head={head} />
      </details>
    </section>
  );
}

interface PictureProps {
  readonly details: NetworkDetails;
  readonly head: number;
  readonly epoch: number;
  readonly chosen: number;
  readonly place: string | undefined;
  readonly onChoose: (node: NetworkNode, change: number) => void;
}

const height = 320;

function Picture({ details, head, epoch, chosen, place, onChoose }: PictureProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const frame = useMemo(
    () => curveFrame(details, head, Math.max(280, width), height, [networkRules.start, networkRules.seatReputation]),
    [details, head, width],
  );
  const curves = useMemo(() => curvesOf(details, frame), [details, frame]);
  const labels = useMemo(
    () =>
      spread(
        curves.map(({ end }) => end.y),
        15,
        frame.top + 4,
        height - frame.bottom,
      ),
    [curves, frame],
  );
  const choose = (event: MouseEvent<SVGSVGElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const found = nearest(curves, event.clientX - left, event.clientY - top, 24);
    if (found) onChoose(found.curve.node, found.mark.change);
  };
  const label = fill(words.label, {
    count: count(details.nodes.length, 'node'),
    from: number(frame.from),
    to: number(frame.to),
  });
  return (
    <div ref={box} className={styles.picture}>
      {width > 0 && (
        <svg width={frame.width} height={height} role="img" aria-label={label} onClick={choose}>
          <Ground details={details} frame={frame} epoch={epoch} />
          {curves.map(({ node, path, end }, index) => (
            <g key={node.index} data-chosen={node.index === chosen ? '' : undefined} className={styles.curve}>
              <path d={path} />
              <path className={styles.leader} d={`M${end.x + 2} ${end.y}L${end.x + 12} ${labels[index]}`} />
              <text x={end.x + 15} y={(labels[index] ?? 0) + 4}>
                {fill(networkWords.matrix.node, { number: node.index + 1 })}
              </text>
            </g>
          ))}
          {curves.map(({ node, marks }) => (
            <g key={node.index} className={styles.marks} data-chosen={node.index === chosen ? '' : undefined}>
              {marks.map(({ change, x, y }) => {
                const { cause, at } = node.curve[change] as NetworkNode['curve'][number];
                const isOpen = node.index === chosen && placeKey(at) === place;
                return (
                  <path
                    key={change}
                    data-cause={cause}
                    data-open={isOpen ? '' : undefined}
                    d={markPath(cause, x, y, node.index === chosen ? 4.5 : 2.6)}
                  />
                );
              })}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Scales, the line from which a node gets a seat, and where epochs begin. */
function Ground({
  details,
  frame,
  epoch,
}: {
  readonly details: NetworkDetails;
  readonly frame: CurveFrame;
  readonly epoch: number;
}) {
  const { left, right, top, bottom, width, low, high, from, to } = frame;
  const end = width - right;
  const base = height - bottom;
  const looked = details.epochs.find((each) => each.number === epoch);
  const [x, until] = [xOf(frame, looked?.from ?? from), xOf(frame, Math.min(to, (looked?.to ?? to - 1) + 1))];
  const seat = yOf(frame, networkRules.seatReputation);
  return (
    <g className={styles.ground}>
      <rect x={x} y={top} width={Math.max(1, until - x)} height={base - top} />
      {details.epochs.slice(1).map((each) => (
        <path key={each.number} d={`M${xOf(frame, each.from)} ${top}V${base}`} />
      ))}
      {ticks(low, high, 6).map((points) => (
        <g key={points}>
          <path d={`M${left} ${yOf(frame, points)}H${end}`} />
          <text x={left - 8} y={yOf(frame, points) + 4} textAnchor="end">
            {number(points)}
          </text>
        </g>
      ))}
      {ticks(from, to, Math.max(2, width / 90)).map((block) => (
        <text key={block} x={xOf(frame, block)} y={base + 18} textAnchor="middle">
          {number(block)}
        </text>
      ))}
      <path className={styles.seat} d={`M${left} ${seat}H${end}`} />
      <text className={styles.seatText} x={left + 4} y={seat - 5}>
        {fill(words.seat, { points: number(networkRules.seatReputation) })}
      </text>
    </g>
  );
}

/** Each cause has a form of its own. */
function markPath(cause: Cause, x: number, y: number, r: number): string {
  const s = r * 1.25;
  if (cause === 'disagreed') return `M${x} ${y - s}l${s} ${s}l${-s} ${s}l${-s} ${-s}z`;
  if (cause === 'slashed') return `M${x - s} ${y - s}l${2 * s} ${2 * s}M${x + s} ${y - s}l${-2 * s} ${2 * s}`;
  if (cause === 'faded') return `M${x} ${y - r}V${y + r}`;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

function Formula() {
  const { start, reward, disagreement, silence, graceBlocks, decayDivisor, seatReputation, minimumSeats } =
    networkRules;
  const values = {
    start: number(start),
    reward,
    disagreement,
    silence,
    grace: graceBlocks,
    decay: decayDivisor,
    seat: number(seatReputation),
    minimum: minimumSeats,
  };
  return (
    <div className={lists.section}>
      <h3>{words.formula}</h3>
      <ul className={styles.formula}>
        {words.formulaText.map((line) => (
          <li key={line}>{fill(line, values)}</li>
        ))}
      </ul>
      <p className={lists.hint}>{words.constants}</p>
    </div>
  );
}

function Twin({ details: { nodes, epochs }, head }: { readonly details: NetworkDetails; readonly head: number }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.scroll} role="region" aria-label={words.twin} tabIndex={0}>
      <table className={lists.facts}>
        <thead>
          <tr>
            <th scope="col">{words.twinEpoch}</th>
            {nodes.map(({ index }) => (
              <th key={index} scope="col">
                {fill(networkWords.matrix.node, { number: index + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {epochs.map((epoch, place) => {
            // What the closing of an epoch does to a node stands in the first block of the next one.
            const end = epochs[place + 1]?.from ?? head;
            return (
              <tr key={epoch.number}>
                <th scope="row">
                  {number(epoch.number)} {epoch.to === null && words.now}
                </th>
                {nodes.map((node) => {
                  const points = reputationAt(node, end);
                  return <td key={node.index}>{points === undefined ? '–' : number(points)}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
