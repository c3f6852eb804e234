import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import { toHex } from './hex.ts';
import { inputAt, keccakModule, rate } from './keccakModule.ts';

/** A hash function over a whole message, as the Merkle code takes it. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Pads, absorbs and squeezes with the first byte of padding that tells SHA3 (0x06) from the original Keccak (0x01). */
type Sponge = (message: Uint8Array, padding: number) => Uint8Array<ArrayBuffer>;

const sponge = makeSponge();

/** H of DESIGN.md §5: SHA3-256 (FIPS 202), 32 bytes. The only place where the project's hash is chosen. */
export function sha3(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return sponge ? sponge(bytes, 0x06) : (sha3_256(bytes) as Uint8Array<ArrayBuffer>);
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
    let offset = 0;
    while (message.length - offset >= rate) {
      const blocks = Math.min(blocksAtOnce, Math.floor((message.length - offset) / rate));
      memory.set(message.subarray(offset, offset + blocks * rate), inputAt);
      absorb(blocks);
      offset += blocks * rate;
    }
    const left = message.length - offset;
    memory.set(message.subarray(offset), inputAt);
    memory.fill(0, inputAt + left, inputAt + rate);
    memory[inputAt + left] = padding;
    memory[inputAt + rate - 1] = (memory[inputAt + rate - 1] as number) | 0x80;
    absorb(1);
    return memory.slice(0, 32);
  };
}
