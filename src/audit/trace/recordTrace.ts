import { encodePolicy, policyDigest, type Policy } from '../../core/trace/policy.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { signTrace } from '../../core/trace/anchor/signTrace.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { Commitment } from '../../core/trace/commitment.ts';
import { instrument, instrumenterDigest } from '../../core/trace/instrument/instrument.ts';
import { selectFunctions } from '../../core/trace/instrument/selectFunctions.ts';
import { zeroDigest, type LeafEncoding, type TraceDomain, type TraceMetadata } from '../../core/trace/metadata.ts';
import { pack, type Packed } from '../../core/trace/packed.ts';
import { encodeInputs, inputsDigest } from '../../core/trace/run/inputs.ts';
import { runTraced } from '../../core/trace/run/runTraced.ts';
import type { HostSource, TracedResult } from '../../core/trace/run/types.ts';
import { packSymbols, type TraceFile } from '../../core/trace/traceFile.ts';
import { tracedFunctions } from '../../core/trace/tracedFunctions.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** What is to be run, and how it is committed to. */
export interface Recording {
  readonly module: Uint8Array;
  readonly policy: Policy;
  readonly source: HostSource;
  /** Default `rec16`. */
  readonly leafEncoding?: LeafEncoding;
  /** Default 1. */
  readonly eventsPerLeaf?: number;
  /** 32 random bytes that the salts of all leaves are made from; without them whoever sees one event can guess its neighbours. */
  readonly saltKey?: Uint8Array;
  /** Whose run it is: 64 hex digits; zeros for nobody's. */
  readonly vm?: string;
  /** The machine's last anchor. */
  readonly previous?: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly domain: TraceDomain;
  /** Left out, the trace is not signed. */
  readonly signer?: Signer;
  readonly signal?: AbortSignal;
}

export interface Recorded {
  /** With tape, inputs and salt key in it: for whoever may see everything. */
  readonly file: TraceFile;
  readonly result: TracedResult;
}

/** Bytes of records that are held at once: 32 million records. */
const maximumRecords = 512 * 1024 * 1024;

/**
 * Runs a program traced, commits to its events and has that signed. The program runs on this thread, to its end or to what its policy allows it.
 * @throws AuditorError `source` TRACE_ENDED where the machine and not the program ended the run, or a tape does not fit; TRACE_LENGTH; what `instrument`, `runTraced`
 * and the signer throw
 */
export async function recordTrace(recording: Recording): Promise<Recorded> {
  const { module, policy, source, leafEncoding = 'rec16', eventsPerLeaf = 1, saltKey, signer, signal } = recording;
  const program = instrument(module, policy);
  const chunks: Uint8Array[] = [];
  let held = 0;
  const result = await runTraced({
    program,
    policy,
    source,
    onRecords(chunk) {
      held += chunk.length;
      if (held > maximumRecords) throw tooLong();
      chunks.push(chunk.slice());
    },
    ...(signal ? { signal } : {}),
  });
  demandEnd(result);

  const bundles: Promise<Packed>[] = [];
  const { symbols } = program;
  const commitment = new Commitment({
    leafEncoding,
    eventsPerLeaf,
    saltKey,
    symbols,
    isTraced: tracedFunctions(policy, symbols),
    select: policy.select && selectFunctions(policy.select, symbols.functions),
    onBundle: (_, records) => bundles.push(pack(records)),
  });
  for (const chunk of chunks) await commitment.add(chunk);
  const committed = await commitment.finish();
  const metadata: TraceMetadata = {
    version: 1,
    ...committed.metadata,
    code: sha3Hex(module),
    policy: toHex(policyDigest(policy)),
    instrumenter: toHex(instrumenterDigest()),
    instrumented: sha3Hex(program.module),
    tape: sha3Hex(result.tape),
    inputs: 'inputs' in source ? toHex(inputsDigest(source.inputs)) : zeroDigest,
    vm: recording.vm ?? zeroDigest,
    time: recording.time,
    previous: recording.previous ?? zeroDigest,
  };
  const { domain } = recording;
  const signature = signer && (await signTrace(signer, metadata, domain));
  const file: TraceFile = {
    metadata,
    domain,
    signed: signer && signature && { key: signer.publicKey, signature },
    policy: encodePolicy(policy),
    symbols: await packSymbols(symbols),
    tape: result.tape,
    inputs: 'inputs' in source ? encodeInputs(source.inputs) : undefined,
    saltKey,
    bundles: await Promise.all(bundles),
  };
  return { file, result };
}

/** What the machine ended says nothing about the program. */
function demandEnd({ end }: TracedResult): void {
  if (end.kind === 'exhausted') {
    const words = `The run came to the limits of this machine (${end.what}), so its events are no trace of the program.`;
    throw new AuditorError('source', 'TRACE_ENDED', words);
  }
  if (end.kind === 'diverged') {
    const words = `The tape is not of this program under this policy: at host call ${end.call}, ${end.reason}`;
    throw new AuditorError('source', 'TRACE_ENDED', words);
  }
}

function tooLong(): AuditorError {
  const words = `The trace has more than ${maximumRecords / 16} records. Give the policy a budget, or have it record less.`;
  return new AuditorError('source', 'TRACE_LENGTH', words);
}
