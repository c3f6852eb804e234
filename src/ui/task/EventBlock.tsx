import type { ReactNode } from 'react';
import type { ProvenEvent } from '../../core/evm/events.ts';
import { fromHex0x } from '../../core/evm/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { HexView } from '../verdict/HexView.tsx';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './Task.module.css';

const { proof: words } = taskWords;

interface Props {
  readonly event: ProvenEvent;
  /** Who sealed the block. */
  readonly children?: ReactNode;
}

/** The block of an event, its place among the receipts, its bytes. */
export function EventBlock({ event, children }: Props) {
  const data = fromHex0x(event.data);
  return (
    <>
      <h3>{words.block}</h3>
      <Facts
        facts={[
          [words.number, number(event.block)],
          [words.hash, <Digest key="hash" hex={event.blockHash.slice(2)} what={words.hash} />],
          [words.time, <Moment key="time" at={event.timestamp * 1000} />],
          [words.contract, <code key="contract">{event.address}</code>],
          [words.place, fill(words.placeText, { transaction: event.transactionIndex, log: event.logIndex })],
        ]}
      />
      {children}
      <h3>{words.receipts}</h3>
      <p className={styles.outcome}>
        <StatusMark of="pass" size={20} />
        <span>{words.receiptsText}</span>
      </p>
      <details>
        <summary>{words.bytes}</summary>
        <h3>{words.topics}</h3>
        <ol className={styles.topics} start={0}>
          {event.topics.map((topic, index) => (
            <li key={index}>
              <Digest hex={topic.slice(2)} what={`${words.topics} ${index}`} />
            </li>
          ))}
        </ol>
        <h3>{words.data}</h3>
        <HexView bytes={data} name={words.data} />
      </details>
    </>
  );
}
