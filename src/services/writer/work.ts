import type { Batch } from './batchIt.ts';

/**
 * The block under way, as it is kept on disk: there is one at most, so that this writer never forks its own chain. Each step is
 * recorded only when what it names is done, and doing a step again after a crash gives the same bytes.
 *
 * `zipped`: b and t are made. `stored`: six buckets have ⟨m, b, t⟩. `sequenced`: a is on this disk.
 */
export interface Work {
  readonly step: 'zipped' | 'stored' | 'sequenced';
  /** H(b₀) of its chain, hex. */
  readonly chain: string;
  /** The batch, or null for block zero and for the block that records a predecessor. */
  readonly c: string | null;
  /** The only transaction of a block without a batch, base64url. */
  readonly founding?: string;
  /** Hex of the block's encoding. */
  readonly block: string;
  /** t, the compact JWT. */
  readonly timestamp: string;
  /** From `sequenced` on. */
  readonly k?: number;
}

/**
 * All boundaries of the patent's figure 5, whose numbers they have, in order. After each of these a process may be killed; tests do so.
 */
export const writerSteps = [
  '1 accepted',
  '2 batched',
  '3 timestamped',
  '4 zipped',
  '5 tuple on disk',
  '5 tuple replicated',
  '5 stored',
  '6 attested',
  '7 attestation on disk',
  '7 sequenced',
  '7 attestation replicated',
  '8 dropped',
] as const;

export type WriterStep = (typeof writerSteps)[number];

export type StepHook = (step: WriterStep, batch: Batch['c'] | null) => void;
