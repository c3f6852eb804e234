import { fromBase64Url } from '../../core/bytes/base64.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { encodeSuccessor } from '../../core/chain/successor/successorRecord.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { ChainRecord } from './chainRecord.ts';

/** Where a chain ended as everybody can see it: the last block of its main chain, and the highest number of any valid attestation. */
export interface ChainEnd {
  readonly k: number;
  readonly height: number;
  readonly timestampHash: string;
}

/** Looks at what the buckets show of a chain that has ended. @throws AuditorError `source` where they cannot be read now */
export type SurveyChain = (chain: ChainRecord) => Promise<ChainEnd>;

/**
 * The successor record about a chain that has ended (CHAIN.md 33). What the writer knows of its own blocks is where it ended, unless somebody else
 * had blocks numbered in it: that only the buckets tell, so they are looked at where that can be done.
 */
export async function successorOf(chain: ChainRecord, survey?: SurveyChain): Promise<Uint8Array> {
  const { tail, height, next, foreign = -1 } = chain;
  if (tail === null || height === null) {
    throw new AuditorError('internal', 'WRITER_ORDER', `The chain ${chain.name} has no block zero to follow on.`);
  }
  const own: ChainEnd = { k: Math.max(next - 1, foreign), height, timestampHash: tail };
  const shown = (await survey?.(chain)) ?? own;
  const end = shown.height >= height ? shown : own;
  return encodeSuccessor({
    genesis: fromHex(chain.genesis),
    sequencerKey: fromBase64Url(chain.sequencerKey),
    k: Math.max(own.k, shown.k),
    height: end.height,
    timestampHash: fromHex(end.timestampHash),
  });
}
