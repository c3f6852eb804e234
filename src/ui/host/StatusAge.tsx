import type { ReactNode } from 'react';
import type { HostDetails } from '../../core/host/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { host } from '../words/host.en.ts';

const { status: words } = host;

/** From what it is known whether it was taken back, and how old that is. */
export function StatusAge({ lists: shown, ledgers }: Pick<HostDetails, 'lists' | 'ledgers'>) {
  return (
    <section className={lists.section} aria-labelledby="status">
      <h2 id="status">{words.title}</h2>
      {shown.length === 0 && <p>{words.noStatus}</p>}
      <Facts
        facts={[
          ...shown.flatMap((each) => factsOf(ledgers.length > 0 ? each : { ...each, anchored: null })),
          ...ledgers.map(
            ({ chainId, block, time }) =>
              [
                fill(words.ledger, { chainId }),
                fill(words.ledgerText, { block: number(block), time: utcMoment(time) }),
              ] as const,
          ),
        ]}
      />
      {ledgers.length === 0 && <p className={lists.hint}>{words.noLedger}</p>}
    </section>
  );
}

function factsOf({
  list,
  index,
  from,
  until,
  age,
  anchored,
}: HostDetails['lists'][number]): readonly (readonly [string, ReactNode])[] {
  return [
    [words.list, fill(words.place, { index, list })],
    [words.read, from === null ? words.notGiven : <Moment key="from" at={from} />],
    [words.usable, until === null ? null : <Moment key="until" at={until} />],
    [words.age, age === null ? null : ageText(age)],
    [words.onLedger, anchored === null ? null : anchored ? words.anchored : words.notAnchored],
  ];
}

/** `12 seconds`, `3 minutes`: how old evidence was at the time that it was judged at. */
function ageText(seconds: number): string {
  const steps = [
    [120, 'second', 1],
    [7200, 'minute', 60],
    [172_800, 'hour', 3600],
    [Infinity, 'day', 86_400],
  ] as const;
  const [, noun, unit] = steps.find(([below]) => seconds < below) ?? steps[3];
  return count(Math.floor(seconds / unit), noun);
}
