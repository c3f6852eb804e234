import { useMemo } from 'react';
import type { RunEnd } from '../../../core/trace/run/types.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { saveFile } from '../../files/saveFile.ts';
import { count, list, number, rough, size } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { traceRun } from '../../words/traceRun.en.ts';
import type { FinishedTrace } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { output: words } = traceRun;
/** Bytes of output that are put on the page. */
const mostShown = 16_384;

/** What the program printed and left, how it ended, and what is known of the trace at a glance. */
export function OutputPart({ trace }: { readonly trace: FinishedTrace }) {
  const { result, metadata, seconds, entries, functions } = trace;
  const { stdout, stderr, files, end } = result;
  const most = useMemo(
    () =>
      entries
        .filter((entry) => entry.count > 0)
        .sort((a, b) => b.count - a.count)
        .slice(0, 3)
        .map((entry) =>
          fill(words.calledText, { name: functions[entry.function]?.name ?? '', count: number(entry.count) }),
        ),
    [entries, functions],
  );
  const rate = number(Math.round(metadata.count / Math.max(seconds, 0.001)));
  return (
    <section className={lists.section} aria-labelledby="output">
      <h2 id="output">{words.title}</h2>
      <Text title={words.stdout} bytes={stdout} always={stderr.length === 0} />
      {stderr.length > 0 && <Text title={words.stderr} bytes={stderr} always />}
      {files.length > 0 && (
        <div className={styles.fields}>
          <h3>{words.files}</h3>
          <ul className={lists.lines}>
            {files.map(({ path, bytes }) => (
              <li key={path} className={styles.file}>
                <code>{path}</code>
                <span>{size(bytes.length)}</span>
                {!path.endsWith('/') && (
                  <Button
                    look="quiet"
                    onClick={() =>
                      saveFile(path.split('/').at(-1) ?? path, new Uint8Array(bytes), 'application/octet-stream')
                    }
                  >
                    {fill(words.download, { name: path.split('/').at(-1) ?? path })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Facts
        facts={[
          [words.facts.events, count(metadata.count, 'event')],
          [words.facts.end, endText(end)],
          [words.facts.time, fill(words.timeText, { seconds: rough(seconds), rate })],
          [words.facts.called, most.length > 0 ? list(most) : null],
          [words.facts.root, <Digest key="root" hex={metadata.root} what={words.facts.root} />],
          [words.facts.code, <Digest key="code" hex={metadata.code} what={words.facts.code} />],
        ]}
      />
    </section>
  );
}

function Text({
  title,
  bytes,
  always,
}: {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly always: boolean;
}) {
  const text = useMemo(() => new TextDecoder().decode(bytes.subarray(0, mostShown)), [bytes]);
  if (bytes.length === 0) return always ? <p className={lists.hint}>{words.empty}</p> : null;
  return (
    <div className={styles.fields}>
      <h3>{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <pre className={styles.printed} role="region" aria-label={title} tabIndex={0}>
        {text}
      </pre>
      {bytes.length > mostShown && (
        <p className={lists.hint}>{fill(words.cut, { shown: size(mostShown), size: size(bytes.length) })}</p>
      )}
    </div>
  );
}

function endText(end: RunEnd): string {
  if (end.kind === 'exit') return fill(words.ends.exit, { code: end.code });
  if (end.kind === 'trap') return fill(words.ends.trap, { trap: end.trap });
  return end.kind === 'budget' ? fill(words.ends.budget, { spent: words.spent[end.spent] }) : end.kind;
}
