import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { zeroDigest } from '../../../core/trace/metadata.ts';
import type { EventRow } from '../../../core/trace/view/eventRow.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { handOver } from '../../files/handoff.ts';
import { saveFile } from '../../files/saveFile.ts';
import { number as numberText } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import { Button } from '../../parts/Button.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import { CertifyProof } from '../certify/CertifyProof.tsx';
import { useTrustWith } from '../certify/useTrustWith.ts';
import { eventSentence } from './eventSentence.ts';
import { Tick } from './PolicyPart.tsx';
import type { FinishedTrace } from './traceSession.ts';
import { WayDetails } from './WayDetails.tsx';
import styles from './TraceRun.module.css';

const { event: words, events } = traceRun;

interface Props {
  readonly trace: FinishedTrace;
  readonly number: number;
}

/** One event: what it says, why it is in the trace, and what of it is shown to others. */
export function EventPart({ trace, number }: Props) {
  const { viewer, metadata } = trace;
  // Told by root and number; the signature changes neither row nor path.
  const row = useQuery({
    queryKey: ['trace row', metadata.root, number],
    queryFn: async () => (await viewer.rows([number]))[0] ?? null,
    staleTime: Infinity,
  });
  const path = useQuery({
    queryKey: ['trace path', metadata.root, number],
    queryFn: () => viewer.path(number),
    staleTime: Infinity,
  });
  const sentence = row.data ? eventSentence(row.data) : undefined;
  const title = fill(words.title, { number: numberText(number) });
  const announce = useAnnounce();
  // Keys move on in the table, whose focus stays where it is.
  useEffect(() => {
    if (sentence !== undefined) announce(`${title}: ${sentence}`);
  }, [announce, title, sentence]);
  return (
    <section className={`${lists.card} ${styles.event}`} aria-labelledby="event" data-testid="event">
      <p className={styles.eyebrow}>{title}</p>
      <h2 id="event" className={styles.sentence} tabIndex={-1}>
        {sentence ?? '…'}
      </h2>
      {row.data && (
        <div className={styles.columns}>
          <EventFacts row={row.data} />
          <Disclosure trace={trace} row={row.data} />
        </div>
      )}
      <WayDetails path={path} words={words.way} />
    </section>
  );
}

function EventFacts({ row }: { readonly row: EventRow }) {
  const { values, results, kind } = row;
  const typed = (list: EventRow['values']) =>
    list.length === 0 ? null : list.map(({ type, text }) => `${text} (${type})`).join(', ');
  const isCall = row.depth !== undefined;
  const { facts } = words;
  return (
    <Facts
      facts={[
        [events.columns.what, events.kinds[kind]],
        [facts.function, row.function ? <code key="name">{row.function.name}</code> : null],
        [facts.operation, row.operation ? <code key="operation">{row.operation}</code> : null],
        [facts.place, row.place === undefined ? null : numberText(row.place)],
        [isCall ? facts.values : facts.operands, typed(values)],
        [facts.results, typed(results)],
        [facts.depth, row.depth ?? null],
        [facts.span, row.span ?? null],
      ]}
    />
  );
}

function Disclosure({ trace, row }: { readonly trace: FinishedTrace; readonly row: EventRow }) {
  const { viewer, metadata, domain, signed, anchored, name } = trace;
  const trust = useTrustWith(anchored?.machine);
  const { disclose } = words;
  const isFields = metadata.leafEncoding === 'fields';
  const fields = isFields ? fieldsOf(row) : [];
  const [hidden, setHidden] = useState<readonly number[]>(() => (row.depth === undefined ? [] : [1, 2]));
  const [state, setState] = useState<{ readonly making: boolean; readonly fault?: string }>({ making: false });
  const proof = (): Promise<string> => {
    const shown = fields.map(([field]) => field).filter((field) => !hidden.includes(field));
    return viewer.proof([row.number], isFields ? [0, ...shown] : undefined);
  };
  const make = async (use: (text: string) => void | Promise<void>): Promise<void> => {
    setState({ making: true });
    try {
      await use(await proof());
      setState({ making: false });
    } catch (error) {
      setState({ making: false, fault: error instanceof Error ? error.message : String(error) });
    }
  };
  const stem = `${name.replace(/\.wasm$/, '')}-event-${row.number}`;
  const fileName = `${stem}.trace-proof.json`;
  const { eventsPerLeaf } = metadata;
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  return (
    <fieldset className={styles.disclose}>
      <legend>{disclose.title}</legend>
      {isFields ? (
        <>
          <p className={lists.hint}>{disclose.fields}</p>
          <Tick checked disabled onChange={() => undefined}>
            {fill(disclose.always, { what: `${events.kinds[row.kind]} ${row.function?.name ?? ''}`.trim() })}
          </Tick>
          {fields.map(([field, text]) => (
            <Tick
              key={field}
              checked={!hidden.includes(field)}
              onChange={(isShown) => setHidden(isShown ? hidden.filter((each) => each !== field) : [...hidden, field])}
            >
              {text}
            </Tick>
          ))}
        </>
      ) : (
        <p>{eventsPerLeaf === 1 ? disclose.whole : fill(disclose.leaf, { count: numberText(eventsPerLeaf) })}</p>
      )}
      {metadata.saltCommitment === zeroDigest && <p>{disclose.unsalted}</p>}
      {!signed && <p className={lists.hint}>{words.unsigned}</p>}
      <p className={lists.actions}>
        <Button look="primary" disabled={state.making} onClick={() => void make((text) => saveFile(fileName, text))}>
          {words.download}
        </Button>
        <Button
          look="quiet"
          disabled={state.making}
          onClick={() =>
            void make((text) => handOver({ files: [{ name: fileName, bytes: bytesOf(text) }] }, { beside: true }))
          }
        >
          {words.check}
        </Button>
      </p>
      <p role="status">{state.making && words.making}</p>
      {state.fault && <Notice urgent title={fill(words.fault, { reason: state.fault })} />}
      {anchored && (
        <CertifyProof
          // Of what is shown now: another choice is another certificate.
          key={String(hidden)}
          stem={stem}
          metadata={metadata}
          domain={domain}
          proof={proof}
          trust={trust}
          hint={traceAudit.certify.event}
        />
      )}
    </fieldset>
  );
}

/** The fields of an event behind the first, in words: `a`, `v`, then each value that has one of its own. */
function fieldsOf(row: EventRow): readonly (readonly [field: number, text: string])[] {
  const { disclose } = words;
  const isCall = row.depth !== undefined;
  const [inHead] = row.fields === 3 ? row.values : [];
  const a = String(row.depth ?? row.place ?? 0);
  const v = isCall
    ? fill(disclose.v.call, { value: row.span ?? '' })
    : fill(disclose.v.other, { value: inHead?.text ?? '0' });
  const own =
    row.fields === 3 ? [] : row.values.map((value) => [disclose[isCall ? 'value' : 'operand'], value] as const);
  const results = row.fields === 3 + own.length ? [] : row.results.map((value) => [disclose.result, value] as const);
  const positions = [...own.map((_, place) => place), ...results.map((_, place) => place)];
  return [
    [1, fill(row.depth === undefined ? disclose.a.other : disclose.a.call, { value: a })],
    [2, v],
    ...[...own, ...results].map(
      ([template, { type, text }], place) =>
        [3 + place, fill(template, { position: (positions[place] as number) + 1, type, value: text })] as const,
    ),
  ];
}
