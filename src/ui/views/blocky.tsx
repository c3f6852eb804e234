import type { Report } from '../../core/kinds/judge.ts';
import type { BlockyCallDetails, BlockyDetails } from '../../core/tee/blocky/details.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { CertificatePath } from '../evidence/CertificatePath.tsx';
import { DocumentFields } from '../evidence/DocumentFields.tsx';
import { mergePaths } from '../evidence/mergePaths.ts';
import { RegisterTable } from '../evidence/RegisterTable.tsx';
import { attestationView } from '../evidence/attestationView.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { HexView } from '../verdict/HexView.tsx';
import { blocky as words } from '../words/blocky.en.ts';
import styles from './views.module.css';
import type { KindViewProps } from './view.ts';

function detailsOf({ details }: Report): BlockyDetails | undefined {
  return typeof details === 'object' && details !== null && 'calls' in details ? (details as BlockyDetails) : undefined;
}

/** A call is what people ask about, so it names the output; an unread one has only its kind. */
function headline(report: Report): string {
  const call = detailsOf(report)?.calls[0];
  return call ? fill(words.headline[report.verdict], { function: call.function }) : words.headline.unread;
}

function BlockyView({ report, messages, evidence }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { explained, calls } = details;
  const at = report.at === null ? undefined : Date.parse(report.at);
  return (
    <>
      {calls.map((call, index) => (
        <Call key={index} call={call} number={calls.length > 1 ? index + 1 : undefined} />
      ))}
      <Signer details={details} />
      {explained.registers.length > 0 && (
        <RegisterTable registers={explained.registers} pinnedAt={explained.pinnedAt} />
      )}
      {mergePaths(explained.paths).map((path, index) => (
        <CertificatePath key={path.name} path={path} at={at} id={`certificates-${index}`} />
      ))}
      <DocumentFields explained={explained} messages={messages} evidence={evidence} />
    </>
  );
}

function Call({ call, number }: { readonly call: BlockyCallDetails | null; readonly number: number | undefined }) {
  const id = `call-${number ?? 1}`;
  return (
    <section className={lists.section} aria-labelledby={id}>
      <h2 id={id}>{number === undefined ? words.call : fill(words.calls, { number })}</h2>
      <p className={lists.hint}>{call ? words.callHint : words.unreadCall}</p>
      {call && (
        <>
          <Facts
            facts={[
              [words.function, <code key="function">{call.function}</code>],
              [words.code, <Digest key="code" hex={call.hashOfCode} what={words.code} />],
              [words.input, <Hash key="input" hex={call.hashOfInput} empty={call.emptyInput} what={words.input} />],
              [
                words.secrets,
                <Hash key="secrets" hex={call.hashOfSecrets} empty={call.emptySecrets} what={words.secrets} />,
              ],
            ]}
          />
          <h3>{words.output}</h3>
          {call.outputText === null ? (
            <HexView bytes={fromHex(call.outputHex)} name={words.output} />
          ) : (
            <pre className={styles.json}>{call.outputText}</pre>
          )}
        </>
      )}
    </section>
  );
}

function Hash({ hex, empty, what }: { readonly hex: string; readonly empty: boolean; readonly what: string }) {
  return empty ? <>{words.empty}</> : <Digest hex={hex} what={what} />;
}

function Signer({ details: { platform, key, documents } }: { readonly details: BlockyDetails }) {
  return (
    <section className={lists.section} aria-labelledby="signer">
      <h2 id="signer">{words.key}</h2>
      {platform !== 'nitro' && <p>{words.notTee}</p>}
      <Facts
        facts={[
          [words.platform, <code key="platform">{platform}</code>],
          [words.publicKey, key === null ? words.noKey : <Digest key="key" hex={key} what={words.publicKey} />],
          [
            words.documents,
            documents.length === 0 ? (
              words.noDocuments
            ) : (
              <ol key="documents" className={lists.bare}>
                {documents.map(({ moduleId, time }, index) => (
                  <li key={index}>
                    {fill(words.document, { module: moduleId })}
                    <Moment at={Date.parse(time)} />
                  </li>
                ))}
              </ol>
            ),
          ],
        ]}
      />
    </section>
  );
}

export const view = attestationView({ headline: words.headline, facts: [] }, { headline, View: BlockyView });
