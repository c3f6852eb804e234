import { toHex } from '../bytes/hex.ts';
import { sha3 } from '../bytes/hash.ts';
import { utf8 } from '../bytes/bytes.ts';
import { treeHasher, saltLength, type TreeHasher } from './treeHasher.ts';

export const saltKeyLength = 32;

const leafDomain = utf8('affidavit/trace-salt/1');
const fieldDomain = utf8('affidavit/trace-field-salt/1');
const functionDomain = utf8('affidavit/trace-function-salt/1');
const numbersDomain = utf8('affidavit/trace-numbers-salt/1');
const saltsOfBlock = 8;

/** `saltCommitment` of the metadata: H of the salt key, which has 32 random bytes. */
export function saltCommitment(key: Uint8Array): string {
  return toHex(sha3(key));
}

/**
 * Salts of 16 bytes from one key: number i is 16 bytes of SHAKE256(key ‖ domain ‖ ⌊i / 8⌋, 128 bytes). Whoever has some of them learns nothing of the
 * others or of the key (the sponge is a pseudorandom function, keyed by its prefix); whoever has the key has them all.
 */
export class Salts {
  readonly #hasher: TreeHasher;
  readonly #leaf: readonly [Uint8Array, Uint8Array];
  readonly #key: Uint8Array;

  constructor(key: Uint8Array, hasher: TreeHasher = treeHasher()) {
    if (key.length !== saltKeyLength) throw new RangeError(`A salt key has ${saltKeyLength} bytes, not ${key.length}.`);
    this.#hasher = hasher;
    this.#key = key;
    this.#leaf = [message(key, leafDomain, 8), message(key, leafDomain, 8)];
  }

  /** Salts of leaves `from` to `from + count`, one behind the other. */
  ofLeaves(from: number, count: number): Uint8Array {
    const firstBlock = Math.floor(from / saltsOfBlock);
    const blocks = Math.floor((from + count - 1) / saltsOfBlock) - firstBlock + 1;
    const salts = new Uint8Array((blocks + (blocks % 2)) * 128);
    for (let block = 0; block < blocks; block += 2) {
      const [first, second] = this.#leaf;
      writeNumber(first, firstBlock + block);
      writeNumber(second, firstBlock + block + 1);
      this.#hasher.expandPair(first, second, salts, block * 128);
    }
    const skipped = (from - firstBlock * saltsOfBlock) * saltLength;
    return salts.subarray(skipped, skipped + count * saltLength);
  }

  /** Salts of the fields of one event. */
  ofFields(leaf: number, count: number): Uint8Array {
    return this.#ofPair(fieldDomain, leaf, 0, count);
  }

  /** The salt of a function's entry in the index. */
  ofFunction(index: number): Uint8Array {
    return this.#ofPair(functionDomain, index, 0, 1);
  }

  /** The salt of a leaf in the tree of the events of one function. */
  ofNumbers(index: number, leaf: number): Uint8Array {
    return this.#ofPair(numbersDomain, index, leaf, 1);
  }

  /** Salts from SHAKE256(key ‖ domain ‖ number (8 bytes) ‖ block (4 bytes)). */
  #ofPair(domain: Uint8Array, number: number, from: number, count: number): Uint8Array {
    const firstBlock = Math.floor(from / saltsOfBlock);
    const blocks = Math.floor((from + count - 1) / saltsOfBlock) - firstBlock + 1;
    const salts = new Uint8Array((blocks + (blocks % 2)) * 128);
    const inputs = [message(this.#key, domain, 12), message(this.#key, domain, 12)] as const;
    for (let block = 0; block < blocks; block += 2) {
      for (const [step, input] of inputs.entries()) {
        const view = new DataView(input.buffer);
        view.setBigUint64(input.length - 12, BigInt(number));
        view.setUint32(input.length - 4, firstBlock + block + step);
      }
      this.#hasher.expandPair(...inputs, salts, block * 128);
    }
    const skipped = (from - firstBlock * saltsOfBlock) * saltLength;
    return salts.slice(skipped, skipped + count * saltLength);
  }
}

function message(key: Uint8Array, domain: Uint8Array, room: number): Uint8Array {
  const input = new Uint8Array(key.length + domain.length + room);
  input.set(key);
  input.set(domain, key.length);
  return input;
}

function writeNumber(input: Uint8Array, value: number): void {
  new DataView(input.buffer).setBigUint64(input.length - 8, BigInt(value));
}
