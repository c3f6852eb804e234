import type { EvmAccount, EvmBlock, EvmBlockDetails } from '../../core/evm/details.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { evm as words } from '../words/evm.en.ts';
import styles from './evm-block.module.css';
import type { KindView, KindViewProps, UsedAnchors } from './view.ts';

function detailsOf({ details }: Report): EvmBlockDetails | undefined {
  return typeof details === 'object' && details !== null && 'blocks' in details
    ? (details as EvmBlockDetails)
    : undefined;
}

function headline(report: Report): string {
  const details = detailsOf(report);
  if (!details) return words.unread;
  return fill(words.headline[report.verdict], {
    blocks: count(details.count, 'block'),
    chain: String(details.chainId),
  });
}

function BlocksView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  return (
    <>
      <Ledger details={details} />
      <Blocks details={details} />
      {details.logs.length > 0 && <Logs logs={details.logs} />}
      {details.account && <Account account={details.account} />}
    </>
  );
}

function Ledger({ details }: { readonly details: EvmBlockDetails }) {
  const { chainId, consensus, blocks, validators } = details;
  const [first, last] = [blocks[0], blocks.at(-1)];
  const range = fill(words.rangeText, { first: number(first?.number ?? 0), last: number(last?.number ?? 0) });
  return (
    <section className={lists.section} aria-labelledby="ledger">
      <h2 id="ledger">{words.ledger}</h2>
      <Facts
        facts={[
          [words.chain, String(chainId)],
          [words.consensus, words.consensuses[consensus] ?? consensus],
          [words.range, range],
          [
            words.validators,
            validators.length === 0 ? (
              words.noValidators
            ) : (
              <ul key="validators" className={lists.bare}>
                {validators.map((address) => (
                  <li key={address}>
                    <code className={styles.code}>{address}</code>
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </section>
  );
}

function Blocks({ details }: { readonly details: EvmBlockDetails }) {
  const { blocks, quorum } = details;
  const isPinned = blocks.some(({ standing }) => standing !== null);
  const hint = isPinned ? (quorum ? words.blocksHint : words.blocksHintSingle) : words.blocksHintUnpinned;
  const omitted = details.count - blocks.length;
  return (
    <section className={lists.section} aria-labelledby="blocks">
      <h2 id="blocks">{words.blocks}</h2>
      <p className={lists.hint}>
        {hint} {omitted > 0 && fill(words.omitted, { blocks: count(omitted, 'block') })}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys must reach it */}
      <ol className={styles.blocks} tabIndex={0} aria-labelledby="blocks">
        {blocks.map((block, index) => (
          <Block key={block.hash} block={block} before={blocks[index - 1]} quorum={quorum} isPinned={isPinned} />
        ))}
      </ol>
    </section>
  );
}

function Block({
  block,
  before,
  quorum,
  isPinned,
}: {
  readonly block: EvmBlock;
  readonly before: EvmBlock | undefined;
  readonly quorum: boolean;
  readonly isPinned: boolean;
}) {
  const isBroken = before !== undefined && before.number === block.number - 1 && before.hash !== block.parent;
  return (
    <li className={styles.block} data-unlinked={isBroken || undefined}>
      <h3>{fill(words.block, { number: number(block.number) })}</h3>
      <span className={styles.soft}>
        <Moment at={block.timestamp * 1000} />
      </span>
      <Digest hex={block.hash.slice(2)} what={fill(words.block, { number: block.number })} short />
      {isBroken && (
        <p className={styles.soft}>
          <StatusMark of="fail" /> {words.unlinked}
        </p>
      )}
      <Standing block={block} quorum={quorum} isPinned={isPinned} />
      {block.signers.length > 0 && (
        <ul className={styles.signers} aria-label={words.sealedBy}>
          {block.signers.map((signer, index) => (
            <li key={index}>
              {signer === null ? (
                words.noSeal
              ) : (
                <code title={signer}>{`${signer.slice(0, 10)} … ${signer.slice(-4)}`}</code>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** More validators than that are said in words only. */
const drawnValidators = 64;

function Standing({
  block: { standing, signers },
  quorum,
  isPinned,
}: {
  readonly block: EvmBlock;
  readonly quorum: boolean;
  readonly isPinned: boolean;
}) {
  if (!standing) {
    if (signers.length === 0) return <p className={styles.soft}>{isPinned ? words.pinned : words.unsealed}</p>;
    return <p className={styles.soft}>{fill(words.unpinned, { seals: count(signers.length, 'seal') })}</p>;
  }
  const { known, needed, validators } = standing;
  return (
    <>
      {validators <= drawnValidators && (
        <div className={styles.bar} aria-hidden="true">
          {Array.from({ length: validators }, (_, index) => (
            <span key={index} data-known={index < known || undefined} data-mark={index === needed - 1 || undefined} />
          ))}
        </div>
      )}
      <p className={styles.soft}>
        <StatusMark of={known >= needed ? 'pass' : quorum ? 'fail' : 'unknown'} />{' '}
        {fill(quorum ? words.standing : words.standingSingle, { known, needed, validators })}
      </p>
    </>
  );
}

const shownLogs = 40;

function Logs({ logs }: { readonly logs: EvmBlockDetails['logs'] }) {
  const more = logs.length - shownLogs;
  return (
    <section className={lists.section} aria-labelledby="logs">
      <h2 id="logs">{words.logs}</h2>
      <p className={lists.hint}>{words.logsHint}</p>
      <table className={`${lists.facts} ${styles.logs}`}>
        <thead>
          <tr>
            <th scope="col">{words.columns.transaction}</th>
            <th scope="col">{words.columns.address}</th>
            <th scope="col">{words.columns.topics}</th>
            <th scope="col">{words.columns.data}</th>
          </tr>
        </thead>
        <tbody>
          {logs.slice(0, shownLogs).map(({ transaction, address, topics, data }, index) => (
            <tr key={index}>
              <td>{number(transaction)}</td>
              <td>
                <code className={styles.code}>{address}</code>
              </td>
              <td>
                {topics.map((topic, place) => (
                  <div key={place}>
                    <code className={styles.code}>{topic}</code>
                  </div>
                ))}
              </td>
              <td>{data === '0x' ? words.noData : <code className={styles.code}>{shortData(data)}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={lists.hint}>{fill(words.moreLogs, { events: count(more, 'event') })}</p>}
    </section>
  );
}

function shortData(data: string): string {
  return data.length <= 200 ? data : `${data.slice(0, 160)}…`;
}

function Account({ account }: { readonly account: EvmAccount }) {
  const { address, exists, codeHash, slots } = account;
  return (
    <section className={lists.section} aria-labelledby="account">
      <h2 id="account">{words.account}</h2>
      <Facts
        facts={[
          [
            words.address,
            <code key="address" className={styles.code}>
              {address}
            </code>,
          ],
          [words.exists, exists ? words.existsText.yes : words.existsText.no],
          [
            words.codeHash,
            codeHash === null ? null : <Digest key="code" hex={codeHash.slice(2)} what={words.codeHash} />,
          ],
        ]}
      />
      {slots.length > 0 && (
        <table className={`${lists.facts} ${styles.logs}`}>
          <thead>
            <tr>
              <th scope="col">{words.slot}</th>
              <th scope="col">{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {slots.map(({ key, value }) => (
              <tr key={key}>
                <th scope="row">
                  <code className={styles.code}>{key}</code>
                </th>
                <td>{value === '0x' ? words.zero : <code className={styles.code}>{value}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The first header's own validators and hash, where nothing is pinned for the ledger: the person compares them with another source. */
function anchors(report: Report): Trust | undefined {
  const details = detailsOf(report);
  if (!details?.offered) return undefined;
  const { validators, checkpoint } = details.offered;
  return {
    evm: [{ chainId: details.chainId, consensus: details.consensus as EvmPin['consensus'], validators, checkpoint }],
  };
}

/** The entries of the ledger. */
function used(report: Report, { evm = [] }: Trust): UsedAnchors {
  const details = detailsOf(report);
  const entries = evm.filter(
    ({ chainId, consensus }) => chainId === details?.chainId && consensus === details?.consensus,
  );
  return { trust: entries.length > 0 ? { evm: entries } : {}, roots: [] };
}

export const view: KindView = { headline, View: BlocksView, anchors, used };
