import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { eventKinds, type EventKind } from '../../../core/trace/event.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { count, number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { EventWindow } from '../timeline/eventWindow.ts';
import { TraceTimeline } from '../timeline/TraceTimeline.tsx';
import { traceRun } from '../../words/traceRun.en.ts';
import { EventPart } from './EventPart.tsx';
import { EventTable } from './EventTable.tsx';
import { NeverPart } from './NeverPart.tsx';
import { traceSession, type FinishedTrace, type Looking } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { events: words } = traceRun;
/** Functions that can be chosen from a list; those with more calls come first. */
const mostListed = 500;

interface Props {
  readonly trace: FinishedTrace;
  readonly looking: Looking;
}

/** The strip, the filter, the table, the event that is looked at, and what never happened. */
export function EventsPart({ trace, looking }: Props) {
  const { viewer, timeline, metadata, entries, functions } = trace;
  const [shown] = useState(() => new EventWindow());
  const { kind, inside, text, event } = looking;
  const sought = useDeferredValue(text.trim());
  const isFiltered = kind !== '' || inside !== '' || sought !== '';
  const total = metadata.count;
  const key = [metadata.root, kind, inside, sought];
  const { data: found, error } = useQuery({
    queryKey: ['trace events', ...key],
    queryFn: () =>
      viewer.filter({
        ...(kind !== '' && { kinds: [kind] }),
        ...(inside !== '' && { function: Number(inside) }),
        ...(sought !== '' && { text: sought }),
      }),
    enabled: isFiltered,
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: (last) => last,
  });
  const kinds = eventKinds.filter((each) => (timeline.kinds[each] ?? 0) > 0);
  const called = useMemo(
    () =>
      entries
        .filter((entry) => entry.count > 0)
        .sort((a, b) => b.count - a.count)
        .slice(0, mostListed),
    [entries],
  );
  const list = isFiltered ? found : undefined;
  return (
    <>
      <TraceTimeline timeline={timeline} total={total} window={shown} />
      <section className={lists.section} aria-labelledby="events">
        <h2 id="events">{words.title}</h2>
        <p className={lists.hint}>{words.lead}</p>
        <div className={styles.filter} role="search">
          <label>
            {words.search}
            <input
              type="search"
              value={text}
              spellCheck={false}
              autoComplete="off"
              onChange={(change) => traceSession.look({ text: change.target.value })}
            />
          </label>
          <label>
            {words.kind}
            <select
              value={kind}
              onChange={(change) => traceSession.look({ kind: change.target.value as EventKind | '' })}
            >
              <option value="">{fill(words.anyKind, { count: number(total) })}</option>
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {fill(words.functionCount, { name: words.kinds[each], count: number(timeline.kinds[each] ?? 0) })}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.function}
            <select value={inside} onChange={(change) => traceSession.look({ inside: change.target.value })}>
              <option value="">{words.anyFunction}</option>
              {called.map((entry) => (
                <option key={entry.function} value={entry.function}>
                  {fill(words.functionCount, {
                    name: functions[entry.function]?.name ?? '',
                    count: number(entry.count),
                  })}
                </option>
              ))}
            </select>
          </label>
          <p role="status">
            {list
              ? fill(words.found, { found: count(list.length, 'event'), total: number(total) })
              : fill(words.all, { total: count(total, 'event') })}
            {isFiltered && (
              <Button look="quiet" onClick={() => traceSession.look({ kind: '', inside: '', text: '' })}>
                {words.clear}
              </Button>
            )}
          </p>
        </div>
        {error && <Notice urgent title={error.message} />}
        <EventTable
          viewer={viewer}
          total={total}
          found={list}
          selected={event}
          onSelect={(chosen) => traceSession.look({ event: chosen })}
          onOpen={() => document.querySelector<HTMLElement>('#event')?.focus()}
          describedBy="events-keys"
          window={shown}
        />
        <p id="events-keys" className={lists.hint}>
          {words.choose}
        </p>
      </section>
      {event >= 0 && <EventPart key={event} trace={trace} number={event} />}
      <NeverPart trace={trace} />
    </>
  );
}
