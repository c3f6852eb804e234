import { addAttestation, addTuple, startOmc, type HashEntry, type OmcState } from '../../core/chain/omc.ts';
import { segmentLength, segmentOf } from '../../core/chain/segment.ts';
import type {
  AttestationFinding,
  AttestedSequence,
  Junk,
  SegmentFinding,
  TupleFinding,
} from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { Bucket } from '../source/bucket.ts';
import { StorageTally } from './storageTally.ts';

/** What came out of one name. `complete` when every bucket had answered: only then its shards are counted. */
export type Entry =
  | { readonly kind: 'attestation'; readonly finding: AttestationFinding; readonly complete: boolean }
  | { readonly kind: 'tuple'; readonly finding: TupleFinding; readonly complete: boolean }
  | { readonly kind: 'segment'; readonly finding: SegmentFinding; readonly complete: boolean };

/** All that an audit has found: what the main chain is followed in, each bucket's part, and junk beside the chain. */
export class Evidence {
  readonly state: OmcState;
  readonly tally: StorageTally;
  #pcrs: AttestedSequence['pcrs'] = {};
  /** Registers that were found to be the same as those. */
  #samePcrs: AttestedSequence['pcrs'] = this.#pcrs;
  readonly #segmentJunk = new Map<string, Junk>();
  readonly #onEntry: (segment: number, entry: Entry) => void;

  /** @param onEntry told of every entry with the 256 numbers that it belongs to; not of those that nobody sequenced */
  constructor(pin: ChainPin, buckets: readonly Bucket[], onEntry: (segment: number, entry: Entry) => void) {
    const genesis = pin.genesis ?? '';
    this.state = startOmc(pin.checkpoint ? { genesis, checkpoint: pin.checkpoint } : { genesis });
    this.tally = new StorageTally(buckets.map(({ url }) => ({ url })));
    this.#onEntry = onEntry;
  }

  take(entry: Entry): void {
    const segment = this.#apply(entry);
    if (segment !== undefined) this.#onEntry(segment, entry);
  }

  /** Takes in what an earlier audit has found. */
  replay(entry: Entry): void {
    this.#apply(entry);
  }

  get segmentJunk(): readonly Junk[] {
    return [...this.#segmentJunk.values()];
  }

  /** The sequence with the registers of the one before where they are the same: what came from workers are copies. */
  #shared(sequence: AttestedSequence): AttestedSequence {
    if (sequence.pcrs === this.#pcrs) return sequence;
    if (sequence.pcrs !== this.#samePcrs) {
      const registers = Object.keys(sequence.pcrs);
      const isSame =
        registers.length === Object.keys(this.#pcrs).length &&
        registers.every((register) => this.#pcrs[register] === sequence.pcrs[register]);
      this.#samePcrs = sequence.pcrs;
      if (!isSame) this.#pcrs = sequence.pcrs;
    }
    return { ...sequence, pcrs: this.#pcrs };
  }

  #apply({ kind, finding, complete }: Entry): number | undefined {
    const { state, tally } = this;
    if (kind === 'attestation') {
      const sequences: AttestedSequence[] = [];
      for (const sequence of finding.sequences) sequences.push(this.#shared(sequence));
      addAttestation(state, { ...finding, sequences });
      if (complete) tally.note(`seq/${finding.k}`, finding.shards);
      return segmentOf(finding.k);
    }
    if (kind === 'tuple') {
      const known = state.hashes.get(finding.timestampHash);
      const named = known?.sequences[0];
      addTuple(state, known ? kept(finding, known) : finding);
      if (complete) tally.note(`tuple/${finding.timestampHash}`, finding.shards);
      return named && segmentOf(named.k);
    }
    const { n, tuples, strays, junk, shards, signatures } = finding;
    for (const tuple of tuples) addTuple(state, tuple);
    if (strays.length > 0) {
      addAttestation(state, { k: n * segmentLength, sequences: [], strays, junk: [], shards: [], signatures: 0 });
    }
    state.signatures += signatures;
    for (const each of junk) this.#segmentJunk.set(`${each.name} ${each.reason}`, each);
    if (complete) tally.note(`seg/${n}`, shards);
    return n;
  }
}

const none: readonly never[] = [];

/**
 * What is kept of a tuple for as long as the audit lasts: neither the digest of its object nor its shards, which are counted apart; and u and H(t) as
 * they stand in `y` of its sequence, which is kept anyway.
 */
function kept(finding: TupleFinding, { timestampHash, sequences }: HashEntry): TupleFinding {
  const { tuple, junk, signatures } = finding;
  const y = sequences[0]?.y;
  if (!tuple || y !== tuple.u + tuple.timestampHash) return { ...finding, shards: none };
  const { merkle, parent, block, time, transactions, kid, firstLeaf } = tuple;
  const lean = { u: y.slice(0, 32), merkle, parent, block, timestampHash, time, transactions, kid };
  return {
    timestampHash,
    tuple: firstLeaf === undefined ? lean : { ...lean, firstLeaf },
    junk,
    shards: none,
    signatures,
  };
}
