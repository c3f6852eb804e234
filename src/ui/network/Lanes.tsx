import { useMemo, type MouseEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { useWidth } from '../parts/useWidth.ts';
import { networkWords } from '../words/network.en.ts';
import { lanesOf, runsOf, type Standing } from './lanesOf.ts';
import type { NetworkView } from './networkView.ts';
import styles from './Epochs.module.css';

const { epochs: words, matrix, curves } = networkWords;
const laneHeight = 26;
const names = 64;
const leastEpoch = 10;

interface Props {
  readonly view: NetworkView;
  /** Place of the epoch that is looked at. */
  readonly at: number;
  readonly onMove: (at: number) => void;
}

/** One lane for each node, one step for each epoch: a bar while it was a trust node, a line while it was a node. */
export function Lanes({ view, at, onMove }: Props) {
  const { nodes, epochs } = view.details;
  const [box, width] = useWidth<HTMLDivElement>();
  const lanes = useMemo(() => nodes.map((node) => runsOf(lanesOf(view, node))), [view, nodes]);
  const step = Math.max(leastEpoch, (width - names - 8) / Math.max(1, epochs.length));
  const whole = names + step * epochs.length + 8;
  const height = nodes.length * laneHeight + 26;
  const x = (place: number): number => names + place * step;
  const choose = (event: MouseEvent<SVGSVGElement>): void => {
    const place = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - names) / step);
    if (place >= 0 && place < epochs.length) onMove(place);
  };
  const every = Math.max(1, Math.ceil(28 / step));
  return (
    <div className={lists.section}>
      <h3>{words.lanes}</h3>
      <ul className={styles.legend} role="list">
        {(['trust', 'node', 'slashed'] as const).map((standing) => (
          <li key={standing}>
            <svg width="28" height="16" aria-hidden="true" focusable="false">
              <Run standing={standing} from={1} to={27} y={8} />
            </svg>
            {words.legend[standing]}
          </li>
        ))}
      </ul>
      <div ref={box} className={styles.lanes}>
        {width > 0 && (
          <svg
            width={whole}
            height={height}
            role="img"
            aria-label={fill(words.lanesLabel, { count: number(epochs.length) })}
            onClick={choose}
          >
            <rect className={styles.looked} x={x(at)} y={0} width={step} height={height} />
            {epochs.map(({ number: epoch }, place) => (
              <g key={epoch}>
                <path className={styles.grid} d={`M${x(place)} 0V${height - 22}`} />
                {place % every === 0 && (
                  <text x={x(place) + step / 2} y={height - 6} textAnchor="middle">
                    {number(epoch)}
                  </text>
                )}
              </g>
            ))}
            {nodes.map(({ index }, lane) => (
              <g key={index}>
                <text x={0} y={lane * laneHeight + 17}>
                  {fill(matrix.node, { number: index + 1 })}
                </text>
                {lanes[lane]?.map((run) => (
                  <Run
                    key={run.from}
                    standing={run.standing}
                    from={x(run.from) + 1.5}
                    to={x(run.to + 1) - 1.5}
                    y={lane * laneHeight + 13}
                  />
                ))}
              </g>
            ))}
          </svg>
        )}
      </div>
      <details className={styles.twin}>
        <summary>{words.twin}</summary>
        <Twin view={view} lanes={lanes} />
      </details>
    </div>
  );
}

interface RunProps {
  readonly standing: Standing;
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

function Run({ standing, from, to, y }: RunProps) {
  if (standing === 'away') return null;
  if (standing === 'trust')
    return <rect className={styles.trust} x={from} y={y - 6} width={Math.max(1, to - from)} height={12} rx={2} />;
  if (standing === 'node') return <path className={styles.node} d={`M${from} ${y}H${to}`} />;
  const middle = (from + to) / 2;
  return (
    <>
      <path className={styles.struck} d={`M${from} ${y}H${to}`} />
      <path className={styles.cross} d={`M${middle - 4} ${y - 4}l8 8M${middle + 4} ${y - 4}l-8 8`} />
    </>
  );
}

interface TwinProps {
  readonly view: NetworkView;
  readonly lanes: readonly ReturnType<typeof runsOf>[];
}

function Twin({ view: { details }, lanes }: TwinProps) {
  const epochOf = (place: number): string => number(details.epochs[place]?.number ?? 0);
  const ranges = (lane: number, standing: Standing): string => {
    const runs = (lanes[lane] ?? []).filter((run) => run.standing === standing);
    const texts = runs.map(({ from, to }) =>
      from === to ? epochOf(from) : fill(words.range, { from: epochOf(from), to: epochOf(to) }),
    );
    return texts.join(', ') || words.never;
  };
  return (
    <table className={lists.facts}>
      <thead>
        <tr>
          {Object.entries(words.columns).map(([key, name]) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {details.nodes.map(({ index, status }, lane) => (
          <tr key={index}>
            <th scope="row">{fill(matrix.node, { number: index + 1 })}</th>
            <td>{ranges(lane, 'trust')}</td>
            <td>{ranges(lane, 'node')}</td>
            <td>{curves.statuses[status]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
