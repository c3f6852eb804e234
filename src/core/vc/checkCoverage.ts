import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import { canonicalQuads, MissingContext } from './canonicalQuads.ts';
import type { ContextSource } from './contextSource.ts';
import type { Coverage } from './coverage.ts';
import { signedPart, type Credential } from './credential.ts';
import type { Flavour } from './flavour.ts';
import type { ReadProof } from './proofs.ts';

/** How many fields are named before the rest is counted. */
const named = 12;

/**
 * Whether the hash covers what the certificate is about. What it leaves out is named in a note: it may have been changed by anyone, and nothing of it is ever
 * shown as verified.
 */
export async function checkCoverage(
  credential: Credential,
  proof: ReadProof | undefined,
  coverage: Coverage | undefined,
  source: ContextSource,
  flavour: Flavour,
  signal?: AbortSignal,
): Promise<Check> {
  const spec = 'JSON-LD 1.1 API §8 (what no context maps is dropped)';
  if (!proof || !coverage) {
    return unknown('CERT_COVERAGE', { spec, params: { reason: 'The hash does not hold or could not be computed.' } });
  }
  const { uncovered, untried, covered } = coverage;
  const isUncovered = (path: string): boolean =>
    [...uncovered, ...untried].some((each) => each === path || each.startsWith(`${path}.`));
  const open = flavour.essential(credential).filter(isUncovered);
  const notes = [
    ...(uncovered.length > 0
      ? [{ code: 'CERT_UNCOVERED' as const, params: { count: uncovered.length, fields: listed(uncovered) } }]
      : []),
    ...(untried.length > 0 ? [{ code: 'CERT_UNTRIED' as const, params: { count: untried.length } }] : []),
  ];
  const details = { spec, ...(notes.length > 0 ? { notes } : {}) };
  const params = { covered, uncovered: uncovered.length };
  if (flavour.refusesUnmapped) {
    const unmapped = await unmappedFields(signedPart(credential, proof.index), source, signal);
    if (unmapped.length > 0) {
      const reason = `No context maps ${listed(unmapped)}, so that the hash leaves this out; Blockcerts are never issued so.`;
      return fail('CERT_COVERAGE', { ...details, params: { ...params, reason } });
    }
  }
  if (open.length > 0) {
    const reason = `It was not shown that a change of ${listed(open)} would change the hash.`;
    return unknown('CERT_COVERAGE', { ...details, params: { ...params, reason } });
  }
  return pass('CERT_COVERAGE', { ...details, params });
}

function listed(names: readonly string[]): string {
  const rest = names.length - named;
  const list = names
    .slice(0, named)
    .map((name) => `“${name.slice(0, 80)}”`)
    .join(', ');
  return rest > 0 ? `${list} and ${rest} more` : list;
}

const fallback = 'http://fallback.org/';

/** Members that no context maps, as Blockcerts finds them: under a vocabulary of last resort they come into the quads. */
async function unmappedFields(
  document: JsonObject,
  source: ContextSource,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const contexts = document['@context'];
  const widened: JsonObject = {
    ...document,
    '@context': [...(Array.isArray(contexts) ? contexts : [contexts ?? {}]), { '@vocab': fallback }],
  };
  try {
    const quads = await canonicalQuads(widened, source, signal);
    return [
      ...new Set([...quads.matchAll(/<http:\/\/fallback\.org\/([^>\s]*)>/g)].map((match) => match[1] ?? '')),
    ].sort();
  } catch (error) {
    // It was hashed without the vocabulary a moment ago; where that alone does not go through, nothing can be said to be mapped.
    if (error instanceof MissingContext || error instanceof FormatError) return ['fields that cannot be told'];
    throw error;
  }
}
