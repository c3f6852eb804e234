import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { combine, type Status } from '../../verdict/status.ts';
import { MissingContext } from '../canonicalQuads.ts';
import type { ContextSource } from '../contextSource.ts';
import { isObject, text } from '../credential.ts';
import { readMoment } from '../moment.ts';
import { bbs2023 } from './bbs2023.ts';
import { ecdsaSd } from './ecdsaSd.ts';
import { findKey, type KeyDocuments, type KeyOrigin } from './findKey.ts';
import type { Curve } from './key.ts';
import {
  ecdsaJcs,
  ecdsaRdfc,
  eddsaJcs,
  eddsaRdfc,
  secp256k1Signature2019,
  UnknownVariant,
  type Suite,
  type SuiteInput,
} from './suites.ts';

/** One proof of a document: who made it, what it covers, and whether it holds. Plain JSON. */
export interface VerifiedProof {
  /** Place in the document's list. */
  readonly index: number;
  readonly id: string | null;
  readonly suite: string;
  readonly purpose: string;
  /** Milliseconds since 1970, as its maker says. */
  readonly created: number | null;
  /** The verification method as it is named; null where none is. */
  readonly method: string | null;
  /** DID or address of who the key is said to belong to; null where the key was not found. */
  readonly controller: string | null;
  readonly key: { readonly curve: Curve; readonly thumbprint: string; readonly origin: KeyOrigin } | null;
  /** `issued`: a selective proof as its issuer made it. `disclosed`: statements may have been left out. */
  readonly covers: 'document' | 'issued' | 'disclosed';
  /** Places of the proofs that it builds on and covers with the document. Proofs that none names are not covered by any. */
  readonly previous: readonly number[];
  /** Whether its own signature holds over all that. */
  readonly signature: Check;
  /** There where it builds on others: whether these are there and hold. */
  readonly chain: Check | undefined;
  /** Both together: a proof never holds better than what it builds on. */
  readonly status: Status;
}

export interface ProofContext extends KeyDocuments {
  readonly source: ContextSource;
  /** Milliseconds since 1970; proofs that have expired by then fail. */
  readonly at: number;
  /** `assertionMethod` where left out. */
  readonly purpose?: string;
  /** How many proofs are read at most; 64 where left out. */
  readonly maximum?: number;
  /**
   * `refuse` (where left out): a proof that names an identifier which two have fails. `signature`: it builds on the one that it was made over, so that nobody can spoil it by adding
   * another with that identifier.
   */
  readonly ambiguous?: 'refuse' | 'signature';
  readonly signal?: AbortSignal | undefined;
}

const suites: Readonly<Record<string, Suite>> = {
  'eddsa-jcs-2022': eddsaJcs,
  'eddsa-rdfc-2022': eddsaRdfc,
  'ecdsa-jcs-2019': ecdsaJcs,
  'ecdsa-rdfc-2019': ecdsaRdfc,
  'ecdsa-sd-2023': ecdsaSd,
  'bbs-2023': bbs2023,
  EcdsaSecp256k1Signature2019: secp256k1Signature2019,
};

const maximumProofs = 64;
const spec = 'Verifiable Credential Data Integrity 1.0 §4.4, §4.5';

/** The proofs of a document, as a list. @throws FormatError for what are none, or too many */
export function proofsOf({ proof }: JsonObject, maximum: number = maximumProofs): readonly JsonObject[] {
  const list = Array.isArray(proof) ? proof : proof === undefined ? [] : [proof];
  if (list.length > maximum) throw new FormatError(`Proofs: at most ${maximum} are read, found ${list.length}.`, 0);
  return list.map((each) => {
    if (isObject(each)) return each;
    throw new FormatError('Proofs: expected objects.', 0);
  });
}

/**
 * Verifies every proof of a document, each over the document with exactly the proofs that it names as previous (sets and chains). One that holds says nothing for
 * the others: whoever asks decides how many, and whose, are enough. Proofs of unknown suites are unknown, not left out.
 * @throws FormatError for proofs that are no list of objects
 */
export async function verifyProofs(document: JsonObject, context: ProofContext): Promise<readonly VerifiedProof[]> {
  const proofs = proofsOf(document, context.maximum);
  const { proof: _, ...bare } = document;
  const links = linksOf(proofs, context.ambiguous ?? 'refuse');
  const own: VerifiedProof[] = [];
  const inputs = new Map<string, ProofInput>();
  for (const [index, proof] of proofs.entries()) {
    const link = links[index] as Link;
    let found: VerifiedProof | undefined;
    for (const previous of link.choices) {
      // In the order in which they are named, as the suites without RDF sign it.
      const name = previous.join();
      const input = inputs.get(name) ?? {
        document: previous.length === 0 ? bare : { ...bare, proof: previous.map((at) => proofs[at] as JsonObject) },
        digests: new Map(),
      };
      inputs.set(name, input);
      const each = await verifyOne(input, proof, index, { previous, fault: link.fault }, context);
      if (!found || each.status === 'pass') found = each;
      if (found.status === 'pass') break;
    }
    own.push(found as VerifiedProof);
  }
  return own.map((proof) => withChain(proof, own, links[proof.index]?.fault));
}

type ProofInput = Required<Pick<SuiteInput, 'document' | 'digests'>>;

interface Link {
  /** Places of the proofs that it builds on: more than one choice where identifiers are not alone. */
  readonly choices: readonly (readonly number[])[];
  readonly fault: string | undefined;
}

const maximumChoices = 64;

/** Which proofs each names, by identifier, or (ChainedProof2021) by the whole proof. */
function linksOf(proofs: readonly JsonObject[], ambiguous: 'refuse' | 'signature'): readonly Link[] {
  const ids = proofs.map((proof) => text(proof, 'id'));
  const none = (fault: string): Link => ({ choices: [[]], fault });
  const links = proofs.map((proof): Link => {
    const named = proof['previousProof'];
    if (named === undefined) return { choices: [[]], fault: undefined };
    const list = Array.isArray(named) ? named : [named];
    let choices: readonly (readonly number[])[] = [[]];
    for (const name of list) {
      const places = proofs.flatMap((each, place) =>
        (typeof name === 'string' ? ids[place] === name : canonicalJson(each) === canonicalJson(name)) ? [place] : [],
      );
      if (places.length > 1 && ambiguous === 'refuse') return none('Two proofs have the identifier that it names.');
      if (places.length === 0) return none('It names a proof that is not there.');
      choices = choices.flatMap((before) =>
        places.filter((place) => !before.includes(place)).map((place) => [...before, place]),
      );
      if (choices.length === 0) return none('It names a proof twice.');
      if (choices.length > maximumChoices) return none('Too many proofs have the identifiers that it names.');
    }
    return list.length === 0 ? none('It names no proof.') : { choices, fault: undefined };
  });
  const first = links.map(({ choices }) => ({ previous: choices[0] ?? [] }));
  return links.map((link, index) =>
    link.fault === undefined && ambiguous === 'refuse' && ancestorsOf(index, first).has(index)
      ? { choices: link.choices, fault: 'It builds on itself.' }
      : link,
  );
}

/** Places of all proofs that one builds on, however far back. */
export function ancestorsOf(
  index: number,
  links: readonly { readonly previous: readonly number[] }[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...(links[index]?.previous ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(links[next]?.previous ?? []));
  }
  return found;
}

async function verifyOne(
  input: ProofInput,
  proof: JsonObject,
  index: number,
  link: { readonly previous: readonly number[]; readonly fault: string | undefined },
  context: ProofContext,
): Promise<VerifiedProof> {
  const suite = suiteOf(proof);
  const method = text(proof, 'verificationMethod') ?? null;
  const purpose = text(proof, 'proofPurpose') ?? '';
  const created = readMoment(text(proof, 'created'));
  const wanted = context.purpose ?? 'assertionMethod';
  const found = method === null ? undefined : findKey(method, wanted, created ?? context.at, context);
  const key = found && 'key' in found ? found : undefined;
  const base = {
    index,
    id: text(proof, 'id') ?? null,
    suite,
    purpose,
    created: created ?? null,
    method,
    controller: key?.controller ?? null,
    key: key ? { curve: key.key.curve, thumbprint: key.key.thumbprint, origin: key.origin } : null,
    covers: coverOf(proof, suite),
    previous: link.previous,
    chain: undefined,
  };
  const params = { suite, method: (method ?? '').slice(0, 300), curve: key?.key.curve ?? '', number: index + 1 };
  const done = (signature: Check): VerifiedProof => ({ ...base, signature, status: signature.status });
  const failed = (reason: string) => done(fail('CERT_SIGNATURE', { spec, params: { ...params, reason } }));
  const open = (reason: string) => done(unknown('CERT_SIGNATURE', { spec, params: { ...params, reason } }));
  const run = Object.hasOwn(suites, suite) ? suites[suite] : undefined;
  if (!run) return open(`The suite ${suite} is none that is verified here.`);
  if (link.fault !== undefined) return failed(link.fault);
  if (purpose !== wanted)
    return failed(`It was made for ${purpose === '' ? 'no purpose' : purpose.slice(0, 64)}, not for ${wanted}.`);
  const expires = readMoment(text(proof, 'expires'));
  if (proof['expires'] !== undefined && (expires === undefined || context.at >= expires))
    return failed('It has expired.');
  if (proof['created'] !== undefined && created === undefined)
    return failed('The time at which it was made is no time.');
  if (!found) return failed('It names no key.');
  if (!key)
    return 'missing' in found && found.missing
      ? open(found.reason)
      : failed((found as { readonly reason: string }).reason);
  try {
    const { source, signal } = context;
    const holds = await run({ ...input, proof, key: key.key, source, signal });
    if (!holds) return failed('What it was made over is not this, or another key made it.');
    return done(pass('CERT_SIGNATURE', { spec, params }));
  } catch (error) {
    if (error instanceof MissingContext || error instanceof UnknownVariant) return open(error.message);
    if (error instanceof FormatError) return failed(error.message);
    throw error;
  }
}

/** A proof is worth no more than those that it builds on, however far back. */
function withChain(proof: VerifiedProof, own: readonly VerifiedProof[], fault: string | undefined): VerifiedProof {
  const ancestors = ancestorsOf(proof.index, own);
  const reason = fault ?? (ancestors.has(proof.index) ? 'It builds on itself.' : undefined);
  if (reason !== undefined) {
    return { ...proof, chain: fail('CERT_PREVIOUS', { spec, params: { reason } }), status: 'fail' };
  }
  const before = [...ancestors].map((place) => own[place] as VerifiedProof);
  if (before.length === 0) return proof;
  const status = combine(before.map(({ signature }) => signature.status));
  const broken = before.find((each) => each.signature.status === status);
  const params = {
    count: before.length,
    reason:
      status === 'pass' ? '' : `Proof ${(broken?.index ?? 0) + 1} ${status === 'fail' ? 'does not hold' : 'is open'}.`,
  };
  const chain: Check = { code: 'CERT_PREVIOUS', status, spec, params };
  return { ...proof, chain, status: combine([proof.signature.status, status]) };
}

/** The headers (VC-DI-ECDSA §3.5.3, VC-DI-BBS §3.2) say whether a selective proof is its issuer's own, which is for its holder and shows everything. */
function coverOf(proof: JsonObject, suite: string): VerifiedProof['covers'] {
  if (suite !== 'ecdsa-sd-2023' && suite !== 'bbs-2023') return 'document';
  return /^u2V0[AC]/.test(text(proof, 'proofValue') ?? '') ? 'issued' : 'disclosed';
}

function suiteOf(proof: JsonObject): string {
  const type = text(proof, 'type') ?? '';
  return ((type === 'DataIntegrityProof' ? text(proof, 'cryptosuite') : undefined) ?? type).slice(0, 64);
}
