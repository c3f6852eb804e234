import { useEffect, useState, type FormEvent } from 'react';
import { eventToJson } from '../../../core/trace/eventJson.ts';
import type { TraceReader } from '../../../core/trace/traceReader.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { eventParts, type Part } from './eventParts.ts';
import { Told } from './Told.tsx';
import styles from './TraceEvents.module.css';

const { shown: words } = traceAudit;

/** Events on one page. */
const onePage = 20;

interface Page {
  readonly from: number;
  readonly sentences: readonly (readonly Part[])[];
  readonly error: string | undefined;
}

/** The events of a trace as sentences, a page at a time: of a long trace only what is in view is unpacked. */
export function TraceEvents({ reader }: { readonly reader: TraceReader }) {
  const { count } = reader;
  const [from, setFrom] = useState(0);
  const [page, setPage] = useState<Page>();
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    let isGone = false;
    readPage(reader, from).then(
      (found) => !isGone && setPage(found),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [reader, from]);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const index = Number(wanted);
    if (Number.isSafeInteger(index) && index >= 0) setFrom(Math.min(index, Math.max(0, count - 1)));
  };
  const to = Math.min(count, from + onePage);
  return (
    <section className={lists.section} aria-labelledby="trace-events">
      <h2 id="trace-events">{words.title}</h2>
      <p className={lists.hint} aria-live="polite">
        {fill(words.range, { from: number(from), to: number(to - 1), count: number(count) })}
      </p>
      {page?.error !== undefined && <Notice title={fill(words.unread, { reason: page.error })} />}
      <ol role="list" className={`${lists.lines} ${styles.events}`} style={{ minHeight: `${(to - from) * 2.6}rem` }}>
        {page?.sentences.map((parts, place) => (
          <li key={page.from + place}>
            <span className={styles.number}>{number(page.from + place)}</span>
            <span>
              <Told parts={parts} />
            </span>
          </li>
        ))}
      </ol>
      {count > onePage && (
        <form className={styles.walk} onSubmit={go}>
          <Button disabled={from === 0} onClick={() => setFrom(Math.max(0, from - onePage))}>
            {words.earlier}
          </Button>
          <Button disabled={to >= count} onClick={() => setFrom(from + onePage)}>
            {words.later}
          </Button>
          <label>
            {words.goTo}
            <input
              type="number"
              inputMode="numeric"
              min={0}
              max={count - 1}
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
            />
          </label>
          <Button type="submit" disabled={wanted === ''}>
            {words.go}
          </Button>
        </form>
      )}
    </section>
  );
}

async function readPage(reader: TraceReader, from: number): Promise<Page> {
  const sentences: (readonly Part[])[] = [];
  try {
    for (const event of await reader.events(from, onePage)) {
      sentences.push(eventParts(eventToJson(event, reader.lookup), reader.lookup));
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { from, sentences, error: error.message };
  }
  return { from, sentences, error: undefined };
}
