import type { CertificateProof } from '../../core/vc/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { shortened } from '../format/groups.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { certificates as words } from '../words/certificates.en.ts';
import styles from './credentials.module.css';
import { Signatures } from './Signatures.tsx';

type Merkle = NonNullable<CertificateProof['merkle']>;

interface Props {
  readonly proof: CertificateProof;
  /** Where there are several. */
  readonly number: number | undefined;
}

/** One proof: from the certificate's hash to the root, and where the root is said to be recorded. */
export function ProofFacts({ proof: { suite, merkle, signature }, number }: Props) {
  if (signature) return <Signatures proofs={[signature]} />;
  const id = `proof-${number ?? 1}`;
  return (
    <section className={lists.section} aria-labelledby={id}>
      <h2 id={id}>{number === undefined ? words.proof : fill(words.proofs, { number })}</h2>
      <Facts facts={[[words.suite, <code key="suite">{suite}</code>], ...(merkle ? merkleFacts(merkle) : [])]} />
      {merkle && merkle.path.length > 0 && <PathTable path={merkle.path} />}
    </section>
  );
}

function merkleFacts({ target, computed, root, path, anchors }: Merkle) {
  const hash =
    computed === null ? words.none : computed === target ? words.same : <Digest hex={computed} what={words.computed} />;
  return [
    [words.target, <Digest key="target" hex={target} what={words.target} />],
    [words.computed, hash],
    [words.root, root === target ? words.same : <Digest key="root" hex={root} what={words.root} />],
    ...(path.length === 0 ? [[words.path, words.pathNone] as const] : []),
    ...anchors.flatMap((anchor, index) => [
      [
        words.ledger,
        anchor.closed ? fill(words.closed, { ledger: anchor.ledger ?? '' }) : (anchor.ledger ?? words.unknownLedger),
      ] as const,
      [words.transaction, <Transaction key={index} anchor={anchor} />] as const,
    ]),
  ] as const;
}

function Transaction({ anchor: { transaction, address } }: { readonly anchor: Merkle['anchors'][number] }) {
  if (transaction === null) return <>{words.noTransaction}</>;
  return (
    <>
      <Digest hex={transaction} what={words.transaction} />
      {address !== null && (
        <p className={lists.hint}>
          <a href={address} rel="noreferrer noopener" target="_blank">
            {words.look}
          </a>
        </p>
      )}
    </>
  );
}

function PathTable({ path }: { readonly path: Merkle['path'] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable with the keys
    <div className={styles.scroll} role="region" aria-label={words.path} tabIndex={0}>
      <table className={lists.facts}>
        <caption className={styles.caption}>{words.path}</caption>
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            <th scope="col">{words.side}</th>
            <th scope="col">{words.other}</th>
            <th scope="col">{words.result}</th>
          </tr>
        </thead>
        <tbody>
          {path.map(({ side, hash, result }, index) => (
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              <td>{words[side]}</td>
              <td>
                <code title={hash}>{shortened(hash)}</code>
              </td>
              <td>
                <code title={result}>{shortened(result)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
