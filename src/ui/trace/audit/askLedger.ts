import { createEvmExecutor } from '../../../audit/evm/createEvmExecutor.ts';
import { browserSealStore } from '../../../audit/evm/browserSealStore.ts';
import { rememberSeals } from '../../../audit/evm/sealMemory.ts';
import { judgeInWorker } from '../../../audit/pool/judgeInWorker.ts';
import { anchorHelper, type AnchorHelperOptions } from '../../../audit/trace/anchorHelper.ts';
import { verifyEvent, type EventData } from '../../../audit/trace/verifyEvent.ts';
import type { JsonObject } from '../../../core/bytes/json.ts';
import { readContent } from '../../../core/kinds/content.ts';
import { lookupProved, readShownLeaf } from '../../../core/trace/shownEvents.ts';
import type { TraceProofDetails } from '../../../core/trace/checkProof.ts';
import { parseTraceFile, type TraceFile } from '../../../core/trace/traceFile.ts';
import { checkTraceSignature } from '../../../core/trace/traceSignature.ts';
import { parseTraceProof, type TraceProof } from '../../../core/trace/traceProof.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { fail, pass, type Check } from '../../../core/verdict/check.ts';
import { combine, verdictOf, type Verdict } from '../../../core/verdict/status.ts';
import type { ReadFile } from '../../files/readFiles.ts';

type About = Pick<TraceFile, 'metadata' | 'domain' | 'signed'>;

/** What a file is judged to be, with the ledger asked for its anchor. */
export interface LedgerAnswer {
  readonly kind: 'trace' | 'trace-proof';
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** What was signed of the trace. */
  readonly about: About;
  /** Of a proof. */
  readonly details: TraceProofDetails | undefined;
}

/**
 * Judges a proof or a trace about one program, its anchor read from the ledger that the trust file pins.
 * @throws AuditorError `source` where no node answers; FormatError for a file that has not its form; the signal's reason
 */
export async function askLedger(
  file: ReadFile,
  kind: LedgerAnswer['kind'],
  code: string,
  trust: Trust,
  signal: AbortSignal,
): Promise<LedgerAnswer> {
  const executor = rememberSeals(createEvmExecutor(), browserSealStore());
  const how: AnchorHelperOptions = { executor, signal };
  try {
    if (kind === 'trace') {
      return await inWorker(file, kind, parseTraceFile(file.bytes), code, trust, how);
    }
    const text = readContent(file.name, file.bytes).text ?? '';
    const proof = parseTraceProof(text);
    const data = dataOf(proof);
    if (!data) return await inWorker(file, kind, proof, code, trust, how);
    const found = await verifyEvent(code, text, data, { trust, presentTime: Date.now(), ...how });
    return { kind, about: proof, ...found };
  } finally {
    executor.close();
  }
}

/** What the proof shows, as the question: that this is what the anchored trace has. */
function dataOf(proof: TraceProof): EventData | undefined {
  const events: JsonObject[] = [];
  try {
    const lookup = lookupProved(proof.symbols);
    for (const leaf of proof.leaves) {
      for (const { event } of readShownLeaf(leaf, proof.metadata, lookup).events) events.push(event);
    }
  } catch (error) {
    // That the proof cannot be read is said where it is judged.
    if (!(error instanceof FormatError)) throw error;
  }
  if (events.length > 0) return events.length === 1 ? (events[0] as JsonObject) : events;
  const never = proof.functions.find(({ count }) => count === 0);
  return never && { never: never.function };
}

/** Whatever is not asked about one event is judged in a worker, and its anchor is put in the place where nobody could be asked. */
async function inWorker(
  file: ReadFile,
  kind: LedgerAnswer['kind'],
  about: About,
  code: string,
  trust: Trust,
  how: AnchorHelperOptions,
): Promise<LedgerAnswer> {
  const { metadata, domain, signed } = about;
  const now = Date.now();
  const { signal } = how;
  const [outcome] = await judgeInWorker([file], { trust, now }, signal ? { signal } : {});
  if (!outcome || 'error' in outcome) throw outcome?.error ?? new Error(file.name);
  const anchor = await anchorHelper({ trust, now, companions: [] }, how)(metadata, domain);
  const { report } = outcome;
  const own = metadata.code === code;
  const checks = [
    (own ? pass : fail)('TRACE_CODE', { params: { code, found: metadata.code } }),
    ...report.checks.map((check) => {
      if (!anchor) return check;
      if (check.code === 'TRACE_ANCHOR') return anchor.check;
      // The ledger may tell that the pinned key was exchanged for the one that signed.
      return check.code === 'TRACE_SIGNATURE' ? checkTraceSignature(metadata, domain, signed, trust, anchor) : check;
    }),
  ];
  return {
    kind,
    about,
    verdict: verdictOf(combine(checks.map(({ status }) => status))),
    checks,
    labels: [...new Set([...report.labels, ...(anchor?.labels ?? [])])],
    details: kind === 'trace-proof' ? (report.details as TraceProofDetails | undefined) : undefined,
  };
}
