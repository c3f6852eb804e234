import type { PrivateKeyAccount } from 'viem';
import { fromHex0x, toHex0x } from '../../core/evm/hex.ts';
import { lowS } from '../../core/trace/anchor/lowS.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { encodeVmKey } from '../../core/trace/anchor/vmKey.ts';

/** An account of an EVM ledger as a machine's key on secp256k1, for ledgers that do not verify P-256. */
export function accountSigner(account: PrivateKeyAccount): Signer {
  const point = fromHex0x(account.publicKey);
  return {
    algorithm: 'secp256k1',
    publicKey: encodeVmKey({ algorithm: 'secp256k1', x: point.slice(1, 33), y: point.slice(33) }),
    sign: async (digest) => lowS(fromHex0x(await account.sign({ hash: toHex0x(digest) }))),
  };
}
