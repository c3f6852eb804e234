import { policyKinds, makePolicy, type Policy } from './policy.ts';
import { decodeEvents, type TraceEvent } from './event.ts';
import { instrument } from './instrument/instrument.ts';
import { makeInputs } from './run/inputs.ts';
import { runTraced } from './run/runTraced.ts';
import type { HostSource, InstrumentedProgram, ProgramInputs, TracedResult } from './run/types.ts';

/** A module from the text format, with everything in it that can be traced. */
export async function assemble(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: binaryen } = await import('binaryen');
  binaryen.setDebugInfo(true);
  const module = binaryen.parseText(text);
  const { Features: f } = binaryen;
  const { BulkMemory, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt, SIMD128, Multivalue } = f;
  module.setFeatures(
    BulkMemory |
      MutableGlobals |
      NontrappingFPToInt |
      ReferenceTypes |
      SignExt |
      SIMD128 |
      Multivalue |
      f.BulkMemoryOpt,
  );
  const bytes = module.emitBinary();
  module.dispose();
  return bytes as Uint8Array<ArrayBuffer>;
}

export const everything = makePolicy({ kinds: policyKinds });

export interface Traced extends TracedResult {
  readonly program: InstrumentedProgram;
  readonly stream: Uint8Array;
  readonly list: readonly TraceEvent[];
}

/** Instruments and runs a program; all its records and events. */
export async function trace(
  module: Uint8Array,
  policy: Policy = everything,
  source: Partial<ProgramInputs> | { readonly tape: Uint8Array } = {},
): Promise<Traced> {
  const program = instrument(module, policy);
  const chunks: Uint8Array[] = [];
  const from: HostSource = 'tape' in source ? source : { inputs: makeInputs(source) };
  const result = await runTraced({ program, policy, source: from, onRecords: (chunk) => chunks.push(chunk.slice()) });
  const stream = new Uint8Array(result.records * 16);
  let at = 0;
  for (const chunk of chunks) {
    stream.set(chunk, at);
    at += chunk.length;
  }
  return { ...result, program, stream, list: stream.length > 1 << 22 ? [] : decodeEvents(stream) };
}

/** An event in one line, as tests compare it: `store@3 4100 ← 7`. */
export function show({ kind, site, a, v, values, results }: TraceEvent): string {
  const list = (items: TraceEvent['values']) => items.map(({ type, bits }) => `${type}:${bits}`).join(' ');
  const parts = [`${kind} ${site} ${a} ${v}`];
  if (values.length > 0) parts.push(`(${list(values)})`);
  if (results.length > 0) parts.push(`= ${list(results)}`);
  return parts.join(' ');
}
