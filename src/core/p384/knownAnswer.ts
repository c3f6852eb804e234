import { fromHex } from '../bytes/hex.ts';

/** SHA-384 of `The key is 1.`, signed with the key 1 and the nonce of RFC 6979: under the base point as public key, r ‖ s holds. */
export const knownAnswer = {
  digest: fromHex('8fa4cc84aaf3526eea0c280c6976402ddad53bad6367574dbcad9ff5ddd87e2dd4cd84492dfc08c5178287f52c189201'),
  signature: fromHex(
    '273e1f391614e0238e3782996366036afb64466862f2fcd59e079c6a99911580e3128b09dfe3a33f70dcab4b75e32d96' +
      '71db12dda842e033c16f040f480c69d8b29d813033b9b551f6464f232ebe452a816692ba341e07fd3ec4a3c9c4c6b87a',
  ),
} as const;
