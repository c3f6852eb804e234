import { useState } from 'react';
import type { EvmPin } from '../../core/trust/trust.ts';
import { attestationNetworkTopics as topics } from '../../contracts/attestationNetwork.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import lists from '../parts/lists.module.css';
import { shortAddress } from '../task/shortAddress.ts';
import { networkWords } from '../words/network.en.ts';
import { Lanes } from './Lanes.tsx';
import { NetworkProof } from './NetworkProof.tsx';
import type { Epoch, NetworkView } from './networkView.ts';
import styles from './Epochs.module.css';

const { epochs: words, matrix } = networkWords;

interface Props {
  readonly view: NetworkView;
  readonly pin: EvmPin;
  readonly events: readonly ProvenEvent[];
  /** Place of the epoch in the list of all. */
  readonly at: number;
  readonly onMove: (at: number) => void;
}

/** A slider over the epochs: who was a trust anchor in each, who came and went, how many equal votes made a record; below it all epochs in lanes. */
export function Epochs({ view, pin, events, at, onMove }: Props) {
  const { epochs } = view.details;
  const last = epochs.length - 1;
  const epoch = epochs[at];
  const [proof, setProof] = useState(false);
  if (!epoch) return null;
  const opened = proof ? electionOf(events, epoch) : undefined;
  return (
    <section className={lists.section} aria-labelledby="epochs">
      <h2 id="epochs">{words.title}</h2>
      <p className={lists.hint}>{words.hint}</p>
      <div className={styles.slider}>
        <Button disabled={at <= 0} aria-label={words.previous} onClick={() => onMove(at - 1)}>
          ←
        </Button>
        <label>
          <span>
            {words.slider} <strong>{number(epoch.number)}</strong>
          </span>
          <input
            type="range"
            min={0}
            max={Math.max(0, last)}
            step={1}
            value={at}
            aria-valuetext={valueText(epoch)}
            onChange={(event) => onMove(Number(event.currentTarget.value))}
          />
        </label>
        <Button disabled={at >= last} aria-label={words.next} onClick={() => onMove(at + 1)}>
          →
        </Button>
      </div>
      <EpochFacts view={view} epoch={epoch} before={epochs[at - 1]} />
      <p className={lists.actions}>
        {electionOf(events, epoch) && (
          <Button aria-expanded={proof} onClick={() => setProof(!proof)}>
            {words.proof}
          </Button>
        )}
      </p>
      {opened && <NetworkProof view={view} pin={pin} event={opened} id="epoch-proof" onClose={() => setProof(false)} />}
      <Lanes view={view} at={at} onMove={onMove} />
    </section>
  );
}

function valueText({ number: epoch, from, to, trustNodes }: Epoch): string {
  const values = { epoch: number(epoch), trusted: count(trustNodes.length, 'node'), from: number(from) };
  return to === null ? fill(words.valueNow, values) : fill(words.value, { ...values, to: number(to) });
}

/** The event that opened an epoch: its number is the first indexed value. */
function electionOf(events: readonly ProvenEvent[], { number: epoch }: Epoch): ProvenEvent | undefined {
  return events.find(({ topics: [name, value] }) => name === topics.EpochOpened && Number(value) === epoch);
}

interface FactsProps {
  readonly view: NetworkView;
  readonly epoch: Epoch;
  readonly before: Epoch | undefined;
}

function EpochFacts({ view, epoch, before }: FactsProps) {
  const { from, to, trustNodes, threshold, criteria } = epoch;
  const former = new Set(before?.trustNodes);
  const out = (before?.trustNodes ?? []).filter((account) => !trustNodes.includes(account));
  const steps = view.steps.filter(({ at }) => at.block >= from && (to === null || at.block <= to));
  const name = (account: string) => fill(matrix.node, { number: (view.node(account)?.index ?? -1) + 1 });
  return (
    <div className={styles.facts}>
      <p>
        <strong>
          {to === null
            ? fill(words.blocksNow, { from: number(from) })
            : fill(words.blocks, { from: number(from), to: number(to) })}
        </strong>{' '}
        {trustNodes.length > 0
          ? fill(words.threshold, { needed: number(threshold), of: number(trustNodes.length) })
          : words.noTrust}
      </p>
      {trustNodes.length > 0 && (
        <ul className={styles.seats} role="list" aria-label={words.trustNodes}>
          {view.details.nodes
            .filter(({ account }) => trustNodes.includes(account))
            .map(({ account }) => {
              const isNew = !former.has(account);
              return (
                <li key={account} title={account} data-new={isNew ? '' : undefined}>
                  <strong>{name(account)}</strong>
                  <code>{shortAddress(account)}</code>
                  <span>{isNew ? words.elected : words.stayed}</span>
                </li>
              );
            })}
        </ul>
      )}
      <div className={styles.two}>
        <div>
          <h3>{words.happened}</h3>
          {steps.length === 0 ? (
            <p>{words.nothing}</p>
          ) : (
            <ul className={lists.bare} role="list">
              {steps.map(({ how, account, at }) => (
                <li key={`${at.block} ${at.logIndex}`}>
                  {fill(words.steps[how], { number: (view.node(account)?.index ?? -1) + 1 })}{' '}
                  <span className={styles.soft}>{fill(networkWords.request.block, { number: number(at.block) })}</span>
                </li>
              ))}
            </ul>
          )}
          {out.length > 0 && (
            <>
              <h3>{words.out}</h3>
              <p>{out.map(name).join(', ')}</p>
            </>
          )}
        </div>
        <div>
          <h3>{words.criteria}</h3>
          <Digest hex={criteria.slice(2)} what={words.criteria} />
        </div>
      </div>
    </div>
  );
}
