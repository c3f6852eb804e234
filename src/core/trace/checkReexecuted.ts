import { sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Params } from '../verdict/check.ts';
import { Commitment } from './commitment.ts';
import { zeroDigest, type TraceMetadata } from './metadata.ts';
import { parsePolicy } from './policy.ts';
import type { RunEnd } from './run/types.ts';
import { symbolsRoot } from './symbols.ts';
import { tracedFunctions } from './tracedFunctions.ts';
import type { TraceReader } from './traceReader.ts';

const code = 'TRACE_REEXECUTED';
const spec = 'DESIGN §3.5; src/core/trace/README (running it again)';

/** The program among the companions: known by its digest, so its name counts for nothing. */
export function findProgram({ code: digest }: TraceMetadata, companions: readonly Content[]): Content | undefined {
  return companions.find(({ bytes }) => isWasm(bytes) && sha3Hex(bytes) === digest);
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

/** Runs the program again and compares every member of the metadata that follows from that. What this machine cannot do says nothing of the trace. */
export async function checkReexecuted(reader: TraceReader, context: Context): Promise<Check> {
  const { metadata, policy: policyText, tape, inputs, saltKey } = reader.file;
  const params: Params = { code: metadata.code, root: metadata.root };
  const open = (reason: string): Check => unknown(code, { spec, params: { ...params, reason } });
  const program = findProgram(metadata, context.companions);
  if (!program) {
    const others = context.companions.filter(({ bytes }) => isWasm(bytes));
    const reason =
      others.length > 0 ? `The program given is another one (${others[0]?.name}).` : 'The program was not given.';
    return open(reason);
  }
  if (!tape && !inputs) return open('The file has neither the inputs of the run nor a tape of its host calls.');
  if (metadata.saltCommitment !== zeroDigest && !saltKey) return open('The file does not have the salt key.');
  let again: Compared | undefined;
  let end: RunEnd;
  try {
    const policy = parsePolicy(policyText);
    const run = context.trace?.reexecute ?? (await import('./reexecute.ts')).reexecute;
    let commitment: Commitment | undefined;
    end = await run({
      module: program.bytes,
      policy,
      tape,
      inputs,
      signal: context.signal,
      onInstrumented: ({ symbols, digest, instrumenter }) => {
        again = { instrumenter, instrumented: digest, symbols: toHex(symbolsRoot(symbols)) };
        // Another instrumenter writes other records: nothing could be compared.
        if (instrumenter !== metadata.instrumenter) throw new OtherInstrumenter();
        const { leafEncoding, eventsPerLeaf } = metadata;
        commitment = new Commitment({
          leafEncoding,
          eventsPerLeaf,
          saltKey,
          symbols,
          isTraced: tracedFunctions(policy, symbols),
          keepLeavesUpTo: 0,
        });
      },
      onRecords: (records) => {
        commitment?.push(records);
        context.onProgress?.({
          done: Math.min(commitment?.events ?? 0, metadata.count),
          total: metadata.count,
          unit: 'events',
        });
      },
    });
    if (end.kind === 'exhausted') return open(`The run could not be finished here: ${end.what}.`);
    if (end.kind === 'diverged') {
      const reason = `Host call ${end.call} is not what the tape has: ${end.reason}.`;
      return fail(code, { spec, params: { ...params, reason } });
    }
    if (commitment) again = { ...(again as Compared), ...(await commitment.finish()).metadata };
  } catch (error) {
    if (error instanceof OtherInstrumenter) return open('It was made with another version of the instrumenter.');
    if (error instanceof FormatError) return fail(code, { spec, params: { ...params, reason: error.message } });
    if (error instanceof AuditorError && error.kind === 'usage')
      return fail(code, { spec, params: { ...params, reason: error.message } });
    throw error;
  }
  const found = again as Compared;
  const differs = compared.find((name) => found[name] !== metadata[name]);
  if (differs === undefined) return pass(code, { spec, params: { ...params, events: metadata.count, end: end.kind } });
  const reason = `Its ${differs} is ${found[differs]}, the metadata says ${metadata[differs]}.`;
  return fail(code, { spec, params: { ...params, reason } });
}

type Compared = Partial<TraceMetadata>;

const compared = ['instrumented', 'symbols', 'count', 'records', 'root', 'functionIndex'] as const;

class OtherInstrumenter extends Error {}
