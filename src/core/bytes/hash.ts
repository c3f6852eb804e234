import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import { toHex } from './hex.ts';
import { inputAt, keccakModule } from './keccakModule.ts';
import { firstAt, firstState, keccakPairModule, secondState } from './keccakPairModule.ts';
import { rate } from './keccakRounds.ts';

/** A hash function over a whole message, as the Merkle code takes it. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Pads, absorbs and squeezes with the first byte of padding that tells SHA3 (0x06) from the original Keccak (0x01). */
type Sponge = (message: Uint8Array, padding: number) => Uint8Array<ArrayBuffer>;

const sponge = makeSponge();

/** H of DESIGN.md §5: SHA3-256 (FIPS 202), 32 bytes. The only place where the project's hash is chosen. */
export function sha3(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return sponge ? sponge(bytes, 0x06) : (sha3_256(bytes) as Uint8Array<ArrayBuffer>);
}

/** Bytes for each of two messages that are hashed side by side. Stands before what reads it: a bundle would read `undefined`, and hash something else. */
const pairSpan = 32 * 1024;
const pair = makePair();

/** H of each message, two at a time where that is faster. */
export function sha3Each(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  const digests: Uint8Array<ArrayBuffer>[] = [];
  for (let index = 0; index < messages.length; index += 2) {
    const first = messages[index] as Uint8Array;
    const second = messages[index + 1];
    const both = second && pair?.(first, second);
    if (both) digests.push(both[0], both[1]);
    else {
      digests.push(sha3(first));
      if (second) digests.push(sha3(second));
    }
  }
  return digests;
}

/** H as 64 lower-case hex digits. */
export function sha3Hex(bytes: Uint8Array): string {
  return toHex(sha3(bytes));
}

/** Keccak-256 with the original padding, as Ethereum and the trace tree use it; not SHA3-256. 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return sponge ? sponge(bytes, 0x01) : (keccak_256(bytes) as Uint8Array<ArrayBuffer>);
}

/** The sponge over the WebAssembly permutation, or nothing where a content policy or the engine does not let it be compiled. */
function makeSponge(): Sponge | undefined {
  let exports: { readonly memory: WebAssembly.Memory; readonly absorb: (blocks: number) => void };
  try {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(keccakModule()));
    exports = instance.exports as unknown as typeof exports;
  } catch {
    return undefined;
  }
  const { absorb } = exports;
  const memory = new Uint8Array(exports.memory.buffer);
  const blocksAtOnce = Math.floor((memory.length - inputAt) / rate);
  return (message, padding) => {
    memory.fill(0, 0, 200);
    let rest = message;
    while (Math.floor(rest.length / rate) >= blocksAtOnce) {
      memory.set(rest.subarray(0, blocksAtOnce * rate), inputAt);
      absorb(blocksAtOnce);
      rest = rest.subarray(blocksAtOnce * rate);
    }
    absorb(putPadded(memory, inputAt, rest, padding));
    return memory.slice(0, 32);
  };
}

/** The message, padded to whole blocks (FIPS 202 §5.1); returns how many. */
function putPadded(memory: Uint8Array, at: number, message: Uint8Array, padding: number): number {
  const { length } = message;
  const blocks = Math.floor(length / rate) + 1;
  const end = at + blocks * rate;
  memory.set(message, at);
  memory.fill(0, at + length, end);
  memory[at + length] = padding;
  memory[end - 1] = (memory[end - 1] as number) | 0x80;
  return blocks;
}

/** H of two messages at once, or of none where one of them is too long; nothing at all where that cannot be compiled. */
function makePair() {
  let exports: { readonly memory: WebAssembly.Memory; readonly hash: (first: number, second: number) => void };
  try {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(keccakPairModule(pairSpan, [2, 2])));
    exports = instance.exports as unknown as typeof exports;
  } catch {
    return undefined;
  }
  const { hash } = exports;
  const memory = new Uint8Array(exports.memory.buffer);
  return (
    first: Uint8Array,
    second: Uint8Array,
  ): readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] | undefined => {
    if (Math.max(first.length, second.length) > pairSpan - rate) return undefined;
    hash(putPadded(memory, firstAt, first, 0x06), putPadded(memory, firstAt + pairSpan, second, 0x06));
    return [memory.slice(firstState, firstState + 32), memory.slice(secondState, secondState + 32)];
  };
}
