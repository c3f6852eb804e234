import { utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { setKey } from './shape.ts';
import type { TrustEntry } from './trustEntries.ts';
import { withoutRange, type ValidRange } from './validRange.ts';

/** How one pinned fact is shown: never as a raw key, always as what can be compared. */
export interface DescribedEntry {
  /** What it is, in words. */
  readonly name: string;
  /** Where it can be had without asking whoever made the evidence. */
  readonly from: string | undefined;
  /** Lines to compare: a short text, or digests with what they are of. */
  readonly lines: readonly { readonly label: string; readonly text: string; readonly isHex: boolean }[];
}

/** What an anchor is, and where it can be had without asking whoever made the evidence, by the last telling part of its path. */
export type AnchorWords = Readonly<Record<string, { readonly name: string; readonly from: string }>>;

export function describeEntry({ path, value }: TrustEntry, anchorWords: AnchorWords): DescribedEntry {
  const part = path.findLast((name) => Object.hasOwn(anchorWords, name)) ?? path[0] ?? '';
  // What is measured is another thing on each platform; chains have words of their own.
  const words = anchorWords[`${path[0]}.${part}`] ?? anchorWords[part];
  return { name: words?.name ?? path.join(' › '), from: words?.from, lines: linesOf(part, value) };
}

/** The digest by which two people compare a fact: of the certificate or key where it is one, else of its canonical form. */
export function entryDigest(value: unknown): string {
  const key = typeof value === 'string' ? setKey(value) : '';
  return key.startsWith('sha3:') ? key.slice(5) : sha3Hex(utf8(canonicalJson(value)));
}

function linesOf(part: string, value: unknown): DescribedEntry['lines'] {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return value.map((each, index) => ({ label: value.length > 1 ? `${index + 1}` : '', ...textLine(each) }));
  }
  if (typeof value === 'string') return [{ label: '', ...textLine(value) }];
  if (typeof value === 'number') return [{ label: '', text: String(value), isHex: false }];
  if (typeof value !== 'object' || value === null) return [{ label: '', text: JSON.stringify(value), isHex: false }];
  if ('pcrs' in value && typeof value.pcrs === 'object' && value.pcrs !== null) {
    return Object.entries(value.pcrs).map(([number, hex]) => ({
      label: `PCR ${number}`,
      text: String(hex),
      isHex: true,
    }));
  }
  if (part === 'buckets' && Array.isArray(value)) {
    return value.map((bucket: { url?: unknown }, index) => ({
      label: `${index + 1}`,
      text: String(bucket.url),
      isHex: false,
    }));
  }
  const kid = 'kid' in value && typeof value.kid === 'string' ? [{ label: 'kid', text: value.kid, isHex: false }] : [];
  if (part === 'checkpoint' && 'k' in value && 'timestampHash' in value) {
    return [
      { label: 'k', text: String(value.k), isHex: false },
      { label: 'H(t)', text: String(value.timestampHash), isHex: true },
    ];
  }
  const range = (['from', 'until'] as const).flatMap((label) => {
    const end = (value as ValidRange)[label];
    return typeof end === 'string' ? [{ label, text: end, isHex: false }] : [];
  });
  // Of the key itself, so that it can be compared with what others have of it.
  const digest = entryDigest(kid.length > 0 ? withoutRange(value) : value);
  return [...kid, { label: 'SHA3-256', text: digest, isHex: true }, ...range];
}

function textLine(value: string): { readonly text: string; readonly isHex: boolean } {
  const key = setKey(value);
  if (key.startsWith('sha3:')) return { text: key.slice(5), isHex: true };
  return { text: value, isHex: /^[0-9a-f]{32,}$/.test(value) };
}
