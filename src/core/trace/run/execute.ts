import { trapNames } from '../event.ts';
import { refuse } from '../instrument/refuse.ts';
import { memoryExport, startExport, stopReasons } from '../instrument/tracerImports.ts';
import type { FunctionSymbol } from '../symbols.ts';
import { valueFromJson, type TraceValue } from '../value.ts';
import { Divergence, type HostSession } from './hostCalls.ts';
import { nameError } from './nameEnd.ts';
import { makeRooms, programImports, type Answers } from './programImports.ts';
import { decodeTape, encodeTape, type TapeCall } from './tape.ts';
import type { ExportCall, HostSource, ProgramResult, RunEnd } from './types.ts';
import { makeWasiHost, ProgramLeft, type WasiHost } from './wasiHost.ts';

/** A program that is ready to be run, and the tracer that listens. */
export interface Execution {
  readonly module: Uint8Array<ArrayBuffer>;
  readonly functions: readonly FunctionSymbol[];
  readonly source: HostSource;
  readonly keepsTape: boolean;
  readonly tracer: WebAssembly.ModuleImports;
  readonly reason: () => number;
  readonly isInTable: () => boolean;
  /** Throws what ends the run from outside; asked at each host call. */
  readonly check: () => void;
}

export interface ExecutionResult extends ProgramResult {
  readonly tape: Uint8Array;
}

/**
 * Runs a program to its end, whatever that is.
 * @throws AuditorError PROGRAM_IMPORT, PROGRAM_START, PROGRAM_FORM; FormatError for a tape that is none; what `check` throws
 */
export async function execute(execution: Execution): Promise<ExecutionResult> {
  const { functions, source } = execution;
  let memory: WebAssembly.Memory | undefined;
  const session: HostSession = {
    memory: () => memory ?? new WebAssembly.Memory({ initial: 0 }),
    check: execution.check,
  };
  const hostCalls: TapeCall[] = [];
  const console = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  let calls: readonly ExportCall[];
  let answers: Answers;
  let host: WasiHost | undefined;
  let replayed = 0;
  let recorded = hostCalls.length;
  if ('tape' in source) {
    const tape = decodeTape(source.tape);
    calls = tape.calls;
    recorded = tape.hostCalls.length;
    const heard = (name: string, args: readonly (number | bigint)[], view: DataView) => {
      if (name === 'fd_write') hear(args, view, tape.hostCalls[replayed - 1], console);
    };
    answers = { replay: tape, next: () => replayed++, heard };
  } else {
    calls = source.inputs.calls;
    host = makeWasiHost(source.inputs, session.memory);
    answers = { host, tape: execution.keepsTape ? hostCalls : undefined };
  }
  let count = 0;
  const counting: HostSession = { memory: session.memory, check: () => (count++, execution.check()) };

  let end: RunEnd;
  try {
    const module = await compile(execution.module);
    checkStart(module, calls);
    const rooms = makeRooms(execution.module);
    const imports = programImports(module, functions, rooms, answers, counting, execution.tracer);
    const { exports } = await WebAssembly.instantiate(module, imports);
    memory = memoryOf(exports, rooms);
    end = run(exports, calls, functions);
  } catch (error) {
    end = endOf(error, execution);
  }
  if ('tape' in source && isOver(end) && replayed < recorded) {
    end = { kind: 'diverged', call: replayed, reason: `the tape goes on for ${recorded - replayed} more calls` };
  }
  return {
    end,
    stdout: host?.stdout() ?? join(console.stdout),
    stderr: host?.stderr() ?? join(console.stderr),
    files: host?.files() ?? [],
    hostCalls: count,
    tape: 'tape' in source ? source.tape : encodeTape({ calls, hostCalls }),
  };
}

function memoryOf(exports: WebAssembly.Exports, rooms: ReturnType<typeof makeRooms>): WebAssembly.Memory | undefined {
  const all = [exports[memoryExport], exports['memory'], ...rooms.values()];
  return all.find((item) => item instanceof WebAssembly.Memory);
}

function isOver(end: RunEnd): boolean {
  return end.kind === 'exit' || end.kind === 'trap' || end.kind === 'budget';
}

async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) throw refuse('PROGRAM_FORM', 'this engine refuses it');
    throw error;
  }
}

function checkStart(module: WebAssembly.Module, calls: readonly ExportCall[]): void {
  const exported = WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function');
  for (const { name } of calls) {
    if (!exported.some((item) => item.name === name)) {
      throw refuse('PROGRAM_START', `it exports no function ${JSON.stringify(name)}`);
    }
  }
  if (calls.length > 0 || exported.some(({ name }) => name === '_start')) return;
  const isReactor = exported.some(({ name }) => name === '_initialize');
  throw refuse('PROGRAM_START', `it exports no _start${isReactor ? ', but _initialize: it is a library' : ''}`);
}

function run(exports: WebAssembly.Exports, calls: readonly ExportCall[], functions: readonly FunctionSymbol[]): RunEnd {
  const call = (name: string, values: readonly unknown[] = []) => {
    const exported = exports[name];
    if (typeof exported === 'function') exported(...values);
  };
  call(startExport);
  if (calls.length === 0) call('_start');
  else call('_initialize');
  for (const { name, values } of calls) {
    const types = functions.find((symbol) => symbol.exports.includes(name))?.parameters ?? [];
    const typed = values.map((value) => valueFromJson(value));
    if (typed.length !== types.length || typed.some(({ type }, position) => type !== types[position])) {
      throw refuse('PROGRAM_START', `${name} takes (${types.join(', ')})`);
    }
    call(name, typed.map(toEngine));
  }
  return { kind: 'exit', code: 0 };
}

function toEngine({ type, bits }: TraceValue): unknown {
  if (type === 'i32') return Number(bits) | 0;
  if (type === 'i64') return BigInt.asIntN(64, bits);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  if (type === 'f32') return view.getFloat32(4);
  if (type === 'f64') return view.getFloat64(0);
  if (bits === 0n && type !== 'v128') return null;
  throw refuse('PROGRAM_START', `a ${type} cannot be given to a program`);
}

function endOf(error: unknown, { reason, isInTable }: Execution): RunEnd {
  if (error instanceof ProgramLeft) return { kind: 'exit', code: error.exit };
  if (error instanceof Divergence) return { kind: 'diverged', call: error.call, reason: error.message };
  const stopped = reason();
  if (stopped === stopReasons.events) return { kind: 'budget', spent: 'events' };
  if (stopped === stopReasons.steps) return { kind: 'budget', spent: 'steps' };
  if (stopped === stopReasons.depth) return { kind: 'budget', spent: 'depth' };
  if (stopped === stopReasons.memory) return { kind: 'exhausted', what: 'memory' };
  if (stopped !== 0) return { kind: 'trap', trap: trapNames[stopped] as string };
  const meaning = nameError(error, isInTable());
  if (!meaning) throw error;
  if ('exhausted' in meaning) return { kind: 'exhausted', what: meaning.exhausted };
  return { kind: 'trap', trap: trapNames[meaning.trap] as string };
}

/** What a replayed program writes to its standard streams, as far as the tape says that it was taken. */
function hear(
  args: readonly (number | bigint)[],
  memory: DataView,
  recorded: TapeCall | undefined,
  console: { readonly stdout: Uint8Array[]; readonly stderr: Uint8Array[] },
): void {
  const to = args[0] === 1 ? console.stdout : args[0] === 2 ? console.stderr : undefined;
  const written =
    recorded?.answer === 0 ? recorded.writes.find(([at]) => at === Number(args[3]) >>> 0)?.[1] : undefined;
  if (!to || written?.length !== 4) return;
  let left = new DataView(written.buffer, written.byteOffset).getUint32(0, true);
  const bytes = new Uint8Array(memory.buffer);
  for (let entry = Number(args[1]) >>> 0; left > 0 && entry + 8 <= memory.byteLength; entry += 8) {
    const [address, length] = [memory.getUint32(entry, true), memory.getUint32(entry + 4, true)];
    const part = bytes.slice(address, address + Math.min(left, length));
    to.push(part);
    left -= Math.min(left, length);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
