import { useMemo, type CSSProperties, type KeyboardEvent } from 'react';
import type { TaskTimeline } from '../../core/task/timeline.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcDate, utcMoment, utcTime } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import { Moment } from '../parts/Moment.tsx';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { gapText } from './gap.ts';
import { shortAddress } from './shortAddress.ts';
import { lanes, layOut, type LaidMark, type Lane } from './timelineLayout.ts';
import styles from './TimeLine.module.css';

const { timeline: words } = taskWords;

interface Props {
  readonly timeline: TaskTimeline;
  readonly selected: string | undefined;
  readonly onSelect: (mark: LaidMark) => void;
}

/**
 * One lane for each party, the ledger between them. Every shape is a button; where it is narrow the same list runs downwards. Distances grow with the
 * logarithm of time, so that seconds and weeks fit on one line; the times stand beside.
 */
export function TimeLine({ timeline, selected, onSelect }: Props) {
  const moments = useMemo(() => layOut(timeline.marks), [timeline]);
  const [first, last] = [moments[0]?.at ?? 0, moments.at(-1)?.at ?? 0];
  const columns = moments.map(({ weight }) => `minmax(7rem, ${weight.toFixed(2)}fr)`).join(' ');
  const label = fill(words.label, {
    id: timeline.id,
    count: count(timeline.marks.length, 'mark'),
    from: utcMoment(first * 1000),
    to: utcMoment(last * 1000),
  });
  return (
    <section className={lists.section} aria-labelledby="timeline">
      <h2 id="timeline">{words.title}</h2>
      <p className={lists.hint}>{words.hint}</p>
      <div
        className={styles.scroll}
        role="group"
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className={styles.picture} style={{ '--columns': columns, '--count': moments.length } as CSSProperties}>
          <ul className={styles.names} role="list">
            {lanes.map((lane, index) => (
              <li key={lane} style={{ '--lane': index } as CSSProperties}>
                <strong>{words.lanes[lane]}</strong>
                <span>{partyOf(timeline, lane)}</span>
              </li>
            ))}
          </ul>
          <ol className={styles.moments} role="list" onKeyDown={moveByArrows}>
            {moments.map(({ at, marks }, index) => {
              const before = moments[index - 1]?.at;
              const isNewDay = before === undefined || utcDate(before * 1000) !== utcDate(at * 1000);
              return (
                <li key={at} className={styles.moment} style={{ '--column': index + 2 } as CSSProperties}>
                  <p className={styles.time}>
                    {utcTime(at * 1000)}
                    {isNewDay && <span>{utcDate(at * 1000)}</span>}
                    {before !== undefined && !isNewDay && (
                      <span>{fill(words.later, { gap: gapText(at - before) })}</span>
                    )}
                  </p>
                  {marks.map((laid) => (
                    <MarkButton
                      key={laid.key}
                      laid={laid}
                      isSelected={laid.key === selected}
                      onSelect={() => onSelect(laid)}
                    />
                  ))}
                </li>
              );
            })}
          </ol>
        </div>
      </div>
      <details className={styles.twin}>
        <summary>{words.table}</summary>
        <TableTwin timeline={timeline} />
      </details>
    </section>
  );
}

interface MarkProps {
  readonly laid: LaidMark;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function MarkButton({ laid, isSelected, onSelect }: MarkProps) {
  const { lane, shape, mark, at } = laid;
  const isBroken = mark.faults.length > 0 && shape !== 'block';
  const name = markName(laid);
  return (
    <button
      type="button"
      className={styles.mark}
      style={{ '--lane': lanes.indexOf(lane) } as CSSProperties}
      data-shape={shape}
      data-broken={isBroken ? '' : undefined}
      aria-pressed={isSelected}
      onClick={onSelect}
    >
      <span className={styles.shape} />
      <span className={styles.label}>
        {name}
        <small aria-hidden="true">{words.lanes[lane]}</small>
        {isBroken && <em>{words.broken}</em>}
      </span>
      <span className="visually-hidden">
        {fill(words.mark, { lane: words.lanes[lane], time: utcMoment(at * 1000) })}
      </span>
    </button>
  );
}

export function markName({ shape, mark }: LaidMark): string {
  return shape === 'block' ? fill(words.block, { number: number(mark.event.block) }) : words.steps[mark.step];
}

function partyOf({ owner, processor }: TaskTimeline, lane: Lane): string {
  if (lane === 'chain') return words.chainLane;
  if (lane === 'enclave') return words.enclaveLane;
  const address = lane === 'owner' ? owner : processor;
  return address === null ? words.nobody : shortAddress(address);
}

/** Left and right, up and down walk over the marks in the order of their times. */
function moveByArrows(event: KeyboardEvent<HTMLOListElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const here = buttons.indexOf(event.target as HTMLButtonElement);
  const next = buttons[here + step];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function TableTwin({ timeline: { marks } }: { readonly timeline: TaskTimeline }) {
  const { columns } = words;
  return (
    <div className={styles.tableScroll}>
      <table className={lists.facts}>
        <thead>
          <tr>
            <th scope="col">{columns.step}</th>
            <th scope="col">{columns.by}</th>
            <th scope="col">{columns.claimed}</th>
            <th scope="col">{columns.block}</th>
            <th scope="col">{columns.number}</th>
          </tr>
        </thead>
        <tbody>
          {marks.map((mark, index) => (
            <tr key={index}>
              <th scope="row">
                {words.steps[mark.step]}
                {mark.faults.length > 0 && ` (${words.broken})`}
              </th>
              <td>
                {words.lanes[mark.lane]} <code>{shortAddress(mark.by)}</code>
              </td>
              <td>{mark.claimedTime === null ? words.noClaim : <Moment at={mark.claimedTime * 1000} />}</td>
              <td>
                <Moment at={mark.blockTime * 1000} />
              </td>
              <td>{number(mark.event.block)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
