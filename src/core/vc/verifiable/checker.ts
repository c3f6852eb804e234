import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement } from '../../kinds/kind.ts';
import type { Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Note, type Plan } from '../../verdict/check.ts';
import { canonicalQuads, MissingContext } from '../canonicalQuads.ts';
import { certificateFile } from '../certificateText.ts';
import { checkTime } from '../checkTime.ts';
import { contextFault, contextSource, type ContextSource } from '../contextSource.ts';
import { credentialsV1 } from '../contexts/credentialsV1.ts';
import { credentialsV2 } from '../contexts/credentialsV2.ts';
import { isObject, maximumCredentialLength, parseCredential, text, texts, type Credential } from '../credential.ts';
import { issuerOf } from '../checkIssuer.ts';
import type { ShownSignature } from '../details.ts';
import { documentsBeside } from '../documentsBeside.ts';
import { hostChecker } from '../../host/checkHost.ts';
import { hostType, isHostCredential } from '../../host/hostCredential.ts';
import { verifyProofs, type VerifiedProof } from '../proof/verifyProofs.ts';
import { checkStatusEntries } from '../statusEntry.ts';
import { didDocumentOf } from './didDocumentOf.ts';

/** What the view of a credential draws. Plain JSON. */
export interface VerifiableDetails {
  readonly issuer: string | null;
  readonly issuerName: string | null;
  readonly types: readonly string[];
  readonly subject: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly proofs: readonly ShownSignature[];
  /** The JSON as it stands, cut where it is long. */
  readonly json: string;
  readonly offered?: Trust;
  readonly used: Trust;
}

const shown = 65_536;

/** Credentials of the W3C whose proofs are signatures; those of hosts are judged by what is asked of hosts. */
export const verifiableChecker: Checker = {
  plan: (content, context) => {
    const host = hostsOwn(content);
    return host ? hostChecker.plan(host, context) : plan(content);
  },
  check: (content, context) => {
    const host = hostsOwn(content);
    return host ? hostChecker.check(host, context) : check(content, context);
  },
};

/**
 * What is a host's, by its type alone: whatever strangers put among its proofs is for the judge of hosts. However it is written: a type with an escape in it, white space
 * behind it or a PDF around it must not lead to the judge of other credentials, who asks for no validators.
 */
function hostsOwn(content: Content): Content | undefined {
  const file = certificateFile(content);
  if (file === undefined || 'fault' in file || file.text.length > maximumCredentialLength) return undefined;
  const { text: source } = file;
  if (!source.includes(hostType) && !source.includes('\\u')) return undefined;
  try {
    return isHostCredential(parseJson(source, { maximumDepth: 32 })) ? { ...content, text: source } : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function open(content: Content): { readonly credential: Credential; readonly text: string } | FormatError {
  try {
    const file = certificateFile(content);
    if (file === undefined) throw new FormatError('Credential: expected a JSON object, found something else.', 0);
    if ('fault' in file) throw file.fault;
    return { credential: parseCredential(file.text, { proofContexts: true, unsigned: true }), text: file.text };
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

function plan(content: Content): readonly Plan[] {
  const found = open(content);
  const credential = found instanceof FormatError ? undefined : found.credential;
  const ofProof = (proof: JsonObject): readonly Plan[] => [
    { code: 'CERT_SIGNATURE' },
    ...(proof['previousProof'] === undefined ? [] : [{ code: 'CERT_PREVIOUS' as const }]),
  ];
  const proofs = credential?.proofs ?? [];
  const [only] = proofs;
  return [
    { code: 'CERT_FORM' },
    { code: 'CERT_CONTEXT' },
    ...(proofs.length > 1
      ? proofs.map((proof) => ({ code: 'CERT_PROOF' as const, children: ofProof(proof) }))
      : only
        ? ofProof(only)
        : [{ code: 'CERT_UNSIGNED' as const }]),
    { code: 'CERT_COVERAGE' },
    { code: 'CERT_ISSUER' },
    ...(credential?.json['credentialStatus'] === undefined ? [] : [{ code: 'CERT_REVOCATION' as const }]),
    ...(credential && checkTime(credential, 0) ? [{ code: 'CERT_TIME' as const }] : []),
  ];
}

async function check(content: Content, context: Context): Promise<Judgement> {
  const at = context.givenTime ?? context.now;
  const base = { at, timeSource: context.givenTime === undefined ? ('now' as const) : ('given' as const), labels: [] };
  const found = open(content);
  if (found instanceof FormatError) {
    const reason = 'The credential could not be read.';
    const rest = plan(content).slice(1);
    return {
      ...base,
      checks: [
        fail('CERT_FORM', { params: { reason: found.message } }),
        ...rest.map(({ code }) => unknown(code, { params: { reason } })),
      ],
    };
  }
  const { credential } = found;
  const documents = documentsBeside(context.companions);
  const addresses = credential.contexts.filter((entry) => typeof entry === 'string');
  const source = contextSource(context, addresses);
  const keys = { trust: context.trust, beside: documents, at, signal: context.signal };
  const proofs = await verifyProofs(credential.json, { ...keys, source });
  const issuer = checkIssuer(credential, proofs, context.trust);
  const status = await checkStatusEntries(credential.json, {
    ...keys,
    documents,
    issuer: issuerOf(credential).id,
    source: (named) => contextSource(context, named),
  });
  const time = checkTime(credential, at);
  return {
    ...base,
    checks: [
      pass('CERT_FORM', { params: { proofs: proofs.length } }),
      checkContexts(credential, source, proofs),
      ...proofChecks(proofs),
      await checkCovered(credential, source, proofs, context.signal),
      issuer.check,
      ...(status ? [status.check] : []),
      ...(time ? [time] : []),
    ],
    details: describe(credential, found.text, proofs, issuer, context.trust),
  };
}

function proofChecks(proofs: readonly VerifiedProof[]): readonly Check[] {
  const of = ({ signature, chain }: VerifiedProof): readonly Check[] => [signature, ...(chain ? [chain] : [])];
  const [only] = proofs;
  if (!only) {
    return [unknown('CERT_UNSIGNED')];
  }
  if (proofs.length === 1) return of(only);
  return proofs.map((proof) =>
    all('CERT_PROOF', of(proof), { params: { number: proof.index + 1, suite: proof.suite } }),
  );
}

const overJson = /-jcs-/;

/** Words mean what contexts say. A suite over plain JSON signs the contexts' addresses with the rest, and reads none of them. */
function checkContexts(credential: Credential, source: ContextSource, proofs: readonly VerifiedProof[]): Check {
  const spec = 'Verifiable Credentials Data Model 2.0 §4.3; JSON-LD 1.1 §4.1';
  const { contexts } = credential;
  const [first] = contexts;
  const params = { count: contexts.length };
  if (first !== credentialsV1.address && first !== credentialsV2.address) {
    return fail('CERT_CONTEXT', {
      spec,
      params: { ...params, reason: `Its first context is not ${credentialsV2.address}.` },
    });
  }
  // A pinned context is the person's own choice, whatever it does.
  const free = contexts.filter((entry) => typeof entry !== 'string' || source.find(entry)?.origin === 'beside');
  const fault = contextFault({ ...credential, contexts: [first, ...free] }, source, { required: [] });
  if (fault !== undefined) return fail('CERT_CONTEXT', { spec, params: { ...params, reason: fault } });
  const missing = contexts.find((entry) => typeof entry === 'string' && !source.find(entry));
  if (typeof missing === 'string' && !(proofs.length > 0 && proofs.every(({ suite }) => overJson.test(suite)))) {
    return unknown('CERT_CONTEXT', { spec, params: { ...params, address: missing } });
  }
  const notes: Note[] = free.length > 0 ? [{ code: 'CERT_OWN_CONTEXT', params: { count: free.length } }] : [];
  return pass('CERT_CONTEXT', { spec, params, ...(notes.length > 0 ? { notes } : {}) });
}

/** Suites of Data Integrity refuse what no context maps; the older one leaves it out, so it is looked for here. */
async function checkCovered(
  { json }: Credential,
  source: ContextSource,
  proofs: readonly VerifiedProof[],
  signal: AbortSignal | undefined,
): Promise<Check> {
  const spec = 'Verifiable Credential Data Integrity 1.0 §2.4.1, §5.11';
  const holds = proofs.filter(({ status }) => status === 'pass');
  if (holds.length === 0) {
    return unknown('CERT_COVERAGE', { spec, params: { reason: 'No signature is known to hold.' } });
  }
  const partly = holds.every(({ covers }) => covers === 'disclosed');
  const notes: Note[] = partly ? [{ code: 'CERT_DISCLOSED' }] : [];
  if (holds.every(({ suite }) => suite === 'EcdsaSecp256k1Signature2019')) {
    const { proof: _, ...document } = json;
    try {
      await canonicalQuads(document, source, signal, { safe: true });
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof MissingContext)) throw error;
      const reason = 'It has members that no context maps; the signature leaves these out.';
      return unknown('CERT_COVERAGE', { spec, params: { reason } });
    }
  }
  return pass('CERT_COVERAGE', { spec, params: { covered: 'all' }, ...(notes.length > 0 ? { notes } : {}) });
}

interface IssuerFound {
  readonly check: Check;
  readonly offered?: Trust;
  readonly used?: Trust;
}

/** The issuer is trusted where the person pinned its document, and that lists the key of a proof that holds. A DID that is a key says nothing about who has it. */
function checkIssuer(credential: Credential, proofs: readonly VerifiedProof[], trust: Trust): IssuerFound {
  const spec = 'Verifiable Credentials Data Model 2.0 §4.7; Controlled Identifiers 1.0 §2.3';
  const { id } = issuerOf(credential);
  if (id === undefined) return { check: fail('CERT_ISSUER', { spec, params: { reason: 'It names no issuer.' } }) };
  const params = { issuer: id };
  const isDid = id.startsWith('did:');
  const from = isDid ? trust.dids : trust.contexts;
  const pinned = from && Object.hasOwn(from, id) ? (from[id] as JsonValue) : undefined;
  const holding = proofs.filter(({ status }) => status === 'pass');
  const make = (status: 'unknown' | 'fail', reason: string) =>
    (status === 'fail' ? fail : unknown)('CERT_ISSUER', { spec, params: { ...params, reason } });
  if (isObject(pinned)) {
    const used: Trust = isDid ? { dids: { [id]: pinned } } : { contexts: { [id]: pinned } };
    if (holding.some((proof) => speaksFor(proof, id, pinned))) {
      return { check: pass('CERT_ISSUER', { spec, params: { ...params, by: 'document' } }), used };
    }
    return holding.length > 0 || proofs.length === 0
      ? {
          check: make('fail', 'None of its proofs that hold is by a key that the issuer’s pinned document lists.'),
          used,
        }
      : { check: make('unknown', 'None of its proofs is known to hold.'), used };
  }
  const own = holding.find(({ controller }) => controller === id);
  if (!own) {
    const by = holding[0]?.controller;
    const reason = by
      ? `It is signed by ${by}; that it speaks for the issuer ${id} is said nowhere.`
      : 'None of its proofs is known to hold.';
    return { check: make('unknown', reason) };
  }
  const document = didDocumentOf(own);
  return {
    check: make(
      'unknown',
      `It is signed with the key of ${id}, which you have not pinned: anyone can make such a key.`,
    ),
    ...(document && isDid ? { offered: { dids: { [id]: document } } } : {}),
  };
}

/** Its own key, or one of another that it lets speak for it. */
function speaksFor({ controller, key, method }: VerifiedProof, issuer: string, document: JsonObject): boolean {
  if (controller === issuer) return key?.origin === 'pinned';
  const listed = document['assertionMethod'];
  return method !== null && key?.origin !== 'beside' && texts(listed).includes(method);
}

function describe(
  { json, types }: Credential,
  whole: string,
  proofs: readonly VerifiedProof[],
  { offered, used }: IssuerFound,
  trust: Trust,
): VerifiableDetails {
  const issuer = json['issuer'];
  const subject = json['credentialSubject'];
  const contexts = (Array.isArray(json['@context']) ? json['@context'] : [json['@context']]).filter(
    (each): each is string => typeof each === 'string' && trust.contexts?.[each] !== undefined,
  );
  const pinned = Object.fromEntries(contexts.map((each) => [each, trust.contexts?.[each]]));
  return {
    issuer: (typeof issuer === 'string' ? issuer : isObject(issuer) ? text(issuer, 'id') : undefined) ?? null,
    issuerName: (isObject(issuer) ? text(issuer, 'name') : undefined) ?? null,
    types,
    subject: (isObject(subject) ? text(subject, 'id') : undefined) ?? null,
    from: text(json, 'validFrom') ?? text(json, 'issuanceDate') ?? null,
    until: text(json, 'validUntil') ?? text(json, 'expirationDate') ?? null,
    proofs: proofs.map(({ signature: _, chain: __, ...proof }) => proof),
    json: whole.length <= shown ? whole : `${whole.slice(0, shown)}…`,
    ...(offered ? { offered } : {}),
    used: {
      ...used,
      ...(contexts.length > 0 || used?.contexts ? { contexts: { ...pinned, ...used?.contexts } } : {}),
    },
  };
}
