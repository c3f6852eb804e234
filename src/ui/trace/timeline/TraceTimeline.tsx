import { useMemo, useRef, useSyncExternalStore, type KeyboardEvent, type PointerEvent } from 'react';
import type { Timeline } from '../../../core/trace/timeline.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import lists from '../../parts/lists.module.css';
import { useWidth } from '../../parts/useWidth.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import type { EventWindow } from './eventWindow.ts';
import { laneHeight, laneNames, timelineHeight, timelinePaths, timelineRows } from './timelinePaths.ts';
import styles from './TraceTimeline.module.css';

const { timeline: words } = traceRun;

interface Props {
  readonly timeline: Timeline;
  /** Events in all. */
  readonly total: number;
  /** Which events the table shows, and how to have it show others. */
  readonly window: EventWindow;
}

/** The whole run on one strip: how deep the calls were, and how many of what happened where. A slider that moves the table. */
export function TraceTimeline({ timeline, total, window: shown }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const inView = useSyncExternalStore(shown.subscribe, shown.inView);
  const paths = useMemo(() => timelinePaths(timeline, Math.max(1, width)), [timeline, width]);
  const rows = useMemo(() => timelineRows(timeline, total), [timeline, total]);
  const dragged = useRef(false);
  const last = Math.max(0, total - 1);
  const low = Math.min(inView?.low ?? 0, last);
  const high = Math.min(inView?.high ?? 0, last);
  const go = (event: number): void => shown.scrollTo(Math.max(0, Math.min(last, Math.round(event))));
  const point = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    go(((event.clientX - box.left) / Math.max(1, box.width)) * total);
  };
  const left = (low / Math.max(1, total)) * width;
  const size = Math.max(6, ((high - low + 1) / Math.max(1, total)) * width);
  return (
    <section className={lists.section} aria-labelledby="timeline">
      <h2 id="timeline">{words.title}</h2>
      <div className={styles.whole}>
        <ul className={styles.names} role="list" aria-hidden="true">
          <li style={{ height: laneHeight.depth }}>{words.lanes.depth}</li>
          {laneNames.map((name) => (
            <li key={name} style={{ height: laneHeight.other + laneHeight.gap }}>
              {words.lanes[name]}
            </li>
          ))}
        </ul>
        <div
          ref={frame}
          className={styles.strip}
          style={{ height: timelineHeight }}
          role="slider"
          tabIndex={0}
          aria-label={words.label}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={low}
          aria-valuetext={fill(words.value, { low: number(low), high: number(high), total: number(total) })}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            dragged.current = true;
            point(event);
          }}
          onPointerMove={(event) => dragged.current && point(event)}
          onPointerUp={() => (dragged.current = false)}
          onPointerCancel={() => (dragged.current = false)}
          onKeyDown={(event) => moveByKeys(event, low, high, last, go)}
        >
          {width > 0 && (
            <svg width={width} height={timelineHeight} aria-hidden="true" focusable="false">
              <path className={styles.depth} d={paths.depth} />
              {laneNames.map((name) => (
                <path key={name} className={styles[name]} d={paths.lanes[name]} />
              ))}
              <rect
                className={styles.window}
                x={Math.max(1, Math.min(left, width - size - 1))}
                y={1}
                width={size}
                height={timelineHeight - 2}
                rx={2}
              />
            </svg>
          )}
        </div>
      </div>
      <p className={lists.hint}>{words.hint}</p>
      <details className={styles.table}>
        <summary>{words.table}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
        <div className={styles.scroll} role="region" aria-label={words.table} tabIndex={0}>
          <table className={lists.facts}>
            <thead>
              <tr>
                {Object.values(words.columns).map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.from}>
                  <th scope="row">
                    {number(row.from)}–{number(row.to)}
                  </th>
                  <td>{number(row.depth)}</td>
                  <td>{number(row.calls)}</td>
                  <td>{number(row.hostCalls)}</td>
                  <td>{number(row.memory)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function moveByKeys(event: KeyboardEvent, low: number, high: number, last: number, go: (event: number) => void): void {
  const middle = (low + high) / 2;
  const step = Math.max(1, last / 100);
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: middle + step,
    ArrowUp: middle + step,
    ArrowLeft: middle - step,
    ArrowDown: middle - step,
    PageUp: middle + 10 * step,
    PageDown: middle - 10 * step,
    Home: 0,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  go(target);
}
