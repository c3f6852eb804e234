import type { ReactNode } from 'react';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Notice } from '../parts/Notice.tsx';
import { taskWords } from '../words/task.en.ts';
import { EventBlock } from './EventBlock.tsx';
import { fieldName, isHexWord, isTimeField } from './fieldName.ts';
import { markName } from './TimeLine.tsx';
import type { LaidMark } from './timelineLayout.ts';

const { proof: words } = taskWords;

interface Props {
  readonly laid: LaidMark;
  /** Who sealed the block. */
  readonly children?: ReactNode;
}

/** What an event says, its block, its place among the receipts, its bytes. */
export function EventFacts({ laid, children }: Props) {
  const { event, values, faults } = laid.mark;
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
      <EventBlock event={event}>{children}</EventBlock>
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
