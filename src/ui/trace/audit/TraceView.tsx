import { useEffect, useState } from 'react';
import { readContent } from '../../../core/kinds/content.ts';
import type { Report } from '../../../core/kinds/judge.ts';
import type { TraceDetails } from '../../../core/trace/checkTrace.ts';
import { TraceReader } from '../../../core/trace/traceReader.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { BelowRows } from '../../parts/BelowRows.tsx';
import { useLongRows } from '../../parts/useLongRows.ts';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import type { KindViewProps } from '../../views/view.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { RunYourself } from '../reexecute/RunYourself.tsx';
import { machineName } from './ProofView.tsx';
import { TraceAbout } from './TraceAbout.tsx';
import { TraceEvents } from './TraceEvents.tsx';
import { TraceLines } from './TraceLines.tsx';

const { functions: words, shown } = traceAudit;

/** A whole trace: what was signed, how often what was called, and its events, unpacked where they are looked at. */
export function TraceView({ name, bytes, report, trust, messages }: KindViewProps) {
  const reader = useReader(name, bytes);
  const details = detailsOf(report);
  return (
    <>
      <TraceLines checks={report.checks} messages={messages} />
      {reader instanceof Error && <Notice title={fill(shown.unread, { reason: reader.message })} />}
      {reader instanceof TraceReader && (
        <>
          <RunYourself files={[{ name, bytes: readContent(name, bytes).bytes }]} />
          {reader.count > 0 && <TraceEvents reader={reader} />}
          {details && details.functions.length > 0 && <Functions functions={details.functions} />}
          <TraceAbout
            metadata={reader.file.metadata}
            domain={reader.file.domain}
            machine={machineName(trust, reader.file.metadata.vm)}
            policy={reader.file.policy}
            functions={reader.symbols.functions.length}
            has={{
              tape: reader.file.tape !== undefined,
              inputs: reader.file.inputs !== undefined,
              saltKey: reader.file.saltKey !== undefined,
            }}
          />
        </>
      )}
    </>
  );
}

function detailsOf({ details }: Report): TraceDetails | undefined {
  return typeof details === 'object' && details !== null && 'timeline' in details
    ? (details as TraceDetails)
    : undefined;
}

/** The file, opened: undefined until it is, an error where it cannot be. */
function useReader(name: string, bytes: Uint8Array): TraceReader | Error | undefined {
  const [opened, setOpened] = useState<{ readonly of: Uint8Array; readonly reader: TraceReader | Error }>();
  useEffect(() => {
    let isGone = false;
    TraceReader.open(readContent(name, bytes).bytes).then(
      (reader) => !isGone && setOpened({ of: bytes, reader }),
      (error: unknown) => {
        if (!isGone) setOpened({ of: bytes, reader: error instanceof Error ? error : new Error(String(error)) });
      },
    );
    return () => {
      isGone = true;
    };
  }, [name, bytes]);
  return opened?.of === bytes ? opened.reader : undefined;
}

/** Rows beyond these are drawn when they are asked for. */
const firstRows = 12;

function Functions({ functions }: Pick<TraceDetails, 'functions'>) {
  const long = useLongRows(functions, firstRows);
  return (
    <section className={lists.section} aria-labelledby="trace-functions">
      <h2 id="trace-functions">{words.title}</h2>
      <table ref={long.table} className={lists.facts}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.calls}</th>
          </tr>
        </thead>
        <tbody>
          {long.shown.map(({ function: index, name, count: calls, isTraced }) => (
            <tr key={index}>
              <th scope="row">
                <code>
                  <bdi>{name === '' ? `func[${index}]` : name}</bdi>
                </code>
              </th>
              <td>{callsText(calls, isTraced)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <BelowRows of={long} />
    </section>
  );
}

function callsText(calls: number, isTraced: boolean): string {
  if (isTraced) return number(calls);
  return calls === 0 ? words.notTraced : fill(words.atLeast, { count: number(calls) });
}
