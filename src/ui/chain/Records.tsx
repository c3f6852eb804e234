import { toHex } from '../../core/bytes/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { shortened } from '../format/groups.ts';
import { chain } from '../words/chain.en.ts';
import styles from './ChainScreen.module.css';

const shownAtMost = 100;

interface Props {
  /** H(d) of every leaf, 32 bytes each. */
  readonly transactions: Uint8Array | null;
  readonly chain: string;
}

/** The records of a block, each with its page. */
export function Records({ transactions, chain: name }: Props) {
  if (!transactions) return null;
  const total = transactions.length / 32;
  const hashes = Array.from({ length: Math.min(total, shownAtMost) }, (_, leaf) =>
    toHex(transactions.subarray(leaf * 32, leaf * 32 + 32)),
  );
  return (
    <>
      <ol className={styles.records} start={1}>
        {hashes.map((hash, leaf) => (
          <li key={leaf}>
            <a href={`#/tx/${hash}?chain=${encodeURIComponent(name)}`} title={hash}>
              <code>{shortened(hash)}</code>
            </a>
          </li>
        ))}
      </ol>
      {total > shownAtMost && <p>{fill(chain.panel.moreRecords, { count: count(total - shownAtMost, 'more') })}</p>}
    </>
  );
}
