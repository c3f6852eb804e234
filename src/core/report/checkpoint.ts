import type { ChainPin, Trust } from '../trust/trust.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import type { ChainTip, Report } from './report.ts';

/** The end of an audited chain, as a trust file holds a checkpoint, and who said it. */
export interface SaidCheckpoint {
  readonly checkpoint: NonNullable<ChainPin['checkpoint']>;
  /** Name of the chain in the trust file. */
  readonly chain: string;
  readonly auditor: string;
  readonly report: string;
}

/**
 * The checkpoint that a report offers for a chain of the trust file: where later audits and certificates may begin. Nothing is pinned by asking.
 * @throws AuditorError `usage` REPORT_CHECKPOINT where it is no report of a chain that holds, or the chain is not pinned with the same key
 */
export function checkpointOf(
  { subject, covered, verdict, auditor, digest }: Report,
  { chains = [] }: Trust,
): SaidCheckpoint {
  if (subject.kind !== 'chain') throw refused('Only reports of chains end at something that can be a checkpoint.');
  if (verdict !== 'verified')
    throw refused('The report does not say that the chain holds, so its end is none to begin at.');
  const tip = covered.tip as ChainTip | null;
  if (!tip) throw refused('The report has covered nothing.');
  const pin = chains.find(
    ({ genesis, sequencerKey }) => genesis === subject.genesis && sequencerKey === subject.sequencerKey,
  );
  if (!pin) throw refused('Your trust file has no chain with this block zero and this sequencer’s key.');
  const { k, height, timestampHash } = tip;
  return { checkpoint: { k, height, timestampHash }, chain: pin.name, auditor, report: digest };
}

/** The trust file with the checkpoint in the place of an earlier one. @throws AuditorError `usage` REPORT_CHECKPOINT where a later one is pinned */
export function pinCheckpoint(trust: Trust, { checkpoint, chain }: SaidCheckpoint): Trust {
  const chains = trust.chains?.map((pin) => {
    if (pin.name !== chain) return pin;
    const kept = pin.checkpoint;
    if (
      kept &&
      (kept.k > checkpoint.k || (kept.k === checkpoint.k && kept.timestampHash !== checkpoint.timestampHash))
    ) {
      throw refused(`The trust file has a checkpoint at k ${kept.k}, which this one neither is nor comes after.`);
    }
    return { ...pin, checkpoint };
  });
  return chains ? { ...trust, chains } : trust;
}

function refused(words: string): AuditorError {
  return new AuditorError('usage', 'REPORT_CHECKPOINT', words);
}
