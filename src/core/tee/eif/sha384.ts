import { sha384 } from '@noble/hashes/sha2.js';
import { blockLength, inputAt, inputLength, sha384Start, sha512Module } from './sha512Module.ts';

/** SHA-384 (FIPS 180-4) of bytes that come piece by piece. */
export interface Sha384 {
  readonly update: (bytes: Uint8Array) => void;
  /** One with the same bytes behind it, which goes its own way from here. */
  readonly fork: () => Sha384;
  /** 48 bytes; the last call. */
  readonly digest: () => Uint8Array<ArrayBuffer>;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly compress: (blocks: number) => void;
}

let compiled: WebAssembly.Module | undefined | null;

/** A new hash: over the WebAssembly module, or in JavaScript where a content policy or the engine does not let one be compiled. */
export function createSha384(): Sha384 {
  compiled ??= compile();
  return compiled ? fast(compiled, sha384Start(), 0, new Uint8Array()) : slow(sha384.create());
}

function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(sha512Module());
  } catch {
    return null;
  }
}

/** Continues at a state that `length` bytes led to, with the bytes behind the last whole block still waiting. */
function fast(module: WebAssembly.Module, start: Uint8Array, length: number, waiting: Uint8Array): Sha384 {
  const { memory: shared, compress } = new WebAssembly.Instance(module).exports as unknown as Exports;
  const memory = new Uint8Array(shared.buffer);
  memory.set(start);
  memory.set(waiting, inputAt);
  let total = length;
  let held = waiting.length;
  const update = (bytes: Uint8Array): void => {
    total += bytes.length;
    for (let offset = 0; offset < bytes.length;) {
      const part = bytes.subarray(offset, offset + inputLength - held);
      memory.set(part, inputAt + held);
      offset += part.length;
      held += part.length;
      const blocks = Math.floor(held / blockLength);
      if (blocks === 0) continue;
      compress(blocks);
      memory.copyWithin(inputAt, inputAt + blocks * blockLength, inputAt + held);
      held -= blocks * blockLength;
    }
  };
  return {
    update,
    fork: () => fast(module, memory.slice(0, 64), total, memory.slice(inputAt, inputAt + held)),
    digest: () => {
      const padding = new Uint8Array(2 * blockLength);
      padding[0] = 0x80;
      const end = Math.ceil((held + 17) / blockLength) * blockLength - held;
      // The length in bits takes 16 bytes, of which a number can fill 8.
      new DataView(padding.buffer).setBigUint64(end - 8, BigInt(total) * 8n);
      update(padding.subarray(0, end));
      const words = new DataView(memory.buffer);
      const digest = new Uint8Array(48);
      const view = new DataView(digest.buffer);
      for (let at = 0; at < 48; at += 8) view.setBigUint64(at, words.getBigUint64(at, true));
      return digest;
    },
  };
}

function slow(hash: ReturnType<typeof sha384.create>): Sha384 {
  return {
    update: (bytes) => void hash.update(bytes),
    fork: () => slow(hash.clone()),
    digest: () => Uint8Array.from(hash.digest()),
  };
}
