import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { tpmHashes, type TpmHash } from './algorithms.ts';
import { fits, verifySignature, type AttestationKey } from './attestationKey.ts';
import type { Found } from './evidence.ts';
import { readSignature, schemeText, type TpmSignature } from './parseSignature.ts';
import type { TpmQuote } from './parseQuote.ts';
import { quoteHash } from './verifyRegisters.ts';

/** What signed a quote. */
export interface SignedBy {
  readonly check: Check;
  readonly key?: AttestationKey;
  readonly signature?: TpmSignature;
}

const spec = 'TPM 2.0 Library, Part 3, §18.4; Part 2, §11.3.4';
const sha1 = tpmHashes[0];

/**
 * Which of the keys at hand signed a quote. Several signatures are there only where they were given as files of their own. A signature that no key at
 * hand made fails: it is altered, or another's, and neither is what the person was told.
 */
export async function verifyQuote(
  quote: TpmQuote,
  signatures: readonly Found[],
  keys: readonly AttestationKey[],
): Promise<SignedBy> {
  if (signatures.length === 0)
    return { check: unknown('TPM_SIGNATURE', { spec, params: { reason: 'No signature came with the quote.' } }) };
  const read = signatures.map(({ bytes }) => readSignature(bytes));
  const [first] = read;
  if (signatures.length === 1 && typeof first === 'string')
    return { check: fail('TPM_SIGNATURE', { spec, params: { reason: first } }) };
  const usable = read.filter((signature) => typeof signature !== 'string');
  if (keys.length === 0) {
    const reason = 'No key to check it with is at hand: none came with the quote, and none is pinned.';
    return { check: unknown('TPM_SIGNATURE', { spec, params: { reason } }) };
  }
  for (const signature of usable) {
    const hash = quoteHash(quote, signature.hash);
    if (!hash) continue;
    for (const key of keys) {
      if (await verifySignature(key, signature, quote.bytes, hash)) return accepted(key, signature, hash);
    }
  }
  const fitting = usable.some((signature) => keys.some((key) => fits(key, signature)));
  const reason = fitting
    ? keys.length === 1
      ? 'The key at hand did not make it for these bytes.'
      : `None of the ${keys.length} keys at hand made it for these bytes.`
    : 'It has not the form of a signature by any of the keys at hand.';
  return { check: fail('TPM_SIGNATURE', { spec, params: { reason } }) };
}

/** SHA-1 is not accepted: two statements with one digest can be made, and one of them shown for the other. */
function accepted(key: AttestationKey, signature: TpmSignature, hash: TpmHash): SignedBy {
  if (hash === sha1) {
    return {
      key,
      signature,
      check: fail('TPM_SIGNATURE', {
        spec,
        params: { reason: 'It is over SHA-1, which is not accepted for signatures.' },
      }),
    };
  }
  const scheme = signature.scheme ? schemeText(signature) : `${key.type} with ${hash.name}`;
  return { key, signature, check: pass('TPM_SIGNATURE', { spec, params: { scheme } }) };
}
