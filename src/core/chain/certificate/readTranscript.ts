import type { Context } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { ChainContext } from '../chainContext.ts';
import { parseBlock } from '../block.ts';
import { verifyBlock } from '../evaluateTuple.ts';
import {
  addAttestation,
  addTuple,
  concludeOmc,
  startOmc,
  type OmcResult,
  type OmcStart,
  type OmcState,
} from '../omc.ts';
import { unpackTranscript, type PackedTranscript, type TranscriptEntry } from '../transcript/transcript.ts';
import type { TimestampedBlock } from '../types.ts';
import { verifyAttestation } from '../verifyAttestation.ts';

/** So many entries are verified at once: enough for Node's thread pool, few enough for progress and cancelling. */
const batch = 64;
/** Where the thread has to stay usable: each is a few milliseconds of it. */
const smallBatch = 4;

export interface ReadTranscript {
  readonly state: OmcState;
  readonly result: OmcResult;
  readonly blocks: ReadonlyMap<string, TimestampedBlock>;
  /** Indices of the pinned roots that documents go back to. */
  readonly roots: ReadonlySet<number>;
  readonly kids: ReadonlySet<string>;
  /** The first entry that is not a fully valid tuple for its number. */
  readonly invalid: { readonly k: number; readonly reason: string } | undefined;
}

/** Verifies a transcript entry by entry and follows the main chain over it, exactly as an audit would (CHAIN.md 30). */
export async function readTranscript(
  context: ChainContext,
  packed: PackedTranscript,
  start: OmcStart,
  onProgress?: (done: number) => void,
  { signal, breathe }: Pick<Context, 'signal' | 'breathe'> = {},
): Promise<ReadTranscript> {
  const state = startOmc(start);
  const blocks = new Map<string, TimestampedBlock>();
  const roots = new Set<number>();
  const kids = new Set<string>();
  let invalid: ReadTranscript['invalid'];
  let done = 0;
  const entries = unpackTranscript(packed);
  while (!invalid) {
    signal?.throwIfAborted();
    await breathe?.();
    const { waiting, fault } = take(entries, breathe ? smallBatch : batch);
    if (waiting.length === 0 && fault === undefined) break;
    const verified = await Promise.all(waiting.map((entry) => verifyEntry(context, entry)));
    for (const [index, result] of verified.entries()) {
      const { k } = waiting[index] as TranscriptEntry;
      if (!result.ok) {
        invalid = { k, reason: result.reason };
        break;
      }
      roots.add(result.root);
      kids.add(result.block.kid);
      blocks.set(result.block.timestampHash, result.block);
      addAttestation(state, {
        k,
        sequences: [result.sequence],
        strays: [],
        junk: [],
        shards: [],
        signatures: result.signatures,
      });
      addTuple(state, {
        timestampHash: result.block.timestampHash,
        tuple: result.block,
        junk: [],
        shards: [],
        signatures: 0,
      });
    }
    done += waiting.length;
    if (fault !== undefined) invalid ??= { k: packed.from + done, reason: fault };
    onProgress?.(done);
  }
  return { state, result: concludeOmc(state), blocks, roots, kids, invalid };
}

async function verifyEntry(context: ChainContext, entry: TranscriptEntry) {
  const attestation = await verifyAttestation(context, entry.document);
  if (!attestation.ok) return attestation;
  const { sequence } = attestation;
  if (sequence.k !== entry.k) return { ok: false as const, reason: `its attestation is of number ${sequence.k}.` };
  const timestamped = await verifyBlock(context, entry.block, entry.timestamp);
  if (!timestamped.ok) return timestamped;
  const { block } = timestamped;
  if (sequence.y !== block.u + block.timestampHash) {
    return { ok: false as const, reason: 'its attestation is of another block or timestamp.' };
  }
  return {
    ok: true as const,
    sequence,
    block,
    root: attestation.root,
    signatures: attestation.signatures + timestamped.signatures,
  };
}

/** The next entries, up to one that cannot be read: however many are taken at once, the same are verified before it. */
function take(
  entries: Generator<TranscriptEntry>,
  count: number,
): { readonly waiting: readonly TranscriptEntry[]; readonly fault?: string } {
  const waiting: TranscriptEntry[] = [];
  try {
    while (waiting.length < count) {
      const next = entries.next();
      if (next.done) break;
      // A block that is none is refused here, where the entry is still known.
      parseBlock(next.value.block);
      waiting.push(next.value);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { waiting, fault: error.message };
  }
  return { waiting };
}
