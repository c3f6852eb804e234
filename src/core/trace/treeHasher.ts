import { keccak256 } from '../bytes/hash.ts';
import { firstAt, lanesAt } from '../bytes/keccakPairModule.ts';
import { keccakTreeModule, overread, secondAt, treeInputAt } from '../bytes/keccakTreeModule.ts';
import { shake256 } from '@noble/hashes/sha3.js';

export const hashLength = 32;
export const saltLength = 16;

/** Most leaves of one batch. */
export const batchLeaves = 4096;
/** Most bytes of one batch. */
export const batchBytes = 1536 * 1024;

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

export interface TreeKernel {
  readonly memory: WebAssembly.Memory;
  readonly hash: (first: number, second: number) => void;
  readonly leaves: (base: number, offsets: number, count: number, salts: number, out: number) => void;
  readonly nodes: (from: number, count: number, out: number) => void;
}

/** Where a batch stands in the memory of a kernel: offsets of its leaves, their salts, hashes, its bytes. */
export const offsetsAt = treeInputAt;
const saltsAt = offsetsAt + 4 * (batchLeaves + 2);
const outAt = saltsAt + saltLength * batchLeaves;
export const dataAt = 64 * Math.ceil((outAt + hashLength * (batchLeaves + 2)) / 64);
export const batchEnd = dataAt + batchBytes + overread;
const treePages = Math.ceil(batchEnd / 65536);

let shared: TreeHasher | undefined;

/** With 128-bit instructions where the engine has them and lets them be compiled, else hash by hash. One for the whole thread: it is never left half-way. */
export function treeHasher(): TreeHasher {
  return (shared ??= compile());
}

function compile(): TreeHasher {
  try {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(keccakTreeModule([treePages, treePages])));
    return fastHasher(instance.exports as unknown as TreeKernel);
  } catch {
    return plainHasher;
  }
}

/** A hasher on a kernel whose memory does not grow meanwhile. `leaves` copies what it hashes to `dataAt`, `nodes` to where hashes come. */
export function fastHasher({ memory, hash, leaves, nodes }: TreeKernel): TreeHasher {
  const bytes = new Uint8Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  return {
    isFast: true,
    leaves: (data, offsets, count, salts) => {
      const from = offsets[0] as number;
      const length = (offsets[count] as number) - from;
      if (length > batchBytes || count > batchLeaves) return plainHasher.leaves(data, offsets, count, salts);
      expectRising(data, offsets, count);
      bytes.set(data.subarray(from, from + length), dataAt);
      words.set(offsets.subarray(0, count + 1), offsetsAt / 4);
      return hashInPlace({ bytes, leaves }, dataAt - from, offsetsAt, count, salts);
    },
    nodes: (level) => {
      const count = Math.floor(level.length / 64);
      const result = new Uint8Array(count * hashLength);
      const most = batchLeaves / 2;
      for (let done = 0; done < count; done += most) {
        const part = Math.min(most, count - done);
        bytes.set(level.subarray(done * 64, (done + part) * 64), outAt);
        nodes(outAt, part, outAt);
        result.set(bytes.subarray(outAt, outAt + part * hashLength), done * hashLength);
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
      for (let lane = 0; lane < 256; lane += 16) {
        for (let byte = 0; byte < 8; byte++) {
          out[at + lane / 2 + byte] = bytes[lanesAt + lane + byte] as number;
          out[at + 128 + lane / 2 + byte] = bytes[lanesAt + lane + 8 + byte] as number;
        }
      }
    },
  };
}

/** Hashes of leaves that stand in the kernel's memory, their offsets (counted from `base`) at `offsets`. */
export function hashInPlace(
  { bytes, leaves }: { readonly bytes: Uint8Array; readonly leaves: TreeKernel['leaves'] },
  base: number,
  offsets: number,
  count: number,
  salts: Uint8Array | undefined,
): Uint8Array {
  if (salts) bytes.set(salts.subarray(0, count * saltLength), saltsAt);
  if (count > 0) leaves(base, offsets, count, salts ? saltsAt : 0, outAt);
  return bytes.slice(outAt, outAt + count * hashLength);
}

/** @throws RangeError for a leaf that ends before it begins, or that the data do not have */
export function expectRising(data: Uint8Array, offsets: Uint32Array, count: number): void {
  let isRising = (offsets[count] as number) <= data.length;
  for (let index = 0; index < count; index++) {
    if ((offsets[index + 1] as number) < (offsets[index] as number)) isRising = false;
  }
  if (!isRising) throw new RangeError('Leaves are expected one behind the other, within their data.');
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
