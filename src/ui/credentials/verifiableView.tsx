import type { Report } from '../../core/kinds/judge.ts';
import type { VerifiableDetails } from '../../core/vc/verifiable/checker.ts';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import type { KindView, KindViewProps } from '../views/view.ts';
import views from '../views/views.module.css';
import { certificates as words } from '../words/certificates.en.ts';
import { Signatures } from './Signatures.tsx';
import styles from './credentials.module.css';

function detailsOf({ details }: Report): VerifiableDetails | undefined {
  return typeof details === 'object' && details !== null && 'proofs' in details
    ? (details as VerifiableDetails)
    : undefined;
}

/** The view of a credential that is signed: what it says, and who stands for it. */
export const verifiableView: KindView = {
  headline: ({ verdict }) => words.headline.credential[verdict],
  View: VerifiableView,
  anchors: (report) => detailsOf(report)?.offered,
  used: (report) => ({ trust: detailsOf(report)?.used ?? {}, roots: [] }),
};

function VerifiableView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { issuer, issuerName, types, subject, from, until, proofs, json } = details;
  const plain = (text: string | null) => text && <span className={styles.text}>{text}</span>;
  return (
    <>
      <section className={lists.section} aria-labelledby="says">
        <h2 id="says">{words.says}</h2>
        <p className={lists.hint}>{words.credentialSays}</p>
        <Facts
          facts={[
            [words.credentialFacts.types, types.filter((type) => type !== 'VerifiableCredential').join(', ') || null],
            [words.facts.issuer, plain(issuerName === null ? issuer : `${issuerName} (${issuer ?? ''})`)],
            [words.credentialFacts.subject, plain(subject)],
            [words.credentialFacts.from, moment(from)],
            [words.credentialFacts.until, moment(until)],
          ]}
        />
      </section>
      <Signatures proofs={proofs} />
      <details className={styles.whole}>
        <summary>{words.credentialJson}</summary>
        <pre className={views.json}>{json}</pre>
      </details>
    </>
  );
}

function moment(text: string | null) {
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? text : <Moment at={at} />;
}
