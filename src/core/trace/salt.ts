import { toHex } from '../bytes/hex.ts';
import { sha3 } from '../bytes/hash.ts';
import { utf8 } from '../bytes/bytes.ts';
import { makeTreeHasher, saltLength, type TreeHasher } from './treeHasher.ts';

export const saltKeyLength = 32;

const leafDomain = utf8('affidavit/trace-salt/1');
const fieldDomain = utf8('affidavit/trace-field-salt/1');
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

  constructor(key: Uint8Array, hasher: TreeHasher = makeTreeHasher()) {
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
    const blocks = Math.ceil(count / saltsOfBlock);
    const salts = new Uint8Array((blocks + (blocks % 2)) * 128);
    for (let block = 0; block < blocks; block += 2) {
      const [first, second] = [block, block + 1].map((number) => {
        const input = message(this.#key, fieldDomain, 12);
        const view = new DataView(input.buffer);
        view.setBigUint64(input.length - 12, BigInt(leaf));
        view.setUint32(input.length - 4, number);
        return input;
      }) as [Uint8Array, Uint8Array];
      this.#hasher.expandPair(first, second, salts, block * 128);
    }
    return salts.subarray(0, count * saltLength);
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
