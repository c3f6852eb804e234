import { equalBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromHex0x, toHex0x, type Hex } from './hex.ts';
import { decodeRlp, decodeRlpList } from './rlp.ts';
import { isObject, sizedBytes, textMember } from './rpcValues.ts';
import { emptyRoot, provenValue } from './trie.ts';

/** What a state says of an address. */
export interface Account {
  readonly nonce: Uint8Array;
  readonly balance: Uint8Array;
  readonly storageHash: Uint8Array;
  readonly codeHash: Uint8Array;
}

/** An answer to `eth_getProof` (EIP-1186) that was verified. */
export interface ProvenAccount {
  readonly address: Hex;
  /** Undefined where it is proven that there is no such account. */
  readonly account: Account | undefined;
  /** Slot (32 bytes) and the value in it, without leading zeros; empty where the slot is proven to be zero. */
  readonly slots: readonly { readonly key: Hex; readonly value: Uint8Array }[];
}

export const emptyCodeHash = keccak256(new Uint8Array());

const maximum = { slots: 10_000 } as const;

/**
 * Verifies every proof of an answer against a state's root, and that what the answer claims beside them (nonce, balance, hashes, values) is what they prove.
 * @throws FormatError naming what is wrong; nothing of a wrong answer is kept.
 */
export async function verifyAccountProof(stateRoot: Uint8Array, json: JsonValue): Promise<ProvenAccount> {
  const answer = objectOf(json, 'an answer to eth_getProof');
  const address = sizedBytes(answer, 'address', 20);
  const value = await provenValue(stateRoot, keccak256(address), nodesOf(answer['accountProof'], 'accountProof'));
  const account = value === null ? undefined : decodeAccount(value);
  demandClaim(answer, 'storageHash', account?.storageHash ?? emptyRoot, [new Uint8Array(32)]);
  demandClaim(answer, 'codeHash', account?.codeHash ?? emptyCodeHash, [new Uint8Array(32)]);
  demandNumber(answer, 'nonce', account?.nonce ?? new Uint8Array());
  demandNumber(answer, 'balance', account?.balance ?? new Uint8Array());
  const storage = answer['storageProof'] ?? [];
  if (!Array.isArray(storage) || storage.length > maximum.slots) throw fault(`at most ${maximum.slots} slots`);
  const slots = [];
  for (const each of storage) slots.push(await verifySlot(account?.storageHash ?? emptyRoot, objectOf(each, 'a slot')));
  return { address: toHex0x(address), account, slots };
}

async function verifySlot(storageHash: Uint8Array, slot: JsonObject): Promise<ProvenAccount['slots'][number]> {
  const key = paddedKey(textMember(slot, 'key'));
  const encoded = await provenValue(storageHash, keccak256(key), nodesOf(slot['proof'], 'proof'));
  const value = encoded === null ? new Uint8Array() : decodeRlp(encoded);
  if (!(value instanceof Uint8Array) || value.length > 32 || value[0] === 0)
    throw fault('a value of at most 32 bytes without leading zeros in a slot');
  demandNumber(slot, 'value', value);
  return { key: toHex0x(key), value };
}

/** Nodes give keys of slots as they were asked for: as a number or as 32 bytes. */
function paddedKey(text: string): Uint8Array {
  const digits = /^0x([0-9a-f]{1,64})$/i.exec(text)?.[1];
  if (digits === undefined) throw fault('a key of at most 32 bytes');
  return fromHex0x(`0x${digits.padStart(64, '0')}`);
}

function decodeAccount(value: Uint8Array): Account {
  const items = decodeRlpList(value);
  const [nonce, balance, storageHash, codeHash] = items;
  if (
    items.length !== 4 ||
    !(nonce instanceof Uint8Array) ||
    !(balance instanceof Uint8Array) ||
    !(storageHash instanceof Uint8Array) ||
    !(codeHash instanceof Uint8Array) ||
    storageHash.length !== 32 ||
    codeHash.length !== 32
  ) {
    throw fault('an account of nonce, balance, storage hash and code hash');
  }
  return { nonce, balance, storageHash, codeHash };
}

/** For an account that is not there, nodes claim zeros or the hashes of nothing. */
function demandClaim(answer: JsonObject, member: string, proven: Uint8Array, absent: readonly Uint8Array[]): void {
  if (answer[member] === undefined) return;
  const claimed = sizedBytes(answer, member, 32);
  const isAbsent = equalBytes(proven, emptyRoot) || equalBytes(proven, emptyCodeHash);
  if (equalBytes(claimed, proven) || (isAbsent && absent.some((each) => equalBytes(each, claimed)))) return;
  throw fault(`"${member}" to be the proven ${toHex0x(proven)}`);
}

function demandNumber(answer: JsonObject, member: string, proven: Uint8Array): void {
  if (answer[member] === undefined) return;
  const digits = /^0x([0-9a-f]*)$/i.exec(textMember(answer, member))?.[1]?.replace(/^0+/, '').toLowerCase();
  const expected = toHex0x(proven).slice(2).replace(/^0+/, '');
  if (digits !== expected) throw fault(`"${member}" to be the proven 0x${expected || '0'}`);
}

function nodesOf(value: JsonValue | undefined, member: string): Uint8Array[] {
  if (!Array.isArray(value)) throw fault(`"${member}" as a list of nodes`);
  return value.map((node) => fromHex0x(typeof node === 'string' ? node : ''));
}

function objectOf(value: JsonValue, what: string): JsonObject {
  if (!isObject(value)) throw fault(what);
  return value;
}

function fault(expected: string): FormatError {
  return new FormatError(`Account proof: expected ${expected}.`, 0);
}
