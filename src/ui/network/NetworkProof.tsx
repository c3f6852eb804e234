import type { ReactNode } from 'react';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { NetworkSaying } from '../../core/network/networkEvent.ts';
import { readNetworkEvents } from '../../core/network/readNetworkEvents.ts';
import { voteSigner, type SignedVote } from '../../core/network/vote.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { EventBlock } from '../task/EventBlock.tsx';
import { Seals } from '../task/Seals.tsx';
import task from '../task/Task.module.css';
import { networkWords } from '../words/network.en.ts';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import type { NetworkView } from './networkView.ts';
import { NodeName } from './NodeName.tsx';

const { proof: words, cell: cellWords } = networkWords;

interface Props {
  readonly view: NetworkView;
  readonly pin: EvmPin;
  readonly event: ProvenEvent;
  /** Names the heading where several proofs are open. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One event of the network: what it says, who sealed its block, where it stands, its bytes. */
export function NetworkProof({ view, pin, event, id, onClose }: Props) {
  const said = sayingOf(event);
  const what = said ? words.events[said.name] : '';
  return (
    <section className={`${lists.card} ${task.proof}`} aria-labelledby={id}>
      <h3 id={id}>{fill(words.title, { what })}</h3>
      <SayingFacts event={event} view={view} />
      <EventProofOf pin={pin} event={event} />
      <p>
        <Button onClick={onClose}>{words.close}</Button>
      </p>
    </section>
  );
}

/** What an event says; of a slashing, whether one key has signed both votes. */
export function SayingFacts({ event, view }: Pick<Props, 'event' | 'view'>) {
  const said = sayingOf(event);
  if (!said) return null;
  return (
    <>
      <Facts facts={[...factsOf(said, view)]} />
      {said.name === 'NodeSlashed' && <BothSigned said={said} view={view} />}
    </>
  );
}

/** The block, its seals, the receipt and the bytes of an event. */
export function EventProofOf({ pin, event }: Pick<Props, 'pin' | 'event'>) {
  return (
    <EventBlock event={event}>
      <h3>{taskWords.proof.seals}</h3>
      <Seals pin={pin} event={event} />
    </EventBlock>
  );
}

export function sayingOf(event: ProvenEvent): NetworkSaying | undefined {
  return readNetworkEvents([event], event.address).events[0]?.said;
}

function BothSigned({
  said,
  view,
}: {
  readonly said: NetworkSaying & { name: 'NodeSlashed' };
  readonly view: NetworkView;
}) {
  const domain = { chainId: view.details.chainId, verifyingContract: view.details.contract };
  const [first, second] = [voteSigner(said.first, domain), voteSigner(said.second, domain)];
  const holds = first !== undefined && first === second;
  return (
    <p className={task.outcome}>
      <StatusMark of={holds ? 'pass' : 'fail'} size={20} />
      <span>{holds ? fill(words.bothSigned, { key: first }) : cellWords.notSigned}</span>
    </p>
  );
}

function* factsOf(said: NetworkSaying, view: NetworkView): Generator<readonly [string, ReactNode]> {
  for (const [name, value] of Object.entries(said)) {
    if (name === 'name') continue;
    if (name === 'first' || name === 'second')
      yield [words[name], <VoteText key={name} signed={value as SignedVote} />];
    else if (name === 'vote') yield* factsOf({ name: said.name, ...(value as object) } as NetworkSaying, view);
    else if (name !== 'signature') yield [fieldOf(name), shown(name, value, view)];
  }
}

function VoteText({ signed: { vote } }: { readonly signed: SignedVote }) {
  const said = vote.valid ? networkWords.matrix.attested : networkWords.matrix.refused;
  return <>{fill(words.voteText, { request: number(vote.requestId), epoch: number(vote.epoch), said })}</>;
}

function fieldOf(name: string): string {
  return (words.fields as Readonly<Record<string, string>>)[name] ?? name;
}

function shown(name: string, value: unknown, view: NetworkView): ReactNode {
  if (name === 'valid') return value === true ? networkWords.matrix.attested : networkWords.matrix.refused;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (name === 'timestamp') return <Moment at={Number(value) * 1000} />;
  if (name === 'index') return number(Number(value) + 1);
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return words.none;
    return (
      <ul className={lists.bare} role="list">
        {(value as readonly string[]).map((account) => (
          <li key={account}>
            <NodeName view={view} account={account} />
          </li>
        ))}
      </ul>
    );
  }
  const text = String(value);
  if (/^0x0{64}$/.test(text) || text === '0x' || text === '') return words.none;
  if (/^0x[0-9a-f]{64}$/.test(text)) return <Digest hex={text.slice(2)} what={fieldOf(name)} />;
  if (/^0x[0-9a-f]{40}$/.test(text) && name !== 'key') return <NodeName view={view} account={text} />;
  return <code>{text}</code>;
}
