import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** A key of secp256k1, as validators of QBFT have one. */
export interface ValidatorKey {
  readonly address: Hex;
  /** r ‖ s ‖ v over 32 bytes. */
  sign(hash: Uint8Array): Hex;
}

export function validatorKey(secret: Uint8Array): ValidatorKey {
  const point = secp256k1.getPublicKey(secret, false);
  return {
    address: toHex0x(keccak256(point.subarray(1)).subarray(12)),
    sign(hash) {
      const recovered = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
      return toHex0x(concatBytes(recovered.subarray(1), recovered.subarray(0, 1)));
    },
  };
}

/**
 * The key in a validator's folder, made where there is none yet.
 * @throws AuditorError `source` VALIDATOR_KEY | IO_…
 */
export async function loadValidatorKey(folder: string): Promise<ValidatorKey> {
  const path = join(folder, 'key');
  try {
    return validatorKey(fromHex0x((await readFile(path, 'utf8')).trim()));
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') {
      if (faultCode(error) !== undefined) throw ioFault(`The key ${path} cannot be read`, error);
      throw new AuditorError('source', 'VALIDATOR_KEY', `${path} holds no key.`, { cause: error });
    }
  }
  const secret = secp256k1.utils.randomSecretKey();
  await writeFileDurably(path, `${toHex0x(secret)}\n`);
  return validatorKey(secret);
}
