import { sha3Hex } from '../bytes/hash.ts';
import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Params } from '../verdict/check.ts';
import type { Reexecute } from './helpers.ts';
import { zeroDigest, type TraceMetadata } from './metadata.ts';
import { parsePolicy } from './policy.ts';
import { decodeInputs } from './run/inputs.ts';
import type { HostSource } from './run/types.ts';
import type { TraceFile } from './traceFile.ts';

const code = 'TRACE_REEXECUTED';
const spec = 'DESIGN §3.5; src/core/trace/README (running it again)';

/** The program among the companions: known by its digest, so its name counts for nothing. */
export function findProgram({ code: digest }: TraceMetadata, companions: readonly Content[]): Content | undefined {
  return companions.find(({ bytes }) => isWasm(bytes) && sha3Hex(bytes) === digest);
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

/**
 * Runs the program again and compares every member of the metadata that follows from that. What this machine cannot do says nothing of the trace: no program beside it,
 * no inputs, another version of the instrumenter, too little memory.
 */
export async function checkReexecuted(file: TraceFile, context: Context): Promise<Check> {
  const { metadata, policy, saltKey } = file;
  const params: Params = { code: metadata.code, root: metadata.root };
  const open = (reason: string): Check => unknown(code, { spec, params: { ...params, reason } });
  const no = (reason: string): Check => fail(code, { spec, params: { ...params, reason } });
  const program = findProgram(metadata, context.companions);
  if (!program) {
    const other = context.companions.find(({ bytes }) => isWasm(bytes));
    return open(other ? `The program given is another one (${other.name}).` : 'The program was not given.');
  }
  if (metadata.saltCommitment !== zeroDigest && !saltKey) return open('The file does not have the salt key.');
  try {
    const source = sourceOf(file);
    if (!source) return open('The file has neither the inputs of the run nor a tape of its host calls.');
    const run: Reexecute = context.trace?.reexecute ?? (await import('./run/reexecute.ts')).reexecute;
    const order = { claim: metadata, module: program.bytes, policy: parsePolicy(policy), source, saltKey };
    const { outcome, comparisons, end } = await run(
      order,
      { onProgress: progressOf(metadata, context) },
      context.signal,
    );
    if (outcome === 'same')
      return pass(code, { spec, params: { ...params, events: metadata.count, end: end?.kind ?? '' } });
    if (outcome === 'unknown') {
      const isRun = end?.kind === 'exhausted';
      return open(
        isRun
          ? `The run could not be finished here (${end.what}).`
          : 'It was made with another version of the instrumenter.',
      );
    }
    if (end?.kind === 'diverged') return no(`Host call ${end.call} is not what the tape has: ${end.reason}.`);
    const differs = comparisons.find((comparison) => comparison.outcome === 'different');
    return no(`Its ${differs?.member} is ${differs?.found}, the metadata says ${differs?.claimed}.`);
  } catch (error) {
    // Of the evidence: a tape, inputs or a program that are none. Whatever else is not.
    if (error instanceof FormatError || (error instanceof AuditorError && error.kind === 'usage'))
      return no(error.message);
    throw error;
  }
}

/** Inputs where they are there, so that the host's answers come out again too; else the tape. */
function sourceOf({ inputs, tape }: TraceFile): HostSource | undefined {
  if (inputs) return { inputs: decodeInputs(inputs) };
  return tape && { tape };
}

function progressOf({ records: total }: TraceMetadata, { onProgress }: Context) {
  return (progress: { readonly stage: string; readonly records?: number }): void => {
    if (progress.records !== undefined)
      onProgress?.({ done: Math.min(progress.records, total), total, unit: 'records' });
  };
}
