import { useEffect, useState } from 'react';
import { fromHex } from '../../core/bytes/hex.ts';
import { encodeBlock } from '../../core/chain/block.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Seal } from '../seal/Seal.tsx';
import type { ChainSession } from '../session/chainSession.ts';
import { HexView } from '../verdict/HexView.tsx';
import type { BlockDetails } from '../../audit/remote/protocol.ts';
import type { BlockRow } from '../zipper/layout.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { chain } from '../words/chain.en.ts';
import { Records } from './Records.tsx';
import styles from './ChainScreen.module.css';

const { panel: words } = chain;
const zeros = '0'.repeat(64);

interface Props {
  readonly session: ChainSession;
  readonly row: BlockRow | undefined;
}

/** The fields of one block, its records, its bytes. */
export function BlockPanel({ session, row }: Props) {
  const shown = useDetails(session, row);
  if (!shown) return <p className={styles.choose}>{words.choose}</p>;
  const { block, lane } = shown.row;
  const { block: read } = shown.details;
  const height = number(block.height ?? 0);
  const [document] = shown.details.documents;
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
          [words.documentTime, document ? <Moment key="document" at={document.documentTime} /> : null],
          [words.k, number(block.k)],
          [words.block, <Digest key="block" hex={block.block} what={words.block} />],
          [words.timestampHash, <Digest key="t" hex={block.timestampHash} what={words.timestampHash} />],
          [
            words.parent,
            block.parent === zeros ? words.blockZero : <Digest key="parent" hex={block.parent} what={words.parent} />,
          ],
          [words.merkle, read ? <Digest key="merkle" hex={read.merkle} what={words.merkle} /> : null],
          [words.u, read ? <Digest key="u" hex={read.u} what={words.u} /> : null],
        ]}
      />
      {block.leaves === null ? (
        <p>{words.recordsMissing}</p>
      ) : (
        <details>
          <summary>{fill(words.records, { count: count(block.leaves, 'record') })}</summary>
          <Records transactions={read?.transactions ?? null} chain={session.pin.name} />
        </details>
      )}
      {read && (
        <details>
          <summary>{words.bytes}</summary>
          <HexView
            bytes={encodeBlock({ u: fromHex(read.u), merkle: fromHex(read.merkle), parent: fromHex(read.parent) })}
            name={fill(words.title, { height })}
          />
        </details>
      )}
    </section>
  );
}

interface Shown {
  readonly session: ChainSession;
  readonly row: BlockRow;
  readonly details: BlockDetails;
}

/** A block with what was read of it. The one before stays until all of it is there, so that nothing flickers while new ones come in. */
function useDetails(session: ChainSession, row: BlockRow | undefined): Shown | undefined {
  const [shown, setShown] = useState<Shown>();
  const key = row && `${row.block.timestampHash} ${row.block.leaves} ${row.lane}`;
  useEffect(() => {
    if (!row) return undefined;
    let isOver = false;
    session.details(row.block).then(
      (details) => {
        if (!isOver) setShown({ session, row, details });
      },
      // An audit that has ended says no more about it.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the row is made anew with every snapshot; what it says is in its key
  }, [session, key]);
  return row && shown?.session === session ? shown : undefined;
}
