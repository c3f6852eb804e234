import { secp256k1 } from '@noble/curves/secp256k1.js';
import { fromBase64 } from '../../bytes/base64.ts';
import { decodeUtf8, equalBytes } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { parseJson } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { decodeBytesArray, type AbiBytes } from './abi.ts';
import type { BlockyOutput } from './output.ts';

/** A signed function call: what the application in the enclave says that it ran. */
export interface SignedCall {
  /** What is signed. */
  readonly data: AbiBytes;
  /** r ‖ s ‖ v. */
  readonly signature: AbiBytes;
  /** SHA3-512, as 128 digits of hex. */
  readonly hashOfCode: string;
  readonly function: string;
  readonly hashOfInput: string;
  readonly output: Uint8Array;
  readonly hashOfSecrets: string;
  /** Where the five stand in `data`, in their order; empty in the old form, where they are text in JSON. */
  readonly ranges: readonly AbiBytes[];
}

const maximumFunctionLength = 4096;

/**
 * Reads a transitive attestation: two elements, what is signed and the signature, and in the former five. In Solidity's encoding, or in the
 * old form in JSON of base64. @throws FormatError with the offset
 */
export function parseCall(attestation: Uint8Array, form: BlockyOutput['form']): SignedCall {
  const split = form === 'current' ? decodeBytesArray : decodeJsonArray;
  const [data, signature] = split(attestation, 2) as [AbiBytes, AbiBytes];
  if (signature.bytes.length !== 65) {
    throw new FormatError(`Expected a signature of 65 bytes, found ${signature.bytes.length}.`, signature.offset);
  }
  const parts = split(data.bytes, 5) as [AbiBytes, AbiBytes, AbiBytes, AbiBytes, AbiBytes];
  const [code, name, input, output, secrets] = parts;
  if (name.bytes.length === 0 || name.bytes.length > maximumFunctionLength) {
    throw new FormatError(`Expected the name of a function, found ${name.bytes.length} bytes.`, name.offset);
  }
  return {
    data,
    signature,
    hashOfCode: readHash(code, 'hash_of_code'),
    function: decodeUtf8(name.bytes),
    hashOfInput: readHash(input, 'hash_of_input'),
    output: output.bytes,
    hashOfSecrets: readHash(secrets, 'hash_of_secrets'),
    ranges: form === 'current' ? parts : [],
  };
}

/** Hashes are signed as text: 128 digits, not 64 bytes. */
function readHash({ bytes, offset }: AbiBytes, name: string): string {
  const text = bytes.length === 128 ? decodeUtf8(bytes) : '';
  if (/^[0-9a-f]{128}$/.test(text)) return text;
  throw new FormatError(`Expected ${name} as 128 digits of lower-case hex, found something else.`, offset);
}

function decodeJsonArray(bytes: Uint8Array, count: number): readonly AbiBytes[] {
  const value = parseJson(decodeUtf8(bytes), { maximumDepth: 2 });
  if (!Array.isArray(value) || value.length !== count) {
    throw new FormatError(`Expected a list of ${count} texts, found something else.`, 0);
  }
  return value.map((element) => {
    if (typeof element !== 'string') throw new FormatError(`Expected base64, found ${typeof element}.`, 0);
    return { bytes: fromBase64(element), offset: 0 };
  });
}

/** 65 bytes that are a point of secp256k1, not compressed. */
export function isPublicKey(key: Uint8Array): boolean {
  if (key.length !== 65 || key[0] !== 4) return false;
  try {
    secp256k1.Point.fromBytes(key).assertValidity();
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the key signed these bytes: secp256k1 over keccak256, without Ethereum's prefix for messages. The key that v recovers must be the key, as
 * a contract would find it, and s must be in the lower half: Blocky's signer never writes another, and only so is a signature one text.
 */
export function isSignedBy({ data, signature: { bytes } }: SignedCall, key: Uint8Array): boolean {
  const v = bytes[64] as number;
  if (v > 1) return false;
  try {
    const signature = secp256k1.Signature.fromBytes(bytes.subarray(0, 64), 'compact');
    const hash = keccak256(data.bytes);
    const recovered = signature.addRecoveryBit(v).recoverPublicKey(hash).toBytes(false);
    return (
      equalBytes(recovered, key) &&
      !signature.hasHighS() &&
      secp256k1.verify(bytes.subarray(0, 64), hash, key, { prehash: false, lowS: true })
    );
  } catch {
    // The library throws for numbers that are none of the curve.
    return false;
  }
}
