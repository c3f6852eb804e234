import { concatBytes } from '../../core/bytes/bytes.ts';
import { encodeCbor } from '../../core/bytes/cbor.ts';

/** The fields of a Nitro attestation document, in the order in which real ones have them. */
export interface NitroFields {
  readonly moduleId: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** PCR 0 … 15, 48 bytes each. */
  readonly pcrs: readonly Uint8Array[];
  /** The leaf, DER. */
  readonly certificate: Uint8Array;
  /** Root first, DER. */
  readonly cabundle: readonly Uint8Array[];
  readonly publicKey: Uint8Array | undefined;
  readonly userData: Uint8Array | undefined;
  readonly nonce: Uint8Array | undefined;
}

const protectedHeader = Uint8Array.of(0xa1, 0x01, 0x38, 0x22); // { alg: ES384 }
const emptyMap = Uint8Array.of(0xa0);
const indefiniteMap = Uint8Array.of(0xbf);
const breakCode = Uint8Array.of(0xff);
const nullValue = Uint8Array.of(0xf6);
const arrayOfFour = Uint8Array.of(0x84);

/**
 * The payload as the device has written it since 2025: an indefinite map in a fixed order of keys, the inner map and array definite,
 * optional fields null where they are not used.
 */
export function encodeNitroPayload(fields: NitroFields): Uint8Array<ArrayBuffer> {
  if (fields.pcrs.length !== 16) throw new RangeError('A Nitro document has 16 PCRs.');
  const pcrs = concatBytes(
    Uint8Array.of(0xb0),
    ...fields.pcrs.flatMap((value, number) => [encodeCbor(number), encodeCbor(value)]),
  );
  const entries: readonly (readonly [string, Uint8Array])[] = [
    ['module_id', encodeCbor(fields.moduleId)],
    ['digest', encodeCbor('SHA384')],
    ['timestamp', encodeCbor(fields.timestamp)],
    ['pcrs', pcrs],
    ['certificate', encodeCbor(fields.certificate)],
    ['cabundle', encodeCbor(fields.cabundle)],
    ['public_key', optional(fields.publicKey)],
    ['user_data', optional(fields.userData)],
    ['nonce', optional(fields.nonce)],
  ];
  return concatBytes(indefiniteMap, ...entries.flatMap(([key, value]) => [encodeCbor(key), value]), breakCode);
}

/** What the document's ES384 signature is over: Sig_structure (RFC 9052 §4.4). */
export function nitroSignatureInput(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeCbor(['Signature1', protectedHeader, new Uint8Array(0), payload]);
}

/** The untagged COSE_Sign1. @param signature r ‖ s, 96 bytes */
export function encodeNitroDocument(payload: Uint8Array, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(arrayOfFour, encodeCbor(protectedHeader), emptyMap, encodeCbor(payload), encodeCbor(signature));
}

function optional(value: Uint8Array | undefined): Uint8Array {
  return value === undefined ? nullValue : encodeCbor(value);
}
