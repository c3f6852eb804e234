import { useState, type ReactNode } from 'react';
import type { NetworkRow } from '../../core/network/networkDetails.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import task from '../task/Task.module.css';
import { networkWords } from '../words/network.en.ts';
import { NetworkProof } from './NetworkProof.tsx';
import { placeKey, type NetworkView } from './networkView.ts';
import { NodeName } from './NodeName.tsx';
import { RequestFiles, type RequestFilesProps } from './RequestFiles.tsx';
import styles from './Network.module.css';

const { request: words, cell: said } = networkWords;

interface Props {
  readonly view: NetworkView;
  readonly pin: EvmPin;
  readonly request: number;
  readonly files: Omit<RequestFilesProps, 'checks' | 'criteria'>;
  /** Everything that was checked, files beside it included. */
  readonly checks: readonly Check[];
  /** What can be made of a record that is final. */
  readonly certificate?: ReactNode;
  readonly onClose: () => void;
}

/** One request: what was asked, its record with its quorum, what proves both, and the document judged on this machine. */
export function RequestPart({ view, pin, request, files, checks, certificate, onClose }: Props) {
  const [proof, setProof] = useState<'asked' | 'record'>();
  const row = view.details.requests.find(({ requestId }) => requestId === request);
  if (!row) return null;
  const place = proof === 'asked' ? row.opened : row.final?.at;
  const event = proof && place && view.event(placeKey(place));
  const toggle = (which: 'asked' | 'record') => () => setProof(proof === which ? undefined : which);
  const epoch = view.decidingEpoch(row);
  const criteria = view.details.epochs.find((each) => each.number === epoch)?.criteria;
  const own = checks.filter(({ params }) => params?.['request'] === request);
  return (
    <section className={`${lists.card} ${task.proof}`} aria-labelledby="request">
      <h3 id="request">{fill(words.title, { request: number(request) })}</h3>
      <div className={styles.halves}>
        <div className={lists.section}>
          <h4>{words.asked}</h4>
          <Asked row={row} />
        </div>
        <div className={lists.section}>
          <h4>{words.record}</h4>
          {row.final ? <Final view={view} row={row} final={row.final} /> : <p>{words.noRecord}</p>}
        </div>
      </div>
      <p className={lists.actions}>
        <Button aria-expanded={proof === 'asked'} onClick={toggle('asked')}>
          {words.proofAsked}
        </Button>
        {row.final && (
          <Button aria-expanded={proof === 'record'} onClick={toggle('record')}>
            {words.proofRecord}
          </Button>
        )}
      </p>
      {event && (
        <NetworkProof view={view} pin={pin} event={event} id="request-proof" onClose={() => setProof(undefined)} />
      )}
      {certificate}
      <h4>{words.judge}</h4>
      <RequestFiles {...files} checks={own} criteria={criteria} />
      <p>
        <Button onClick={onClose}>{said.close}</Button>
      </p>
    </section>
  );
}

function Asked({ row }: { readonly row: NetworkRow }) {
  const { vmId, measurements, evidence, count: inIt, opened } = row;
  const isNone = (hex: string) => /^0x0*$/.test(hex);
  return (
    <Facts
      facts={[
        [words.vm, isNone(vmId) ? null : <Digest key="vm" hex={vmId.slice(2)} what={words.vm} />],
        [words.count, inIt > 1 ? number(inIt) : null],
        [
          inIt > 1 ? fill(words.root, { count: number(inIt) }) : words.measurements,
          <Digest key="measured" hex={measurements.slice(2)} what={words.measurements} />,
        ],
        [
          words.evidence,
          isNone(evidence) ? words.noEvidence : <Digest key="evidence" hex={evidence.slice(2)} what={words.evidence} />,
        ],
        [
          words.opened,
          <>
            <Moment at={opened.timestamp * 1000} />
            <div>{fill(words.block, { number: number(opened.block) })}</div>
          </>,
        ],
      ]}
    />
  );
}

interface FinalProps {
  readonly view: NetworkView;
  readonly row: NetworkRow;
  readonly final: NonNullable<NetworkRow['final']>;
}

function Final({ view, final: { valid, epoch, record, previous, signers, at } }: FinalProps) {
  const { needed, of } = view.threshold(epoch);
  return (
    <Facts
      facts={[
        [words.outcome, valid ? said.valid : said.invalid],
        [words.quorum, fill(words.quorumText, { found: signers.length, needed, of })],
        [words.epoch, number(epoch)],
        [
          words.finalAt,
          <>
            <Moment at={at.timestamp * 1000} />
            <div>{fill(words.block, { number: number(at.block) })}</div>
          </>,
        ],
        [words.hash, <Digest key="hash" hex={record.slice(2)} what={words.hash} />],
        [
          words.previous,
          /^0x0*$/.test(previous) ? (
            networkWords.proof.none
          ) : (
            <Digest key="previous" hex={previous.slice(2)} what={words.previous} />
          ),
        ],
        [
          `${words.signers} (${count(signers.length, 'node')})`,
          <ul key="signers" className={styles.names} role="list">
            {signers.map((account) => (
              <li key={account}>
                <NodeName view={view} account={account} />
              </li>
            ))}
          </ul>,
        ],
      ]}
    />
  );
}
