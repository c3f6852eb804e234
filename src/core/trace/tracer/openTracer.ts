import type { Policy } from '../policy.ts';
import { tracerModule } from './tracerModule.ts';

/** A tracer that waits for one program. */
export interface Tracer {
  readonly imports: WebAssembly.ModuleImports;
  /** Writes what is still open and how it ended, and hands over what is left. */
  readonly end: (kind: number, site: number, v: bigint) => void;
  readonly events: () => number;
  /** Why the program was stopped from inside, 0 where it was not. */
  readonly reason: () => number;
  readonly isInTable: () => boolean;
}

interface TracerExports {
  readonly memory: WebAssembly.Memory;
  readonly budget: WebAssembly.Global;
  readonly ranges: WebAssembly.Global;
  readonly active: WebAssembly.Global;
  readonly events: WebAssembly.Global;
  readonly reason: WebAssembly.Global;
  readonly marked: WebAssembly.Global;
  readonly end: (word: number, v: bigint) => void;
}

const rangesAt = 1024;

/** `flush` gets whole records; the array is the tracer's own memory and changes after the call. */
export async function openTracer(policy: Policy, flush: (records: Uint8Array) => void): Promise<Tracer> {
  let memory: WebAssembly.Memory | undefined;
  const host = {
    flush: (at: number, length: number) => {
      if (length > 0 && memory) flush(new Uint8Array(memory.buffer, at, length));
    },
  };
  const { instance } = await WebAssembly.instantiate(tracerModule(), { host });
  const exports = instance.exports as unknown as TracerExports;
  ({ memory } = exports);
  if (policy.budget !== undefined) exports.budget.value = BigInt(policy.budget);
  if (policy.inside) exports.active.value = 0;
  const view = new DataView(memory.buffer);
  for (const [index, { from, to }] of (policy.memory ?? []).entries()) {
    view.setBigUint64(rangesAt + index * 16, BigInt(from), true);
    view.setBigUint64(rangesAt + index * 16 + 8, BigInt(to), true);
  }
  exports.ranges.value = policy.memory?.length ?? 0;
  return {
    imports: instance.exports as WebAssembly.ModuleImports,
    end: (kind, site, v) => exports.end(kind | (site << 8), v),
    events: () => Number(exports.events.value as bigint),
    reason: () => exports.reason.value as number,
    isInTable: () => exports.marked.value === 1,
  };
}
