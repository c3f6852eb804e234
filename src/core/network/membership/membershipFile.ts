import { fromHex, isHex, toHex } from '../../bytes/hex.ts';
import { canonicalJson, parseCanonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { readMembers } from '../../certificate/envelope.ts';
import { fault, hex, integer, list } from '../../evm/ledgerProof/proofFields.ts';
import type { Hex } from '../../evm/hex.ts';
import { keyLength, proofLength } from '../../trace/zk/verifyGroth16.ts';

export const membershipVersion = 'network-membership/1';
/** Root, commitment, context. */
export const membershipInputs = 3;

/** "What this request commits to in this register is approved": the proof, and that the request has committed to what the proof is about. */
export interface MembershipFile {
  readonly requestId: number;
  readonly kind: string;
  readonly register: string;
  /** The Poseidon commitment, 64 lower-case hex digits, with its salt and its place among what the request commits to. */
  readonly commitment: string;
  readonly salt: Hex;
  readonly index: number;
  readonly count: number;
  readonly path: readonly Hex[];
  /** 32 bytes from whoever asked. */
  readonly nonce: Uint8Array;
  /** A, B, C: 256 bytes. */
  readonly proof: Uint8Array;
  /** The verification key where it is not the built-in one. */
  readonly key?: Uint8Array;
}

const members = [
  'affidavit',
  'requestId',
  'kind',
  'register',
  'commitment',
  'salt',
  'index',
  'count',
  'path',
  'nonce',
  'proof',
  'key',
] as const;
const maximum = { length: 16 * 1024, text: 256 } as const;

export function encodeMembership({ nonce, proof, key, path, ...rest }: MembershipFile): string {
  return canonicalJson({
    ...(rest as unknown as JsonObject),
    affidavit: membershipVersion,
    path: [...path],
    nonce: toHex(nonce),
    proof: toHex(proof),
    ...(key ? { key: toHex(key) } : {}),
  });
}

/** @throws FormatError that names the field; whether its points are any is not looked at */
export function parseMembership(text: string): MembershipFile {
  const value = parseCanonicalJson(text, { maximumLength: maximum.length, maximumDepth: 4 });
  const file = readMembers('Membership', value, members, ['key']);
  if (file.affidavit !== membershipVersion) throw fault('affidavit', membershipVersion);
  return {
    requestId: integer('requestId', file.requestId),
    kind: short('kind', file.kind),
    register: short('register', file.register),
    commitment: toHex(bytes('commitment', file.commitment, 32)),
    salt: hex('salt', file.salt, 32),
    index: integer('index', file.index),
    count: integer('count', file.count),
    path: list('path', file.path, 32, (name, each) => hex(name, each, 32)),
    nonce: bytes('nonce', file.nonce, 32),
    proof: bytes('proof', file.proof, proofLength),
    ...(file.key === undefined ? {} : { key: bytes('key', file.key, keyLength(membershipInputs)) }),
  };
}

function bytes(what: string, value: JsonValue, length: number): Uint8Array {
  if (typeof value !== 'string' || !isHex(value, length)) throw fault(what, `${2 * length} lower-case hex digits`);
  return fromHex(value);
}

function short(what: string, value: JsonValue): string {
  if (typeof value !== 'string' || value.length > maximum.text) throw fault(what, `at most ${maximum.text} characters`);
  return value;
}
