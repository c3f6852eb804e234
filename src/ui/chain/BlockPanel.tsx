import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Seal } from '../seal/Seal.tsx';
import type { BlockRow } from '../zipper/layout.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { chain } from '../words/chain.en.ts';
import styles from './ChainScreen.module.css';

const { panel: words } = chain;
const zeros = '0'.repeat(64);

/** The fields of one block. */
export function BlockPanel({ row }: { readonly row: BlockRow | undefined }) {
  if (!row) return <p className={styles.choose}>{words.choose}</p>;
  const { block, lane } = row;
  const height = number(block.height ?? 0);
  return (
    <section aria-labelledby="block-title" className={styles.panel}>
      <div className={styles.panelHead}>
        <div>
          <h2 id="block-title">{fill(lane > 0 ? words.forkTitle : words.title, { height })}</h2>
          <p className={styles.outcome}>
            <StatusMark of={lane > 0 ? 'pending' : 'pass'} /> {lane > 0 ? words.outcomeFork : words.outcome}
          </p>
        </div>
        <Seal digest={block.block} size={72} />
      </div>
      <Facts
        facts={[
          [words.time, <Moment key="time" at={block.time * 1000} />],
          [words.records, block.leaves === null ? words.recordsMissing : number(block.leaves)],
          [words.k, number(block.k)],
          [words.block, <Digest key="block" hex={block.block} what={words.block} />],
          [words.timestampHash, <Digest key="t" hex={block.timestampHash} what={words.timestampHash} />],
          [
            words.parent,
            block.parent === zeros ? words.blockZero : <Digest key="parent" hex={block.parent} what={words.parent} />,
          ],
        ]}
      />
    </section>
  );
}
