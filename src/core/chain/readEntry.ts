import { sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { timestampHash } from './block.ts';
import { decodeShards } from './decodeShards.ts';
import { limits } from './limits.ts';
import type { TranscriptEntry } from './transcript/transcript.ts';
import { parseTuple } from './tuple.ts';
import type { BucketAnswer, TuplePart } from './types.ts';

/** A valid tuple found by an audit, to be read again: its number, the digest of its best document, and H(t). */
export interface EntryKey {
  readonly k: number;
  readonly object: string;
  readonly timestampHash: string;
  /** What a segment gave of the tuple, where the single object is lost. */
  readonly part?: TuplePart;
}

/**
 * The bytes of a tuple that an audit has verified, found again by their hashes; null where the buckets no longer give them. Nothing is
 * verified here: whoever uses the entry does that, as `makeCertificate` does.
 */
export function readEntry(
  key: EntryKey,
  attestation: readonly BucketAnswer[],
  tuple: readonly BucketAnswer[],
): TranscriptEntry | null {
  const document = decodeShards(attestation, limits.enclaveDocument).objects.find(
    (object) => toHex(object.digest) === key.object,
  )?.bytes;
  const { part } = key;
  if (part && toHex(timestampHash(part.timestamp)) === key.timestampHash)
    return document ? entryOf(key, part, document) : null;
  const found = decodeShards(tuple).objects.flatMap((object) => {
    try {
      const { blockBytes, timestamp } = parseTuple(object.bytes);
      return toHex(timestampHash(timestamp)) === key.timestampHash ? [{ block: blockBytes, timestamp }] : [];
    } catch (error) {
      // Junk beside the object is nothing to this reader.
      if (error instanceof FormatError || error instanceof RangeError) return [];
      throw error;
    }
  })[0];
  return document && found ? entryOf(key, found, document) : null;
}

function entryOf(
  { k, object }: EntryKey,
  { block, timestamp }: Pick<TuplePart, 'block' | 'timestamp'>,
  document: Uint8Array,
): TranscriptEntry | null {
  return sha3Hex(document) === object ? { k, block, timestamp, document } : null;
}
