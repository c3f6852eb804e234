import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { AttestedSequence } from '../../core/chain/types.ts';
import type { Entry } from '../chain/evidence.ts';

/** What a part says of itself. */
export interface PartHead {
  /** See `memoryIdentity`. */
  readonly identity: string;
  /** Its place among the parts. */
  readonly index: number;
  /** Digest of the part before it; of the first one empty. */
  readonly previous: string;
}

export interface MemoryPart extends PartHead {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Compact findings: digests and decoded fields, no raw objects. */
  readonly entries: readonly Entry[];
}

/** Bytes of a part's digest in front of its text, in hex digits. */
const digestLength = 64;

/**
 * A part as one line: the hex of H over the rest, then JSON. Registers of enclave documents, which hardly ever differ, stand in it once.
 * @returns the line, and its digest for the part behind it
 */
export function encodePart({ entries, ...head }: MemoryPart): { readonly line: string; readonly digest: string } {
  const registers: string[] = [];
  const numbers = new Map<string, number>();
  const replace = (key: string, value: unknown): unknown => {
    if (key === 'transactions') return value instanceof Uint8Array ? toBase64Url(value) : null;
    if (key !== 'pcrs') return value;
    const text = JSON.stringify(value);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, registers.length);
    return registers.push(text) - 1;
  };
  const written = JSON.stringify(entries, replace);
  const text = JSON.stringify({ affidavit: 'audit-memory/1', ...head, registers, entries: written });
  const digest = sha3Hex(utf8(text));
  return { line: digest + text, digest };
}

/**
 * Reads a part that this program has written, and nothing else.
 * @throws FormatError where it is damaged, out of its place, or of another identity
 */
export function decodePart(line: string, expected: PartHead): { readonly part: MemoryPart; readonly digest: string } {
  const digest = line.slice(0, digestLength);
  const text = line.slice(digestLength);
  if (sha3Hex(utf8(text)) !== digest) throw fault('is damaged: it does not have the digest that it names', expected);
  const { affidavit, registers, entries, ...head } = JSON.parse(text) as PartHead & {
    readonly affidavit: string;
    readonly savedAt: number;
    readonly registers: readonly string[];
    readonly entries: string;
  };
  if (affidavit !== 'audit-memory/1' || head.identity !== expected.identity) {
    throw fault('is of another chain, other pins or another version of this program', expected);
  }
  if (head.index !== expected.index || head.previous !== expected.previous)
    throw fault('is out of its place', expected);
  const pcrs = registers.map((each) => JSON.parse(each) as AttestedSequence['pcrs']);
  const revive = (key: string, value: unknown): unknown => {
    if (key === 'transactions') return typeof value === 'string' ? fromBase64Url(value) : null;
    return key === 'pcrs' ? pcrs[value as number] : value;
  };
  return { part: { ...head, entries: JSON.parse(entries, revive) as readonly Entry[] }, digest };
}

function fault(what: string, { index }: PartHead): FormatError {
  return new FormatError(`Part ${index} of what an earlier audit left ${what}.`, 0);
}
