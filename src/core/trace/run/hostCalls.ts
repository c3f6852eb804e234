import { concatBytes, equalBytes } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import { refuse } from '../instrument/refuse.ts';
import { neverReturned, type TapeCall } from './tape.ts';
import type { HostCallShape, Region } from './wasiCalls.ts';
import { ProgramLeft } from './wasiHost.ts';

/** A function that a program imports. */
export interface ImportedFunction {
  /** Index in the original module. */
  readonly index: number;
  readonly name: string;
  readonly shape: HostCallShape;
}

type Value = number | bigint;
export type HostImport = (...args: Value[]) => number | undefined;

const badAddress = 21;
const notThere = 52;

/** The program asked for something else than in the run that the tape is of. */
export class Divergence extends Error {
  readonly call: number;
  constructor(call: number, reason: string) {
    super(reason);
    this.call = call;
  }
}

/** What the calls of one run share. */
export interface HostSession {
  readonly memory: () => WebAssembly.Memory;
  /** Throws where the run was cancelled. */
  readonly check: () => void;
}

/** An import that asks the host, and puts the call on the tape where there is one. */
export function askHost(
  imported: ImportedFunction,
  answer: (...args: never[]) => unknown,
  session: HostSession,
  tape: TapeCall[] | undefined,
): HostImport {
  return (...args) => {
    session.check();
    if (!tape) return ask(answer, args);
    const memory = new DataView(session.memory().buffer);
    const asked = digestOf(memory, imported.shape.reads(args, memory));
    const targets = imported.shape.writes(args, memory);
    const call = { function: imported.index, args: encodeArguments(args), asked };
    try {
      const result = ask(answer, args);
      const reached = reachedBy(imported.shape, args, targets, memory);
      const writes = reached.map((region) => [region[0], bytesOf(memory, region).slice()] as const);
      tape.push({ ...call, answer: (result ?? 0) >>> 0, writes: writes.filter(([, bytes]) => bytes.length > 0) });
      return result;
    } catch (error) {
      if (error instanceof ProgramLeft) tape.push({ ...call, answer: neverReturned, writes: [] });
      throw error;
    }
  };
}

/** Of buffers that were only filled in part, that part. The length itself comes last and is kept whole. */
function reachedBy(
  shape: HostCallShape,
  args: readonly Value[],
  regions: readonly Region[],
  memory: DataView,
): readonly Region[] {
  if (shape.lengthAt === undefined) return regions;
  const at = Number(args[shape.lengthAt]) >>> 0;
  let left = at + 4 <= memory.byteLength ? memory.getUint32(at, true) : 0;
  return regions.map(([address, length], index) => {
    if (index === regions.length - 1) return [address, length];
    const part = Math.min(left, length);
    left -= part;
    return [address, part];
  });
}

/** What the shim throws for addresses that are none or for what it does not have becomes an answer; exits and exhaustion go on. */
function ask(answer: (...args: never[]) => unknown, args: readonly Value[]): number {
  try {
    const result = answer(...(args as never[]));
    return typeof result === 'number' ? result : 0;
  } catch (error) {
    if (typeof error === 'string') return notThere;
    if (error instanceof ProgramLeft || !(error instanceof Error)) throw error;
    if (error instanceof TypeError) return badAddress;
    if (error instanceof RangeError && /bounds|offset|index|start/i.test(error.message)) return badAddress;
    throw error;
  }
}

/** An import that answers from the tape, and only what was asked then. `next` gives the number of the call. */
export function replayHost(
  imported: ImportedFunction,
  hostCalls: readonly TapeCall[],
  session: HostSession,
  next: () => number,
  heard: (name: string, args: readonly Value[], memory: DataView) => void,
): HostImport {
  return (...args) => {
    session.check();
    const number = next();
    const recorded = hostCalls[number];
    if (!recorded) throw new Divergence(number, `${imported.name} was called, but the tape has ended`);
    if (recorded.function !== imported.index) {
      throw new Divergence(number, `${imported.name} was called, the tape has function ${recorded.function}`);
    }
    if (!equalBytes(recorded.args, encodeArguments(args))) {
      throw new Divergence(number, `${imported.name} was called with other arguments`);
    }
    const memory = new DataView(session.memory().buffer);
    if (!equalBytes(recorded.asked, digestOf(memory, imported.shape.reads(args, memory)))) {
      throw new Divergence(number, `${imported.name} was called with other bytes in memory`);
    }
    const targets = imported.shape.writes(args, memory);
    for (const [address, bytes] of recorded.writes) {
      const isExpected = targets.some(([from, length]) => from === address && bytes.length <= length);
      if (!isExpected || address + bytes.length > memory.byteLength) {
        throw new Divergence(number, `the tape has ${imported.name} write where it cannot`);
      }
    }
    heard(imported.name, args, memory);
    for (const [address, bytes] of recorded.writes) new Uint8Array(memory.buffer).set(bytes, address);
    if (recorded.answer === neverReturned) {
      if (imported.shape.hasResult) throw new Divergence(number, `the tape has ${imported.name} never return`);
      throw new ProgramLeft(Number(args[0]) >>> 0);
    }
    if (!imported.shape.hasResult) throw new Divergence(number, `the tape has ${imported.name} return`);
    return recorded.answer;
  };
}

/** 8 bytes for each, little endian; an i32 is taken as unsigned. */
export function encodeArguments(args: readonly Value[]): Uint8Array {
  const bytes = new Uint8Array(args.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [position, value] of args.entries()) {
    if (typeof value === 'bigint') view.setBigUint64(position * 8, BigInt.asUintN(64, value), true);
    else view.setUint32(position * 8, value >>> 0, true);
  }
  return bytes;
}

function bytesOf(memory: DataView, [address, length]: Region): Uint8Array {
  return new Uint8Array(memory.buffer).subarray(address, address + length);
}

function digestOf(memory: DataView, regions: readonly Region[]): Uint8Array {
  if (regions.length === 0) return new Uint8Array();
  return sha3(concatBytes(...regions.map((region) => bytesOf(memory, region))));
}

/** @throws AuditorError PROGRAM_IMPORT where the program takes the function for another kind of thing */
export function checkSignature(
  name: string,
  shape: HostCallShape,
  parameters: readonly string[],
  results: readonly string[],
): void {
  const expected = [...shape.parameters].map((letter) => (letter === 'I' ? 'i64' : 'i32'));
  const answer = shape.hasResult ? ['i32'] : [];
  if (expected.join() === parameters.join() && answer.join() === results.join()) return;
  throw refuse('PROGRAM_IMPORT', `${name} as (${parameters.join(', ')}) → (${results.join(', ')})`);
}
