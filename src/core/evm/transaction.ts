import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromHex0x, fromQuantity, toHex0x, type Hex } from './hex.ts';
import { encodeRlp, rlpNumber, type RlpItem } from './rlp.ts';
import { isObject, memberFault, quantityBytes, sizedBytes, textMember } from './rpcValues.ts';
import { recoverSigner } from './seals/recoverSigner.ts';

/** What somebody asked a ledger to do, out of bytes that a block commits to. */
export interface Transaction {
  /** 0 legacy, 1 EIP-2930, 2 EIP-1559, 3 EIP-4844, 4 EIP-7702. */
  readonly type: number;
  readonly hash: Hex;
  /** Whose key signed it; undefined where the signature is none. */
  readonly from: Hex | undefined;
  /** Undefined where it creates a contract. */
  readonly to: Hex | undefined;
  readonly nonce: Uint8Array;
  readonly value: Uint8Array;
  readonly input: Uint8Array;
  /** Undefined for legacy ones that do not name their ledger. */
  readonly chainId: Uint8Array | undefined;
  /** What stands in the transactions' trie. */
  readonly encoded: Uint8Array;
}

const maximum = { input: 8 * 1024 * 1024, entries: 10_000 } as const;

/**
 * A transaction as nodes give it (`eth_getBlockByNumber` with whole transactions) in its canonical encoding, with its sender recovered from the signature.
 * What else stands in the answer (`from`, `hash`, indices) is not read.
 * @throws FormatError naming the member, or the type where it is none of these.
 */
export function transactionFromRpc(json: JsonValue): Transaction {
  if (!isObject(json)) throw new FormatError('Transaction: expected an object.', 0);
  const type = json['type'] === undefined || json['type'] === null ? 0 : fromQuantity(textMember(json, 'type'));
  if (type === 0) return legacy(json);
  const unsigned = typedFields(type, json);
  const parity = json['yParity'] ?? json['v'];
  const signature = [
    quantityBytes(parity, 'yParity'),
    quantityBytes(json['r'], 'r'),
    quantityBytes(json['s'], 's'),
  ] as const;
  const prefix = Uint8Array.of(type);
  return finish(type, json, {
    encoded: concatBytes(prefix, encodeRlp([...unsigned, ...signature])),
    signed: keccak256(concatBytes(prefix, encodeRlp(unsigned))),
    seal: sealBytes(signature[1], signature[2], signature[0].length === 0 ? 0 : (signature[0].at(-1) ?? 2)),
    chainId: quantityBytes(json['chainId'], 'chainId'),
  });
}

interface Signed {
  readonly encoded: Uint8Array;
  /** What the signature is over. */
  readonly signed: Uint8Array;
  readonly seal: Uint8Array;
  readonly chainId: Uint8Array | undefined;
}

function finish(type: number, json: JsonObject, { encoded, signed, seal, chainId }: Signed): Transaction {
  const to = receiver(json);
  return {
    type,
    hash: toHex0x(keccak256(encoded)),
    from: recoverSigner(signed, seal),
    to: to.length === 0 ? undefined : toHex0x(to),
    nonce: quantityBytes(json['nonce'], 'nonce'),
    value: quantityBytes(json['value'], 'value'),
    input: inputOf(json),
    chainId,
    encoded,
  };
}

/** EIP-155: v is 27 or 28, or tells the ledger as well. */
function legacy(json: JsonObject): Transaction {
  const v = quantityBytes(json['v'], 'v');
  const number = v.length <= 6 ? v.reduce((value, byte) => value * 256 + byte, 0) : NaN;
  if (!(number === 27 || number === 28 || number >= 35)) throw memberFault('v', '27, 28 or from 35');
  const chain = number >= 35 ? rlpNumber(Math.floor((number - 35) / 2)) : undefined;
  const body: RlpItem[] = [
    quantityBytes(json['nonce'], 'nonce'),
    quantityBytes(json['gasPrice'], 'gasPrice'),
    quantityBytes(json['gas'], 'gas'),
    receiver(json),
    quantityBytes(json['value'], 'value'),
    inputOf(json),
  ];
  const [r, s] = [quantityBytes(json['r'], 'r'), quantityBytes(json['s'], 's')];
  return finish(0, json, {
    encoded: encodeRlp([...body, v, r, s]),
    signed: keccak256(encodeRlp(chain ? [...body, chain, new Uint8Array(), new Uint8Array()] : body)),
    seal: sealBytes(r, s, chain ? (number - 35) % 2 : number - 27),
    chainId: chain,
  });
}

/** Everything that is signed, in the order of each type's EIP. */
function typedFields(type: number, json: JsonObject): RlpItem[] {
  const count = (member: string): Uint8Array => quantityBytes(json[member], member);
  const prices = type === 1 ? [count('gasPrice')] : [count('maxPriorityFeePerGas'), count('maxFeePerGas')];
  const common = [
    count('chainId'),
    count('nonce'),
    ...prices,
    count('gas'),
    receiver(json),
    count('value'),
    inputOf(json),
    accessList(json['accessList']),
  ];
  if (type === 1 || type === 2) return common;
  if (type === 3)
    return [...common, count('maxFeePerBlobGas'), hashes(json['blobVersionedHashes'], 'blobVersionedHashes')];
  if (type === 4) return [...common, listOf(json['authorizationList'], 'authorizationList').map(authorization)];
  throw memberFault('type', 'one of 0 to 4');
}

function authorization(json: JsonValue): RlpItem {
  if (!isObject(json)) throw memberFault('authorizationList', 'objects');
  const count = (member: string): Uint8Array => quantityBytes(json[member], member);
  const parity = quantityBytes(json['yParity'] ?? json['v'], 'yParity');
  return [count('chainId'), sizedBytes(json, 'address', 20), count('nonce'), parity, count('r'), count('s')];
}

function accessList(json: JsonValue | undefined): RlpItem {
  return listOf(json ?? [], 'accessList').map((entry) => {
    if (!isObject(entry)) throw memberFault('accessList', 'objects');
    return [sizedBytes(entry, 'address', 20), hashes(entry['storageKeys'], 'storageKeys')];
  });
}

function hashes(json: JsonValue | undefined, member: string): RlpItem[] {
  return listOf(json, member).map((each) => {
    const bytes = fromHex0x(typeof each === 'string' ? each : '');
    if (bytes.length !== 32) throw memberFault(member, '32 bytes each');
    return bytes;
  });
}

function listOf(json: JsonValue | undefined, member: string): readonly JsonValue[] {
  if (!Array.isArray(json) || json.length > maximum.entries)
    throw memberFault(member, `a list of at most ${maximum.entries}`);
  return json;
}

function receiver(json: JsonObject): Uint8Array {
  return json['to'] === null || json['to'] === undefined ? new Uint8Array() : sizedBytes(json, 'to', 20);
}

function inputOf(json: JsonObject): Uint8Array {
  const input = fromHex0x(textMember(json, json['input'] === undefined ? 'data' : 'input'));
  if (input.length > maximum.input) throw memberFault('input', `at most ${maximum.input} bytes`);
  return input;
}

function sealBytes(r: Uint8Array, s: Uint8Array, parity: number): Uint8Array {
  const seal = new Uint8Array(65);
  seal.set(r, 32 - r.length);
  seal.set(s, 64 - s.length);
  seal[64] = parity;
  return seal;
}
