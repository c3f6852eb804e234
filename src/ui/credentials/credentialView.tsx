import type { Report } from '../../core/kinds/judge.ts';
import type { CertificateDetails, CertificateFact } from '../../core/vc/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import type { KindView, KindViewProps } from '../views/view.ts';
import views from '../views/views.module.css';
import { certificates as words } from '../words/certificates.en.ts';
import { countCovered, CoverageTree, CoverMark } from './CoverageTree.tsx';
import { ProofFacts } from './ProofFacts.tsx';
import styles from './credentials.module.css';

function detailsOf({ details }: Report): CertificateDetails | undefined {
  return typeof details === 'object' && details !== null && 'proofs' in details
    ? (details as CertificateDetails)
    : undefined;
}

/** The view of one kind of certificate: what it says with the mark of each word, the map of its fields, its proofs, its contexts. */
export function credentialView(kind: keyof typeof words.headline): KindView {
  return {
    headline: ({ verdict }) => words.headline[kind][verdict],
    View: CredentialView,
    anchors: (report) => detailsOf(report)?.offered,
    used: (report) => ({ trust: detailsOf(report)?.used ?? {}, roots: [] }),
  };
}

function CredentialView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { attached, facts, fields, proofs, contexts, json } = details;
  return (
    <>
      <section className={lists.section} aria-labelledby="says">
        <h2 id="says">{words.says}</h2>
        <p className={lists.hint}>{attached ? words.attached : words.saysHint}</p>
        <Facts
          facts={facts.map((fact) => [words.facts[fact.name], <FactValue key={fact.name} fact={fact} />] as const)}
        />
      </section>
      <section className={lists.section} aria-labelledby="covered-fields">
        <h2 id="covered-fields">{words.map}</h2>
        <p className={lists.hint}>{fields ? words.mapHint : words.noMap}</p>
        {fields && (
          <>
            <p>{fill(words.covers, { ...countCovered(fields) })}</p>
            <CoverageTree fields={fields} />
          </>
        )}
      </section>
      {proofs.map((proof, index) => (
        <ProofFacts key={index} proof={proof} number={proofs.length > 1 ? index + 1 : undefined} />
      ))}
      <section className={lists.section} aria-labelledby="contexts">
        <h2 id="contexts">{words.contexts}</h2>
        <ul className={lists.lines}>
          {contexts.map(({ address, origin }, index) => (
            <li key={index} className={styles.context}>
              {address === '' ? words.inline : <code>{address}</code>}
              <span className={lists.hint}>{words.origin[origin]}</span>
            </li>
          ))}
        </ul>
      </section>
      <details className={styles.whole}>
        <summary>{words.json}</summary>
        <pre className={views.json}>{json}</pre>
      </details>
    </>
  );
}

function FactValue({ fact: { name, value, cover } }: { readonly fact: CertificateFact }) {
  const digest = name === 'crid' && /^(0x)?[0-9a-f]{64}$/i.test(value);
  return (
    <span className={styles.fact} data-cover={cover}>
      {digest ? <Digest hex={value} what={words.facts[name]} /> : <span className={styles.text}>{value}</span>}
      <CoverMark cover={cover} />
    </span>
  );
}
