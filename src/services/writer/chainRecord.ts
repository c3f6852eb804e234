import type { ChainPin, Measurement, TimestampPin } from '../../core/trust/trust.ts';

/** A chain as its writer remembers it: where it stands, and all that its readers must pin. Bytes are lower-case hex. */
export interface ChainRecord {
  /** From 1, in the order in which this writer opened them. */
  readonly number: number;
  readonly name: string;
  /** H(b₀) */
  readonly genesis: string;
  /** `opening` until block zero is final; `ended` when its sequencer is gone. */
  readonly state: 'opening' | 'open' | 'ended';
  /** Why it ended, in words. */
  readonly why?: string;
  /** SPKI, base64url. */
  readonly sequencerKey: string;
  readonly measurement: Measurement;
  /** The root of the enclave's documents as PEM; null for the built-in one. */
  readonly nitroRoot: string | null;
  readonly timestamp: Required<TimestampPin>;
  /** H(t) of the last block that is final, and its height; null before block zero is. */
  readonly tail: string | null;
  readonly height: number | null;
  /** The number that the next block must get. */
  readonly next: number;
  /** The highest number that its sequencer is known to have given, where that is beyond `next − 1`: somebody else's block has it. */
  readonly foreign?: number;
  /** The record of the chain that it follows on, base64url: the only leaf of the block at height 1 (CHAIN.md 33). */
  readonly successor?: string;
}

/** The most that a sequencer's clock may be off from the timestamp service's, in seconds, for readers of this writer's chains. */
const skewSeconds = 5;

/** The chain's entry in a trust file, but for its buckets. */
export function pinOf(chain: ChainRecord): ChainPin {
  return {
    name: chain.name,
    genesis: chain.genesis,
    sequencerKey: chain.sequencerKey,
    measurements: [chain.measurement],
    ...(chain.nitroRoot === null ? {} : { nitroRoots: [chain.nitroRoot] }),
    timestamp: chain.timestamp,
    skewSeconds,
  };
}
