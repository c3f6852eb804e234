import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../bytes/bytes.ts';
import { keccak256, sha3 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';

const texts: Readonly<Record<string, string>> = {
  '': 'nothing (an empty file)',
  '[object ArrayBuffer]': 'the text “[object ArrayBuffer]”, which faulty programs hash in place of a file',
  '[object Object]': 'the text “[object Object]”, which faulty programs hash in place of data',
  undefined: 'the text “undefined”',
  null: 'the text “null”',
};

const known = new Map<string, string>(
  Object.entries(texts).flatMap(([text, what]) =>
    [sha3, keccak256, sha256].map((hash) => [toHex0x(hash(utf8(text))), what] as const),
  ),
);

/** What a hash is the digest of where that says that somebody hashed the wrong thing; undefined for all others. */
export function sentinelName(hash: Hex): string | undefined {
  return known.get(hash);
}
