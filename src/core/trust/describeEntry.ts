import { utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { setKey, trustShape, type Shape } from './shape.ts';
import type { EvmCheckpoint, HostValidator } from './trust.ts';
import type { TrustEntry } from './trustEntries.ts';
import { withoutRange, type ValidRange } from './validRange.ts';

/** How one pinned fact is shown: never as a raw key, always as what can be compared. */
export interface DescribedEntry {
  /** What it is, in words. */
  readonly name: string;
  /** Where it can be had without asking whoever made the evidence. */
  readonly from: string | undefined;
  /** Of which hosts or which ledger it is said, as the trust file names them. */
  readonly of: string | undefined;
  /** Lines to compare: a short text, or digests with what they are of. */
  readonly lines: readonly { readonly label: string; readonly text: string; readonly isHex: boolean }[];
}

/** What an anchor is, and where it can be had without asking whoever made the evidence, by the last telling part of its path. */
export type AnchorWords = Readonly<Record<string, { readonly name: string; readonly from: string }>>;

export function describeEntry({ path, value }: TrustEntry, anchorWords: AnchorWords): DescribedEntry {
  const { members, names } = placesOf(path);
  const [first = ''] = members;
  const part =
    members.findLast((name) => Object.hasOwn(anchorWords, `${first}.${name}`) || Object.hasOwn(anchorWords, name)) ??
    first;
  // What is measured is another thing on each platform; chains have words of their own.
  const words = anchorWords[`${first}.${part}`] ?? anchorWords[part];
  const of = first === 'hosts' || first === 'evm' ? names[0] : undefined;
  return { name: words?.name ?? path.join(' › '), from: words?.from, of, lines: linesOf(part, value, names) };
}

/** A path by what the format calls its places (`members`) and by what persons called what is in them (`names`). */
function placesOf(path: readonly string[]): { readonly members: readonly string[]; readonly names: readonly string[] } {
  const [members, names]: [string[], string[]] = [[], []];
  let shape: Shape | undefined = trustShape;
  for (const each of path) {
    if (shape?.kind === 'group') {
      members.push(each);
      shape = shape.members[each];
    } else {
      names.push(each);
      shape = shape?.kind === 'keyed' ? shape.entry : undefined;
    }
  }
  return { members, names };
}

/** The digest by which two people compare a fact: of the certificate or key where it is one, else of its canonical form. */
export function entryDigest(value: unknown): string {
  const key = typeof value === 'string' ? setKey(value) : '';
  return key.startsWith('sha3:') ? key.slice(5) : sha3Hex(utf8(canonicalJson(value)));
}

function linesOf(part: string, value: unknown, names: readonly string[]): DescribedEntry['lines'] {
  // What is known by a name of its own is shown with it, and compared by what the name stands for alone.
  const [name = ''] = names.slice(-1);
  if (part === 'auditors') return [{ label: '', text: name, isHex: false }];
  if (part === 'dids' || part === 'contexts') return [named('', name), ...linesOf('', value, [])];
  if (part === 'contracts') return [named(name, String(value))];
  if (part === 'vms') return [named('id', name), ...linesOf('', (value as { key: string }).key, [])];
  if (part === 'validators' && Array.isArray(value) && value.every((each) => typeof each === 'object')) {
    return (value as readonly HostValidator[]).flatMap((each, index) => [
      named(`${index + 1}`, [each.did, each.operator, each.region].filter(Boolean).join(' · ')),
      ...rangeLines(each),
    ]);
  }
  if (part === 'checkpoint' && isBlock(value)) return [named('#', String(value.number)), named('', value.hash)];
  if (part === 'beacon') return linesOf('', (value as { checkpoint: string }).checkpoint, []);
  if (part === 'validatorContract') return linesOf('', (value as { address: string }).address, []);
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
  // Of the key itself, so that it can be compared with what others have of it.
  const digest = entryDigest(kid.length > 0 ? withoutRange(value) : value);
  return [...kid, { label: 'SHA3-256', text: digest, isHex: true }, ...rangeLines(value)];
}

function rangeLines(value: ValidRange): DescribedEntry['lines'] {
  return (['from', 'until'] as const).flatMap((label) => {
    const end = value[label];
    return typeof end === 'string' ? [named(label, end)] : [];
  });
}

function named(label: string, text: string): DescribedEntry['lines'][number] {
  return { label, text, isHex: false };
}

function isBlock(value: unknown): value is EvmCheckpoint {
  return typeof value === 'object' && value !== null && 'hash' in value;
}

function textLine(value: string): { readonly text: string; readonly isHex: boolean } {
  const key = setKey(value);
  if (key.startsWith('sha3:')) return { text: key.slice(5), isHex: true };
  return { text: value, isHex: /^[0-9a-f]{32,}$/.test(value) };
}
