import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { decodeRlpList, encodeRlp, type RlpItem } from '../../core/evm/rlp.ts';
import { emptyRoot } from '../../core/evm/trie.ts';
import { readHeader } from './qbftHeader.ts';
import { sealHeader } from './replica.ts';
import { validatorKey } from './validatorKey.ts';

export interface ForkedHeader {
  readonly header: Hex;
  readonly hash: Hex;
}

/** A header with other fields, by their places; whatever seals it carried are gone. */
export function withFields(header: Hex, fields: Readonly<Record<number, Uint8Array>>): Hex {
  const items = decodeRlpList(fromHex0x(header)).map((item: RlpItem, index) => fields[index] ?? item);
  return sealHeader(toHex0x(encodeRlp(items)), []);
}

/** Sealed by these keys, as validators do it. */
export function sealedBy(header: Hex, secrets: readonly Uint8Array[]): Hex {
  const { sealHash } = readHeader(sealHeader(header, [])).sealed;
  return sealHeader(
    header,
    secrets.map((secret) => validatorKey(secret).sign(sealHash)),
  );
}

/**
 * Another history from one block on, in which nothing ever happened: the same states, but no transactions, receipts and blooms, linked and sealed by the
 * keys that are given.
 */
export class ForkedHeaders {
  readonly #from: number;
  readonly #secrets: readonly Uint8Array[];
  readonly #read: (number: number) => Promise<Hex>;
  readonly #made = new Map<number, Promise<ForkedHeader>>();

  constructor(from: number, secrets: readonly Uint8Array[], read: (number: number) => Promise<Hex>) {
    this.#from = from;
    this.#secrets = secrets;
    this.#read = read;
  }

  /** The header of this number, true before the fork. */
  at(number: number): Promise<ForkedHeader> {
    const known = this.#made.get(number);
    if (known) return known;
    const made = this.#make(number);
    this.#made.set(number, made);
    return made;
  }

  forks(number: number): boolean {
    return number >= this.#from;
  }

  async #make(number: number): Promise<ForkedHeader> {
    const header = await this.#read(number);
    if (!this.forks(number)) return { header, hash: readHeader(header).sealed.blockHash };
    const parent = await this.at(number - 1);
    const fields = {
      0: fromHex0x(parent.hash),
      4: emptyRoot,
      5: emptyRoot,
      6: new Uint8Array(256),
      10: new Uint8Array(),
    };
    const forked = sealedBy(withFields(header, fields), this.#secrets);
    return { header: forked, hash: readHeader(forked).sealed.blockHash };
  }
}
