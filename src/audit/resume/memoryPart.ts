import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fromHex, isHex, toHex } from '../../core/bytes/hex.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { AttestedSequence } from '../../core/chain/types.ts';
import type { Entry } from '../chain/evidence.ts';

/** What a part says of itself. */
export interface PartHead {
  /** See `memoryIdentity`. */
  readonly identity: string;
  /** Its place among the parts. */
  readonly index: number;
  /** Seal of the part before it; of the first one empty. */
  readonly previous: string;
}

export interface MemoryPart extends PartHead {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Compact findings: digests and decoded fields, no raw objects. */
  readonly entries: readonly Entry[];
}

/** Hex digits of a seal, which stands in front of a part's text. */
const sealLength = 64;

/**
 * A part as one line: its seal, then JSON. Findings are not verified again when they are read, so only what bears this key's seal is read at all
 * (see the README beside this). Registers of enclave documents, which hardly ever differ, stand in it once.
 * @returns the line, and its seal for the part behind it
 */
export async function encodePart(
  key: CryptoKey,
  { entries, ...head }: MemoryPart,
): Promise<{ readonly line: string; readonly seal: string }> {
  const registers: string[] = [];
  const numbers = new Map<string, number>();
  const replace = (name: string, value: unknown): unknown => {
    if (name === 'transactions') return value instanceof Uint8Array ? toBase64Url(value) : null;
    if (name !== 'pcrs') return value;
    const text = JSON.stringify(value);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, registers.length);
    return registers.push(text) - 1;
  };
  const written = JSON.stringify(entries, replace);
  const text = JSON.stringify({ affidavit: 'audit-memory/2', ...head, registers, entries: written });
  const seal = toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text))));
  return { line: seal + text, seal };
}

/**
 * Reads a part that this program has written under this key, and nothing else: not one character is interpreted before its seal was checked.
 * @throws FormatError where it is not sealed so, out of its place, or of another identity
 */
export async function decodePart(
  key: CryptoKey,
  line: string,
  expected: PartHead,
): Promise<{ readonly part: MemoryPart; readonly seal: string }> {
  const seal = line.slice(0, sealLength);
  const text = line.slice(sealLength);
  if (!isHex(seal, sealLength / 2) || !(await crypto.subtle.verify('HMAC', key, fromHex(seal), utf8(text)))) {
    throw fault('was changed, or was not written by this program for this user: its seal does not fit', expected);
  }
  const { affidavit, registers, entries, ...head } = JSON.parse(text) as PartHead & {
    readonly affidavit: string;
    readonly savedAt: number;
    readonly registers: readonly string[];
    readonly entries: string;
  };
  if (affidavit !== 'audit-memory/2' || head.identity !== expected.identity) {
    throw fault('is of another chain, other pins or another version of this program', expected);
  }
  if (head.index !== expected.index || head.previous !== expected.previous)
    throw fault('is out of its place', expected);
  const pcrs = registers.map((each) => JSON.parse(each) as AttestedSequence['pcrs']);
  const revive = (name: string, value: unknown): unknown => {
    if (name === 'transactions') return typeof value === 'string' ? fromBase64Url(value) : null;
    return name === 'pcrs' ? pcrs[value as number] : value;
  };
  return { part: { ...head, entries: JSON.parse(entries, revive) as readonly Entry[] }, seal };
}

function fault(what: string, { index }: PartHead): FormatError {
  return new FormatError(`Part ${index} of what an earlier audit left ${what}.`, 0);
}
