import { parseJson } from '../../core/bytes/json.ts';
import { sameDid } from '../../core/did/didChange.ts';
import type { Candidate } from '../../core/host/selection/selectValidators.ts';
import type { HostPin } from '../../core/trust/trust.ts';
import { isObject } from '../../core/vc/credential.ts';

/** Somebody who could vouch, and where he is asked. */
export interface KnownCandidate extends Candidate {
  readonly url: string | undefined;
}

/** What the network gives to whoever has just come: nobody is better or worse for not being rated. */
export const startReputation = 1000;

/** What a person wrote: a list that somebody published, or addresses. */
export type CandidateText =
  | { readonly form: 'list'; readonly candidates: readonly KnownCandidate[] }
  | { readonly form: 'addresses'; readonly addresses: readonly string[] }
  | { readonly form: 'wrong' };

const maximumText = 4 * 1024 * 1024;

/** Reads addresses, one on each line, or a list in JSON. */
export function readCandidates(text: string): CandidateText {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) {
    return { form: 'addresses', addresses: [...new Set(trimmed.split(/\s+/).filter((line) => line !== ''))] };
  }
  let value: unknown;
  try {
    value = parseJson(trimmed, { maximumDepth: 4, maximumLength: maximumText });
  } catch {
    return { form: 'wrong' };
  }
  if (!Array.isArray(value)) return { form: 'wrong' };
  const candidates = value.flatMap((entry: unknown) => candidateIn(entry) ?? []);
  return candidates.length === value.length ? { form: 'list', candidates } : { form: 'wrong' };
}

function candidateIn(entry: unknown): KnownCandidate | undefined {
  if (!isObject(entry as never)) return undefined;
  const { did, operator, region, reputation = startReputation, url } = entry as Readonly<Record<string, unknown>>;
  if (typeof did !== 'string' || typeof operator !== 'string' || typeof region !== 'string') return undefined;
  if (typeof reputation !== 'number' || !Number.isSafeInteger(reputation) || reputation < 0) return undefined;
  return { did, operator, region, reputation, url: typeof url === 'string' ? url : undefined };
}

/** Those of a trust file's entry, with what is known of the others by DID: where they are asked, how they are rated. */
export function mergeCandidates(
  pinned: HostPin['validators'],
  known: readonly KnownCandidate[],
): readonly KnownCandidate[] {
  const found = new Map<string, KnownCandidate>();
  for (const candidate of known) if (!found.has(sameDid(candidate.did))) found.set(sameDid(candidate.did), candidate);
  for (const { did, operator, region } of pinned) {
    const before = found.get(sameDid(did));
    // What the person has pinned of somebody counts, not what he says of himself.
    found.set(sameDid(did), {
      did,
      operator: operator ?? before?.operator ?? did,
      region: region ?? before?.region ?? '',
      reputation: before?.reputation ?? startReputation,
      url: before?.url,
    });
  }
  return [...found.values()];
}
