import { fromBase64 } from '../../bytes/base64.ts';
import { decodeUtf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { parseJson } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { isPublicKey } from './call.ts';
import type { KeyClaims } from './output.ts';

const spec = 'Blocky Attestation Service, application public key';

export interface AttestedKey {
  /** As it was attested: the text that is compared with the claims. */
  readonly claims: KeyClaims;
  /** 65 bytes, a point of secp256k1. */
  readonly bytes: Uint8Array;
}

/** The key that the enclave attests: `{"curve_type":"p256k1","data":base64}`. */
export function readKey(attested: Uint8Array | undefined): {
  readonly key: AttestedKey | undefined;
  readonly check: Check;
} {
  if (!attested) {
    const params = { reason: 'What was attested could not be put together.' };
    return { key: undefined, check: unknown('BLOCKY_KEY', { spec, params }) };
  }
  try {
    const key = parseKey(attested);
    return { key, check: pass('BLOCKY_KEY', { spec, params: { key: toHex(key.bytes) } }) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { key: undefined, check: fail('BLOCKY_KEY', { spec, params: { reason: error.message } }) };
  }
}

function parseKey(attested: Uint8Array): AttestedKey {
  const value = parseJson(decodeUtf8(attested), { maximumDepth: 4 });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault('an object');
  const { curve_type, data } = value;
  if (curve_type !== 'p256k1') throw fault('a key of the curve p256k1');
  if (typeof data !== 'string') throw fault('a key in base64');
  const bytes = fromBase64(data);
  if (!isPublicKey(bytes)) throw fault('a point of secp256k1, not compressed');
  return { claims: { curve_type, data }, bytes };
}

function fault(expected: string): FormatError {
  return new FormatError(`The attested text was expected to be ${expected}; it is something else.`, 0);
}
