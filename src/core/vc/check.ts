import { equalBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import type { JsonObject } from '../bytes/json.ts';
import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Code, type Plan } from '../verdict/check.ts';
import { gatherAnchorEvidence, type AnchorEvidence } from './anchorEvidence.ts';
import { canonicalQuads, MissingContext, quadsHash } from './canonicalQuads.ts';
import { certificateFile } from './certificateText.ts';
import { checkCoverage } from './checkCoverage.ts';
import { checkIssuer, issuerOf } from './checkIssuer.ts';
import { checkLedger, type LedgerJudged } from './checkLedger.ts';
import { checkRevocation } from './checkRevocation.ts';
import { checkTime } from './checkTime.ts';
import { contextFault, contextSource, type ContextSource } from './contextSource.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { parseCredential, signedPart, type Credential } from './credential.ts';
import { describe } from './describe.ts';
import { documentsBeside } from './documentsBeside.ts';
import type { Flavour } from './flavour.ts';
import { ledgerOf } from './ledgers.ts';
import { rootOfPath } from './merkleProof.ts';
import { readMoment } from './moment.ts';
import { verifyProofs, type VerifiedProof } from './proof/verifyProofs.ts';
import { previousIsThere, readProofs, type ReadProof } from './proofs.ts';

const hashSpec = 'MerkleProof2019 (lds-merkle-proof-2019) §hash; RDFC-1.0; JSON-LD 1.1';

/** Judges certificates of one kind. */
export function makeCertificateChecker(flavour: Flavour): Checker {
  return {
    plan: (content, context) => plan(content, context, flavour),
    check: (content, context) => judge(content, context, flavour),
  };
}

interface Opened {
  readonly credential: Credential;
  readonly proofs: readonly ReadProof[];
  readonly text: string;
  readonly attached: boolean;
}

/** @throws FormatError */
function openFile(content: Content): Opened {
  const file = certificateFile(content);
  if (file === undefined) throw new FormatError('Certificate: expected a JSON object, found something else.', 0);
  if ('fault' in file) throw file.fault;
  const credential = parseCredential(file.text);
  return { credential, proofs: readProofs(credential), text: file.text, attached: file.attached };
}

function opened(content: Content): Opened | FormatError {
  try {
    return openFile(content);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

const merkleCodes: readonly Code[] = ['CERT_HASH', 'CERT_MERKLE', 'CERT_ANCHOR', 'CERT_TRANSACTION', 'CERT_LEDGER'];
const plans = (codes: readonly Code[]): readonly Plan[] => codes.map((code) => ({ code }));

function plan(content: Content, { companions }: Context, flavour: Flavour): readonly Plan[] {
  const found = opened(content);
  const { credential, proofs } = found instanceof FormatError ? { credential: undefined, proofs: [] } : found;
  const ofProof = (proof: ReadProof): readonly Plan[] => [
    ...(proof.json['previousProof'] === undefined ? [] : plans(['CERT_PREVIOUS'])),
    ...plans(proof.merkle ? merkleCodes : ['CERT_SIGNATURE']),
  ];
  const [only] = proofs;
  return [
    ...plans(['CERT_FORM', 'CERT_CONTEXT']),
    ...(proofs.length === 1 && only
      ? ofProof(only)
      : proofs.length === 0
        ? plans(merkleCodes)
        : proofs.map((proof) => ({ code: 'CERT_PROOF' as const, children: ofProof(proof) }))),
    ...plans(['CERT_COVERAGE', 'CERT_ISSUER', 'CERT_REVOCATION']),
    ...(credential && checkTime(credential, 0) ? plans(['CERT_TIME']) : []),
    ...flavour.plan(credential, companions),
  ];
}

async function judge(content: Content, context: Context, flavour: Flavour): Promise<Judgement> {
  const at = context.givenTime ?? context.now;
  const base = { at, timeSource: context.givenTime === undefined ? ('now' as const) : ('given' as const) };
  const found = opened(content);
  if (found instanceof FormatError) {
    const rest = plan(content, context, flavour).slice(1);
    const unread = rest.map(({ code }) => unknown(code, { params: { reason: 'The certificate could not be read.' } }));
    return { ...base, checks: [fail('CERT_FORM', { params: { reason: found.message } }), ...unread], labels: [] };
  }
  const { credential, proofs, attached } = found;
  const documents = documentsBeside(context.companions);
  const evidence = gatherAnchorEvidence(context.companions);
  const addresses = credential.contexts.filter((entry) => typeof entry === 'string');
  const source = contextSource(context, addresses);
  const missing = addresses.filter((address) => !source.find(address));
  const contexts = checkContexts(credential, source, flavour, missing);
  const judged: JudgedProof[] = [];
  const keys = { trust: context.trust, beside: documents, source, at, signal: context.signal };
  const verified = proofs.some(({ merkle }) => !merkle) ? await verifyProofs(credential.json, keys) : [];
  for (const proof of proofs)
    judged.push(await judgeProof(proof, credential, source, evidence, verified, flavour, context));
  const last = judged.findLast(({ matched }) => matched);
  const coverage = last && (await coverageFor(last.proof, credential, source, context));
  const covered = await checkCoverage(credential, last?.proof, coverage, source, flavour, context.signal);
  const main = judged.findLast(({ proof }) => proof.merkle) ?? judged[0];
  const time = main?.ledger?.time ?? readMoment(createdOf(main?.proof.json, credential)) ?? at;
  const issuer = checkIssuer(credential, main?.proof.json, main?.ledger?.sender, time, documents, context);
  const valid = checkTime(credential, at);
  const own = flavour.check(credential, coverage, context);
  return {
    ...base,
    checks: [
      pass('CERT_FORM', {
        params: { proofs: proofs.length },
        ...(attached ? { notes: [{ code: 'CERT_PDF_PAGES' }] } : {}),
      }),
      contexts,
      ...(judged.length === 1 ? (judged[0] as JudgedProof).checks : judged.map(grouped)),
      covered,
      issuer.check,
      await checkRevocation(credential, documents, issuer, {
        trust: context.trust,
        beside: documents,
        documents,
        at,
        issuer: issuerOf(credential).id,
        source: (named) => contextSource(context, named),
        signal: context.signal,
      }),
      ...(valid ? [valid] : []),
      ...own.checks,
    ],
    labels: [...own.labels, ...judged.flatMap(({ labels }) => labels)],
    details: describe({ opened: found, judged, coverage, source, missing, issuer, flavour, trust: context.trust }),
  };
}

/** When the proof says that it was made. */
function createdOf(proof: JsonObject | undefined, { json, form }: Credential): string | undefined {
  const value = form === 'openBadge' ? json['issuedOn'] : proof?.['created'];
  return typeof value === 'string' ? value : undefined;
}

function grouped({ checks, proof }: JudgedProof): Check {
  return all('CERT_PROOF', checks, { params: { number: proof.index + 1, suite: proof.suite } });
}

function checkContexts(
  credential: Credential,
  source: ContextSource,
  flavour: Flavour,
  missing: readonly string[],
): Check {
  const spec = 'JSON-LD 1.1 §4.1';
  const fault = contextFault(credential, source, flavour.contexts(credential));
  if (fault !== undefined) return fail('CERT_CONTEXT', { spec, params: { reason: fault } });
  const [first] = missing;
  if (first !== undefined) return unknown('CERT_CONTEXT', { spec, params: { address: first, count: missing.length } });
  const foreign = credential.contexts.filter(
    (entry) => typeof entry !== 'string' || source.find(entry)?.origin !== 'built-in',
  ).length;
  const notes = foreign > 0 ? [{ code: 'CERT_OWN_CONTEXT' as const, params: { count: foreign } }] : undefined;
  return pass('CERT_CONTEXT', { spec, params: { count: credential.contexts.length }, ...(notes ? { notes } : {}) });
}

export interface JudgedProof {
  readonly proof: ReadProof;
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** The certificate hashes to the proof's target. */
  readonly matched: boolean;
  readonly computed?: string;
  /** A signature, no Merkle proof. */
  readonly verified?: VerifiedProof;
  readonly ledger?: LedgerJudged;
}

async function judgeProof(
  proof: ReadProof,
  credential: Credential,
  source: ContextSource,
  evidence: AnchorEvidence,
  verified: readonly VerifiedProof[],
  { isBloxberg }: Flavour,
  context: Context,
): Promise<JudgedProof> {
  const there = previousIsThere(proof, credential);
  const previous = there === undefined ? [] : [there ? pass('CERT_PREVIOUS') : fail('CERT_PREVIOUS')];
  const { merkle } = proof;
  if (!merkle) {
    const found = verified[proof.index] as VerifiedProof;
    const chain = found.chain ? [found.chain] : previous;
    return { proof, matched: false, labels: [], verified: found, checks: [...chain, found.signature] };
  }
  const target = toHex(merkle.target);
  const hashed = await hashOf(signedPart(credential, proof.index), source, context.signal);
  const hash = hashCheck(hashed, target);
  const reached = rootOfPath(merkle);
  const path = { steps: merkle.path.length, root: toHex(merkle.root), reached: toHex(reached) };
  const replay = equalBytes(reached, merkle.root)
    ? pass('CERT_MERKLE', { params: path })
    : fail('CERT_MERKLE', { params: path });
  const anchor = merkle.anchors[0] as (typeof merkle.anchors)[number];
  const where = ledgerOf(anchor, isBloxberg);
  const ledger = await checkLedger(anchor, where, merkle.root, evidence, context);
  return {
    proof,
    matched: hash.status === 'pass',
    ...(typeof hashed === 'string' ? { computed: hashed } : {}),
    ledger,
    labels: where?.family === 'mock' ? ['recorded nowhere'] : where?.isTest ? ['test network'] : [],
    checks: [...previous, hash, replay, ...ledger.checks],
  };
}

type Hashed = string | MissingContext | FormatError;

async function hashOf(document: JsonObject, source: ContextSource, signal?: AbortSignal): Promise<Hashed> {
  try {
    return quadsHash(await canonicalQuads(document, source, signal));
  } catch (error) {
    if (error instanceof MissingContext || error instanceof FormatError) return error;
    throw error;
  }
}

function hashCheck(hashed: Hashed, target: string): Check {
  const details = { spec: hashSpec };
  if (hashed instanceof MissingContext) {
    return unknown('CERT_HASH', { ...details, params: { target, reason: hashed.message } });
  }
  if (hashed instanceof FormatError)
    return fail('CERT_HASH', { ...details, params: { target, reason: hashed.message, computed: '' } });
  const params = { target, computed: hashed, reason: `It hashes to ${hashed}.` };
  return hashed === target ? pass('CERT_HASH', { ...details, params }) : fail('CERT_HASH', { ...details, params });
}

/** The map of fields, for the proof that covers most. A certificate that cannot be hashed after a change is not the same either. */
async function coverageFor(
  proof: ReadProof,
  credential: Credential,
  source: ContextSource,
  { signal, onProgress }: Context,
): Promise<Coverage> {
  let done = 0;
  return coverageOf(signedPart(credential, proof.index), async (document) => {
    onProgress?.({ done: done++, total: Math.max(done, 64), unit: 'fields' });
    const hashed = await hashOf(document, source, signal);
    return typeof hashed === 'string' ? hashed : undefined;
  });
}
