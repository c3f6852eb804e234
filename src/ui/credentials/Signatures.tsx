import type { ShownSignature } from '../../core/vc/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { statusWords } from '../words/outcome.en.ts';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { certificates } from '../words/certificates.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './credentials.module.css';

const { signature: words, suite: suiteWord } = certificates;

/** Proofs that are signatures: who, when, over what, and on top of which others. Those that build on others stand further in. */
export function Signatures({ proofs }: { readonly proofs: readonly ShownSignature[] }) {
  const id = `signatures-${proofs[0]?.index ?? 0}`;
  return (
    <section className={lists.section} aria-labelledby={id}>
      <h2 id={id}>{proofs.length > 1 ? words.list : words.title}</h2>
      <p className={lists.hint}>{proofs.length === 0 ? words.none : words.hint}</p>
      <ol className={styles.signatures} role="list">
        {proofs.map((proof) => (
          <li key={proof.index} data-status={proof.status} data-chained={proof.previous.length > 0 ? '' : undefined}>
            <h3>
              <StatusMark of={proof.status} size={22} /> {fill(words.number, { number: proof.index + 1 })}
              <span className={styles.state}>{statusWords[proof.status]}</span>
            </h3>
            <Facts facts={factsOf(proof)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function factsOf({ suite, method, controller, key, created, covers, previous }: ShownSignature) {
  const on = previous.length > 0 ? `, ${fill(words.on, { numbers: previous.map((each) => each + 1).join(', ') })}` : '';
  return [
    [suiteWord, <code key="suite">{suite}</code>],
    [words.covers, `${words.coverText[covers]}${on}`],
    [
      words.signer,
      controller === null ? (
        words.noKey
      ) : (
        <code key="signer" className={styles.text}>
          {controller}
        </code>
      ),
    ],
    [words.from, key && words.origin[key.origin]],
    [
      words.key,
      key && (
        <span key="key" className={styles.text}>
          {fill(words.keyText, { curve: key.curve })} <code>{key.thumbprint}</code>
        </span>
      ),
    ],
    [
      words.method,
      method === null ? null : (
        <code key="method" className={styles.text}>
          {method}
        </code>
      ),
    ],
    [words.created, created === null ? null : <Moment key="created" at={created} />],
  ] as const;
}
