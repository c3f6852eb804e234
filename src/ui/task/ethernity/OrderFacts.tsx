import type { OrderDescription } from '../../../core/task/ethernity/describeOrder.ts';
import type { Checksum } from '../../../core/task/ethernity/metadata.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { orderWords } from '../../words/order.en.ts';
import line from '../TimeLine.module.css';
import styles from './Order.module.css';

const { facts: words, result: resultWords, limits } = orderWords;

/** Who, and what the request says in its four texts. */
export function OrderFacts({ found }: { readonly found: OrderDescription }) {
  const { network, owner, party, processor, request, offer, stored, metadata } = found;
  return (
    <section className={lists.section} aria-labelledby="facts">
      <h2 id="facts">{words.title}</h2>
      <Facts
        facts={[
          [words.network, network ?? words.unknownNetwork],
          [words.owner, code(owner)],
          [words.party, code(party)],
          [words.processor, code(processor)],
          [words.request, request],
          [words.offer, offer],
          [words.stored, stored],
          ...(metadata
            ? ([
                [words.version, metadata.interactive ? `${metadata.version}, ${words.interactive}` : metadata.version],
                [words.image, [metadata.imageName, metadata.image ?? ''].filter(Boolean).join(', ') || null],
                [words.compose, code(metadata.compose)],
                [words.challenge, code(metadata.challenge)],
                [words.clientKey, code(metadata.clientKey)],
                [words.code, code(metadata.code)],
                [words.codeDigest, digest(words.codeDigest, metadata.codeChecksum)],
                [words.input, code(metadata.input)],
                [words.inputDigest, digest(words.inputDigest, metadata.inputChecksum)],
                [words.wanted, code(metadata.node)],
              ] as const)
            : []),
        ]}
      />
    </section>
  );
}

/** The one text that the contract keeps of the result, taken apart. */
export function OrderResultFacts({ found: { result } }: { readonly found: OrderDescription }) {
  return (
    <section className={lists.section} aria-labelledby="result">
      <h2 id="result">{resultWords.title}</h2>
      <p className={lists.hint}>{result ? resultWords.hint : resultWords.none}</p>
      {result && (
        <>
          <Facts
            facts={[
              [resultWords.version, result.version],
              [resultWords.signer, code(result.signer)],
              [
                resultWords.inside,
                fill(resultWords.insideText, {
                  order: result.order,
                  contract: result.contract ?? resultWords.noContract,
                  ledger:
                    result.chainId === null
                      ? resultWords.anyLedger
                      : fill(resultWords.ledger, { chainId: result.chainId }),
                }),
              ],
              [resultWords.code, fill(resultWords.codeText, { words: result.code.words, code: result.code.code })],
              [resultWords.hash, <Digest key="hash" hex={result.hash} what={resultWords.hash} />],
              [resultWords.at, code(result.at)],
              [resultWords.enclaveChallenge, code(result.enclaveChallenge)],
            ]}
          />
          <details className={line.twin}>
            <summary>{resultWords.text}</summary>
            <pre className={styles.long}>{result.text}</pre>
          </details>
        </>
      )}
    </section>
  );
}

/** What no reading of the ledger can tell, in so many words. */
export function OrderLimits({ hasChallenge }: { readonly hasChallenge: boolean }) {
  return (
    <section className={lists.section} aria-labelledby="limits">
      <h2 id="limits">{limits.title}</h2>
      <ul className={styles.limits}>
        <li>{hasChallenge ? limits.enclaveGiven : limits.enclave}</li>
        <li>{limits.attestation}</li>
        <li>{limits.code}</li>
      </ul>
    </section>
  );
}

function code(text: string | null) {
  return text === null ? null : <code className={styles.plain}>{text}</code>;
}

function digest(name: string, checksum: Checksum) {
  if (checksum.kind === 'none') return null;
  return checksum.kind === 'signature' ? words.signed : <Digest hex={checksum.hex} what={name} />;
}
