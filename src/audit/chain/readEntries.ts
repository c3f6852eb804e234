import { bestDocument } from '../../core/chain/bestDocument.ts';
import type { SegmentJob } from '../../core/chain/evaluateSegment.ts';
import type { OmcState } from '../../core/chain/omc.ts';
import type { EntryKey } from '../../core/chain/readEntry.ts';
import { segmentOf } from '../../core/chain/segment.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainReader } from './chainReader.ts';
import type { ChainExecutor, EntryJob } from './executor.ts';

/** So many numbers are read together. */
const windowLength = 64;

interface Parts {
  readonly pin: ChainPin;
  readonly reader: ChainReader;
  readonly executor: ChainExecutor;
  readonly signal?: AbortSignal | undefined;
}

/** The transcript of every number up to `last`, read again; null where the buckets no longer give what an audit has found there. */
export async function readEntries(last: number, state: OmcState, parts: Parts): Promise<TranscriptEntry[] | null> {
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
    const found = await executor.entries(jobs, signal);
    const lost = jobs.filter((_, index) => !found[index]);
    const mended = lost.length > 0 ? await fromSegments(lost, parts) : [];
    for (const entry of found) {
      const one = entry ?? mended.shift();
      if (!one) return null;
      entries.push(one);
    }
  }
  return entries;
}

/** Of tuples whose single objects are lost, what a segment still gives; in the order of the jobs. */
async function fromSegments(
  lost: readonly EntryJob[],
  { reader, executor, signal }: Parts,
): Promise<(TranscriptEntry | null)[]> {
  const jobs: SegmentJob[] = [];
  for (const n of new Set(lost.map(({ key }) => segmentOf(key.k)))) {
    const wanted = lost.filter(({ key }) => segmentOf(key.k) === n).map(({ key }) => key.timestampHash);
    jobs.push({ n, wanted, answers: await (await reader.segment(n)).rest() });
  }
  const findings = await executor.segments(jobs, signal);
  const byHash = new Map(
    findings.flatMap(({ parts = [] }) => parts.map((part) => [part.timestampHash, part] as const)),
  );
  const again = lost.map(({ key, ...answers }): EntryJob => {
    const part = byHash.get(key.timestampHash);
    return { ...answers, key: part ? { ...key, part } : key };
  });
  return [...(await executor.entries(again, signal))];
}
