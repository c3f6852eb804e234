import { parseJson, type JsonValue } from '../../core/bytes/json.ts';
import { isHex } from '../../core/bytes/hex.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { SignedVote } from '../../core/network/vote.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';

/** A signed vote as nodes keep it and pass it on; undefined for anything else. The signature is not looked into. */
export function readSignedVote(text: string): SignedVote | undefined {
  let value: JsonValue;
  try {
    value = parseJson(text, { maximumDepth: 3, maximumLength: 2048 });
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
  const { vote, signature } = members(value, ['vote', 'signature']) ?? {};
  const given = members(vote, ['requestId', 'measurements', 'criteria', 'valid', 'epoch']);
  const signed = members(signature, ['r', 's', 'v']);
  if (!given || !signed) return undefined;
  const { requestId, measurements, criteria, valid, epoch } = given;
  const { r, s, v } = signed;
  if (!isCount(requestId) || !isCount(epoch) || typeof valid !== 'boolean' || (v !== 27 && v !== 28)) return undefined;
  if (!isWord(measurements) || !isWord(criteria) || !isWord(r) || !isWord(s)) return undefined;
  return { vote: { requestId, measurements, criteria, valid, epoch }, signature: { r, s, v } };
}

/** Exactly these and no others. */
function members(
  value: JsonValue | undefined,
  names: readonly string[],
): Readonly<Record<string, JsonValue>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = Object.keys(value);
  return found.length === names.length && names.every((name) => found.includes(name))
    ? (value as Readonly<Record<string, JsonValue>>)
    : undefined;
}

const isCount = (value: JsonValue | undefined): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
const isWord = (value: JsonValue | undefined): value is Hex =>
  typeof value === 'string' && value.startsWith('0x') && isHex(value.slice(2), 32);
