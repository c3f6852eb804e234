import type { ReactNode } from 'react';
import { fromHex0x } from '../../core/evm/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Notice } from '../parts/Notice.tsx';
import { HexView } from '../verdict/HexView.tsx';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { fieldName, isHexWord, isTimeField } from './fieldName.ts';
import { markName } from './TimeLine.tsx';
import type { LaidMark } from './timelineLayout.ts';
import styles from './Task.module.css';

const { proof: words } = taskWords;

interface Props {
  readonly laid: LaidMark;
  /** Who sealed the block. */
  readonly children?: ReactNode;
}

/** What an event says, its block, its place among the receipts, its bytes. */
export function EventFacts({ laid, children }: Props) {
  const { event, values, faults } = laid.mark;
  const data = fromHex0x(event.data);
  return (
    <>
      <h2 id="proof">
        {words.title}: {markName(laid)}
      </h2>
      {faults.map((fault) => (
        <Notice key={fault} title={words.faults} next={fault} />
      ))}
      <h3>{words.says}</h3>
      <Facts facts={Object.entries(values).map(([name, value]) => [fieldName(name), shownValue(name, value)])} />
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

function shownValue(name: string, value: string) {
  if (isTimeField(name) && Number(value) < 8.64e12) return <Moment at={Number(value) * 1000} />;
  if (/^0x0{64}$/.test(value)) return taskWords.hashes.none;
  if (isHexWord(value)) return <Digest hex={value.slice(2)} what={fieldName(name)} />;
  if (value.startsWith('0x')) return <code>{value}</code>;
  return value === '' ? '–' : value;
}
