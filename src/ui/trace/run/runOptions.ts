import { utf8 } from '../../../core/bytes/bytes.ts';
import type { LeafEncoding } from '../../../core/trace/metadata.ts';
import { makePolicy, type MemoryRange, type Policy, type PolicyKind } from '../../../core/trace/policy.ts';
import { makeInputs } from '../../../core/trace/run/inputs.ts';
import type { ExportCall, ProgramFile, ProgramInputs } from '../../../core/trace/run/types.ts';
import type { FunctionSymbol } from '../../../core/trace/symbols.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { traceRun } from '../../words/traceRun.en.ts';

const { policy: words } = traceRun;

/** All that a person chooses, as it stands in the fields. */
export interface RunOptions {
  readonly args: string;
  readonly env: string;
  readonly stdin: string;
  readonly calls: string;
  readonly files: readonly ProgramFile[];
  readonly kinds: readonly PolicyKind[];
  readonly functions: 'all' | 'exports' | 'chosen';
  readonly chosen: readonly number[];
  readonly inside: readonly number[];
  readonly select: readonly number[];
  readonly memory: readonly { readonly from: string; readonly to: string }[];
  readonly budget: string;
  readonly leafEncoding: LeafEncoding;
  readonly eventsPerLeaf: number;
  readonly salted: boolean;
}

/** Events that the page keeps at most: they stay unpacked in memory while one looks at them. */
export const mostEvents = 5_000_000;
/** Function entries and rounds of loops: an endless loop ends here, in seconds. */
const mostSteps = 10_000_000_000;

export const firstOptions: RunOptions = {
  args: '',
  env: '',
  stdin: '',
  calls: '',
  files: [],
  kinds: ['call', 'host'],
  functions: 'all',
  chosen: [],
  inside: [],
  select: [],
  memory: [],
  budget: '1000000',
  leafEncoding: 'fields',
  eventsPerLeaf: 1,
  salted: true,
};

/** @throws Error in words for whoever chose it */
export function policyOf(
  options: RunOptions,
  limits: { readonly budget?: number; readonly steps?: number } = {},
): Policy {
  const { kinds, functions, chosen, inside, select, memory } = options;
  if (kinds.length === 0) throw new Error(words.noKinds);
  if (functions === 'chosen' && chosen.length === 0) throw new Error(words.noFunctions);
  const ranges = memory.map(rangeOf);
  return makePolicy({
    kinds,
    functions: functions === 'all' ? 'all' : functions === 'exports' ? { exports: 'all' } : { indices: chosen },
    ...(inside.length > 0 && { inside: { indices: inside } }),
    ...(select.length > 0 && { select: { indices: select } }),
    ...(ranges.length > 0 && { memory: ranges }),
    budget: Math.min(budgetOf(options.budget), limits.budget ?? Infinity),
    steps: limits.steps ?? mostSteps,
  });
}

/** The number of events that ends a run. @throws Error in words */
export function budgetOf(text: string): number {
  const value = Number(text.replaceAll(/[\s,]/g, ''));
  if (Number.isInteger(value) && value >= 1 && value <= mostEvents) return value;
  throw new Error(fill(words.badBudget, { limit: number(mostEvents) }));
}

function rangeOf({ from, to }: { readonly from: string; readonly to: string }): MemoryRange {
  const [low, high] = [addressOf(from), addressOf(to)];
  if (low < high && high <= 2 ** 32) return { from: low, to: high };
  throw new Error(words.badRange);
}

function addressOf(text: string): number {
  return /^\s*(\d{1,10}|0x[0-9a-f]{1,9})\s*$/i.test(text) ? Number(text) : NaN;
}

/** What makes a run the same run again beside what a person types. */
export interface Circumstances {
  readonly seed: Uint8Array;
  /** Milliseconds since 1970. */
  readonly clock: number;
}

/** @throws Error, FormatError in words */
export function inputsOf(
  name: string,
  options: RunOptions,
  { seed, clock }: Circumstances,
  library: readonly FunctionSymbol[] | undefined,
): ProgramInputs {
  return makeInputs({
    args: [name, ...linesOf(options.args)],
    env: linesOf(options.env),
    stdin: utf8(options.stdin),
    files: options.files,
    seed,
    clock: { start: BigInt(clock) * 1_000_000n, step: 1_000_000n },
    ...(library && { calls: callsOf(options.calls, library) }),
  });
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

/** `name 5 -7 0.5` in each line, by the types of the function that is exported under the name. @throws Error in words */
export function callsOf(text: string, functions: readonly FunctionSymbol[]): ExportCall[] {
  return linesOf(text).map((line) => {
    const [name = '', ...given] = line
      .trim()
      .split(/[\s,()]+/)
      .filter((part) => part !== '');
    const called = functions.find(({ exports }) => exports.includes(name));
    if (!called) throw new Error(`“${name}” is no function that the program exports.`);
    const { parameters } = called;
    if (parameters.length !== given.length) {
      throw new Error(
        `“${name}” takes ${parameters.length} numbers (${parameters.join(', ')}), ${given.length} are given.`,
      );
    }
    return { name, values: parameters.map((type, place) => valueOf(given[place] as string, type)) };
  });
}

function valueOf(text: string, type: string): number | string {
  const value = Number(text);
  if (type === 'i32' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32) return value | 0;
  if (type === 'i64' && /^-?\d{1,20}$/.test(text)) return BigInt.asIntN(64, BigInt(text)).toString();
  if ((type === 'f32' || type === 'f64') && !Number.isNaN(value)) {
    const view = new DataView(new ArrayBuffer(8));
    if (type === 'f64') view.setFloat64(0, value);
    else view.setFloat32(0, value);
    const bits = type === 'f64' ? view.getBigUint64(0) : BigInt(view.getUint32(0));
    return `0x${bits.toString(16).padStart(type === 'f64' ? 16 : 8, '0')}`;
  }
  throw new Error(`“${text}” is no ${type}.`);
}
