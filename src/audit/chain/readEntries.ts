import { bestDocument } from '../../core/chain/bestDocument.ts';
import type { OmcState } from '../../core/chain/omc.ts';
import type { EntryKey } from '../../core/chain/readEntry.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainReader } from './chainReader.ts';
import type { ChainExecutor } from './executor.ts';

/** So many numbers are read together. */
const windowLength = 64;

/** The transcript of every number up to `last`, read again; null where the buckets no longer give what an audit has found there. */
export async function readEntries(
  last: number,
  state: OmcState,
  parts: {
    readonly pin: ChainPin;
    readonly reader: ChainReader;
    readonly executor: ChainExecutor;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<TranscriptEntry[] | null> {
  const { pin, reader, executor, signal } = parts;
  const keys: EntryKey[] = [];
  for (let k = pin.checkpoint?.k ?? 0; k <= last; k += 1) {
    const best = bestDocument(state.numbers.get(k)?.sequences ?? [], pin.measurements ?? []);
    if (!best) return null;
    keys.push({ k, object: best.object, timestampHash: best.y.slice(32) });
  }
  const entries: TranscriptEntry[] = [];
  for (let at = 0; at < keys.length; at += windowLength) {
    const part = keys.slice(at, at + windowLength);
    const attestations = await reader.allAttestations(part.map(({ k }) => k));
    const tuples = await reader.allTuples(part.map(({ timestampHash }) => timestampHash));
    const jobs = part.map((key, index) => ({
      key,
      attestation: attestations[index]?.answers ?? [],
      tuple: tuples[index]?.answers ?? [],
    }));
    for (const entry of await executor.entries(jobs, signal)) {
      if (!entry) return null;
      entries.push(entry);
    }
  }
  return entries;
}
