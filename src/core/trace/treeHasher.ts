import { keccak256 } from '../bytes/hash.ts';
import {
  firstAt,
  firstState,
  keccakTreeModule,
  messageSpan,
  secondAt,
  secondState,
  treeInputAt,
  treePages,
} from '../bytes/keccakTreeModule.ts';
import { shake256 } from '@noble/hashes/sha3.js';

export const hashLength = 32;
export const saltLength = 16;

/** Most leaves of one batch. */
export const batchLeaves = 4096;
/** Most bytes of one batch. */
export const batchBytes = 1536 * 1024;
/** A leaf of more bytes is hashed by itself. */
export const longestFastLeaf = messageSpan - 256;

/** Hashes many leaves or nodes at a time with Keccak-256. */
export interface TreeHasher {
  /**
   * H(0x00 ‖ salt ‖ data) of each leaf; leaf i is `data[offsets[i], offsets[i + 1])`. At most `batchLeaves` of them.
   * @param salts 16 bytes for each, or nothing
   */
  readonly leaves: (data: Uint8Array, offsets: Uint32Array, count: number, salts?: Uint8Array) => Uint8Array;
  /** H(0x01 ‖ left ‖ right) for each 64 bytes. An odd last hash is left out. */
  readonly nodes: (level: Uint8Array) => Uint8Array;
  /** The first 128 bytes of SHAKE256 of two messages below 136 bytes. */
  readonly expandPair: (first: Uint8Array, second: Uint8Array, out: Uint8Array, at: number) => void;
  /** Whether 128-bit instructions do it. */
  readonly isFast: boolean;
}

interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly hash: (first: number, second: number) => void;
  readonly leaves: (offsets: number, count: number, salts: number, out: number) => void;
  readonly nodes: (from: number, count: number, out: number) => void;
}

const offsetsAt = treeInputAt;
const saltsAt = offsetsAt + 4 * (batchLeaves + 2);
const outAt = saltsAt + saltLength * batchLeaves;
const dataAt = outAt + hashLength * (batchLeaves + 2);

let shared: TreeHasher | undefined;

/** With 128-bit instructions where the engine has them and lets them be compiled, else hash by hash. One for the whole thread: it is never left half-way. */
export function treeHasher(): TreeHasher {
  return (shared ??= compile());
}

function compile(): TreeHasher {
  try {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(keccakTreeModule()));
    return fastHasher(instance.exports as unknown as Kernel);
  } catch {
    return plainHasher;
  }
}

function fastHasher({ memory, hash, leaves, nodes }: Kernel): TreeHasher {
  const bytes = new Uint8Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  if (dataAt + batchBytes > treePages * 65536) throw new RangeError('The memory of the kernel is too small.');
  return {
    isFast: true,
    leaves: (data, offsets, count, salts) => {
      const from = offsets[0] as number;
      const length = (offsets[count] as number) - from;
      let isLong = length > batchBytes;
      for (let index = 0; index < count && !isLong; index++) {
        isLong = (offsets[index + 1] as number) - (offsets[index] as number) > longestFastLeaf;
      }
      if (isLong || count > batchLeaves) return plainHasher.leaves(data, offsets, count, salts);
      bytes.set(data.subarray(from, from + length), dataAt);
      const base = dataAt - from;
      for (let index = 0; index <= count; index++) words[offsetsAt / 4 + index] = (offsets[index] as number) + base;
      if (salts) bytes.set(salts.subarray(0, count * saltLength), saltsAt);
      if (count > 0) leaves(offsetsAt, count, salts ? saltsAt : 0, outAt);
      return bytes.slice(outAt, outAt + count * hashLength);
    },
    nodes: (level) => {
      const count = Math.floor(level.length / 64);
      const result = new Uint8Array(count * hashLength);
      const most = batchBytes / 64;
      for (let done = 0; done < count; done += most) {
        const part = Math.min(most, count - done);
        bytes.set(level.subarray(done * 64, (done + part) * 64), dataAt);
        nodes(dataAt, part, dataAt);
        result.set(bytes.subarray(dataAt, dataAt + part * hashLength), done * hashLength);
      }
      return result;
    },
    expandPair: (first, second, out, at) => {
      for (const [message, to] of [
        [first, firstAt],
        [second, secondAt],
      ] as const) {
        bytes.fill(0, to, to + 136);
        bytes.set(message, to);
        bytes[to + message.length] = 0x1f;
        bytes[to + 135] = 0x80;
      }
      hash(1, 1);
      out.set(bytes.subarray(firstState, firstState + 128), at);
      out.set(bytes.subarray(secondState, secondState + 128), at + 128);
    },
  };
}

/** The same, one hash after the other. */
export const plainHasher: TreeHasher = {
  isFast: false,
  leaves: (data, offsets, count, salts) => {
    const result = new Uint8Array(count * hashLength);
    for (let index = 0; index < count; index++) {
      const leaf = data.subarray(offsets[index] as number, offsets[index + 1] as number);
      const salt = salts?.subarray(index * saltLength, (index + 1) * saltLength);
      result.set(hashLeaf(leaf, salt), index * hashLength);
    }
    return result;
  },
  nodes: (level) => {
    const count = Math.floor(level.length / 64);
    const result = new Uint8Array(count * hashLength);
    const input = new Uint8Array(65);
    input[0] = 1;
    for (let index = 0; index < count; index++) {
      input.set(level.subarray(index * 64, index * 64 + 64), 1);
      result.set(keccak256(input), index * hashLength);
    }
    return result;
  },
  expandPair: (first, second, out, at) => {
    out.set(shake256(first, { dkLen: 128 }), at);
    out.set(shake256(second, { dkLen: 128 }), at + 128);
  },
};

/** H(0x00 ‖ salt ‖ data) of one leaf. */
export function hashLeaf(data: Uint8Array, salt?: Uint8Array): Uint8Array<ArrayBuffer> {
  const input = new Uint8Array(1 + (salt?.length ?? 0) + data.length);
  if (salt) input.set(salt, 1);
  input.set(data, 1 + (salt?.length ?? 0));
  return keccak256(input);
}
