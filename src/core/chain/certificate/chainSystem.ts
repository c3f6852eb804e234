import { moment } from '../../certificate/moment.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import type { CertificateSystem, SystemJudgement } from '../../certificate/system.ts';
import type { Context } from '../../kinds/kind.ts';
import { affidavitType } from '../../kinds/content.ts';
import { rootFromInclusion } from '../../merkle/inclusion.ts';
import { withoutRange } from '../../trust/validRange.ts';
import type { ChainPin, PublicJwk } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, planned, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { labelsOf, nitroRootsOf, openChain, partNotPinned, type ChainContext } from '../chainContext.ts';
import { parseEquivocation } from '../equivocation/checker.ts';
import { judgeChain, judgeNotPinned, meets, planChain } from '../judgeChain.ts';
import { addAttestation, concludeOmc } from '../omc.ts';
import { commitToRoot, transactionHash, transactionLeaf } from '../tree.ts';
import { verifyAttestation } from '../verifyAttestation.ts';
import { parseChainCertificate, type ChainCertificate } from './chainCertificate.ts';
import { readTranscript, type ReadTranscript } from './readTranscript.ts';

/** Certificates of the chain: judged as an audit of their transcript under the checker's own pins (CHAIN.md 30). */
export const chainSystem: CertificateSystem = {
  plan: (_certificate, context) => [
    { code: 'CERTIFICATE_CLAIM' },
    { code: 'CERTIFICATE_IDENTITY' },
    ...proofPlan(context.trust.chains?.[0] ?? { name: '' }),
  ],
  check: async (envelope, context) => {
    let certificate: ChainCertificate;
    try {
      certificate = parseChainCertificate(envelope);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return undecided([fail('CERTIFICATE_CLAIM', { params: { reason: error.message }, spec: 'CHAIN.md 29' })]);
    }
    const read = pass('CERTIFICATE_CLAIM', { spec: 'CHAIN.md 29' });
    const { claim, proof } = certificate;
    const pin = context.trust.chains?.find((chain) => chain.genesis === claim.genesis);
    const details = { claim, anchors: certificate.anchors, blocks: proof.transcript.length };
    const open = (checks: readonly Check[]): SystemJudgement => ({ ...undecided([read, ...checks]), details });
    if (!pin) {
      const params = { genesis: claim.genesis };
      return open([
        unknown('CERTIFICATE_IDENTITY', { params, spec: 'DESIGN §3.2' }),
        ...planned(proofPlan({ name: '' })),
      ]);
    }
    const part = partNotPinned(pin);
    if (part) return open(judgeNotPinned(part));
    if (claim.sequencerKey !== pin.sequencerKey) {
      return open([
        fail('CERTIFICATE_IDENTITY', { params: { chain: pin.name, part: 'sequencer key' }, spec: 'CHAIN.md 30' }),
      ]);
    }
    return judge(certificate, envelope.labels, pin, context, read);
  },
};

function proofPlan(pin: ChainPin): Plan[] {
  return [
    { code: 'CERTIFICATE_TRANSCRIPT' },
    ...planChain(pin, false),
    { code: 'CERTIFICATE_BLOCK' },
    { code: 'CERTIFICATE_INCLUSION' },
    { code: 'CERTIFICATE_TIMES' },
    { code: 'CERTIFICATE_ANCHORS' },
    { code: 'CERTIFICATE_LABELS' },
  ];
}

function undecided(checks: readonly Check[]): SystemJudgement {
  return { checks, labels: [], at: null, details: undefined };
}

async function judge(
  certificate: ChainCertificate,
  labels: readonly string[],
  pinned: ChainPin,
  context: Context,
  read: Check,
): Promise<SystemJudgement> {
  const { claim, proof } = certificate;
  const pin = pinFor(pinned, proof.from, proof.transcript.length);
  const chain = await openChain(pin);
  const start =
    proof.from > 0 && pin.checkpoint
      ? { genesis: claim.genesis, checkpoint: pin.checkpoint }
      : { genesis: claim.genesis };
  const total = proof.transcript.length;
  const transcript = await readTranscript(
    chain,
    proof,
    start,
    (done) => context.onProgress?.({ done, total, unit: 'blocks' }),
    context,
  );
  await addContradictions(chain, transcript, context);
  const result = concludeOmc(transcript.state);
  const evidence = { pin, state: transcript.state, result };
  const own = { ...transcript, result };
  const at = result.main.some((block) => block.block === proof.block) ? claim.before * 1000 : null;
  const expected = await expectedLabels(pin, transcript, proof.from);
  const checks = [
    read,
    pass('CERTIFICATE_IDENTITY', { params: { chain: pin.name }, spec: 'CHAIN.md 30' }),
    checkTranscript(own, total),
    ...judgeChain(evidence),
    checkBlock(certificate, own),
    checkInclusion(certificate, own),
    checkTimes(certificate, own, pin),
    checkAnchors(certificate, own, pin),
    checkLabels(labels, expected),
    ...checkFile(claim.hash, context),
  ];
  const details = {
    claim,
    anchors: certificate.anchors,
    chain: pin.name,
    blocks: total,
    through: proof.from + total - 1,
    skewSeconds: pin.skewSeconds ?? 0,
    leaves: proof.leaves,
    path: proof.path,
    block: proof.block,
    mainChain: result.main,
    forks: result.forks,
  };
  return { checks, labels: expected, at, details };
}

/** A checkpoint beyond the transcript of a certificate that starts at block zero has nothing to say about it. */
function pinFor(pin: ChainPin, from: number, count: number): ChainPin {
  const { checkpoint, ...rest } = pin;
  return from === 0 && checkpoint && checkpoint.k >= count ? rest : pin;
}

/** A proof of equivocation given beside the certificate rejects it (DESIGN §6). */
async function addContradictions(chain: ChainContext, transcript: ReadTranscript, context: Context): Promise<void> {
  for (const companion of context.companions) {
    if (affidavitType(companion) !== 'equivocation/1') continue;
    for (const document of documentsOf(companion.text ?? '')) {
      const attestation = await verifyAttestation(chain, document);
      if (!attestation.ok) continue;
      const { sequence, signatures } = attestation;
      addAttestation(transcript.state, {
        k: sequence.k,
        sequences: [],
        strays: [sequence],
        junk: [],
        shards: [],
        signatures,
      });
    }
  }
}

function documentsOf(text: string): readonly Uint8Array[] {
  try {
    return parseEquivocation(text).documents;
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function checkTranscript({ invalid }: ReadTranscript, count: number): Check {
  const spec = 'CHAIN.md 29, 30';
  if (invalid) return fail('CERTIFICATE_TRANSCRIPT', { params: { ...invalid }, spec });
  if (count === 0) return unknown('CERTIFICATE_TRANSCRIPT', { spec });
  return pass('CERTIFICATE_TRANSCRIPT', { params: { count }, spec });
}

function checkBlock({ claim, proof }: ChainCertificate, { result }: ReadTranscript): Check {
  const spec = 'patent figure 7; CHAIN.md 28';
  const block = result.main.find((candidate) => candidate.block === proof.block);
  const params = { height: claim.height, k: block?.k ?? null };
  // Nothing in block zero has a timestamp before it, so nothing there gets a certificate.
  if (block)
    return (block.height === claim.height && claim.height > 0 ? pass : fail)('CERTIFICATE_BLOCK', { params, spec });
  const followed = (result.main.at(-1)?.height ?? -1) >= claim.height || result.stop.reason === 'end as shown';
  return (followed ? fail : unknown)('CERTIFICATE_BLOCK', { params, spec });
}

function checkInclusion({ claim, proof }: ChainCertificate, { blocks }: ReadTranscript): Check {
  const params = { leaf: claim.leaf, leaves: proof.leaves };
  const spec = 'RFC 6962 §2.1.1; DESIGN §5';
  const block = [...blocks.values()].find((candidate) => candidate.block === proof.block);
  if (!block) return fail('CERTIFICATE_INCLUSION', { params, spec });
  try {
    const leaf = transactionLeaf(fromHex(claim.hash));
    const root = rootFromInclusion(leaf, claim.leaf, proof.leaves, proof.path.map(fromHex));
    const same = root !== undefined && toHex(commitToRoot(root, proof.leaves)) === block.merkle;
    return (same ? pass : fail)('CERTIFICATE_INCLUSION', { params, spec });
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError)
      return fail('CERTIFICATE_INCLUSION', { params, spec });
    throw error;
  }
}

function checkTimes({ claim, proof }: ChainCertificate, { result }: ReadTranscript, pin: ChainPin): Check {
  const spec = 'CHAIN.md 13';
  const index = result.main.findIndex((candidate) => candidate.block === proof.block);
  const own = result.main[index];
  const preceding = result.main[index - 1];
  if (!own || !preceding) return unknown('CERTIFICATE_TIMES', { spec });
  const signedAfter = Math.min(own.time, preceding.time);
  const signedBefore = Math.max(own.time, preceding.time);
  const params = {
    after: moment(claim.after),
    before: moment(claim.before),
    signedAfter: moment(signedAfter),
    signedBefore: moment(signedBefore),
    skew: pin.skewSeconds ?? 0,
  };
  const same = claim.after === signedAfter && claim.before === signedBefore;
  return (same ? pass : fail)('CERTIFICATE_TIMES', { params, spec });
}

/** The list helps to pin, so a shortened or exchanged one would mislead: it must name what was used, and nothing else. */
function checkAnchors({ claim, anchors }: ChainCertificate, transcript: ReadTranscript, pin: ChainPin): Check {
  const spec = 'DESIGN §6; CHAIN.md 29';
  const part = anchorsFault(claim.genesis, anchors, transcript, pin);
  return part ? fail('CERTIFICATE_ANCHORS', { params: { part }, spec }) : pass('CERTIFICATE_ANCHORS', { spec });
}

function anchorsFault(
  genesis: string,
  anchors: ChainPin,
  transcript: ReadTranscript,
  pin: ChainPin,
): string | undefined {
  if (anchors.genesis !== genesis) return 'genesis';
  if (anchors.sequencerKey !== pin.sequencerKey) return 'sequencerKey';
  for (const member of ['issuer', 'audience', 'domain', 'claim', 'tokenUse'] as const) {
    if (anchors.timestamp?.[member] !== pin.timestamp?.[member]) return `timestamp.${member}`;
  }
  const listed = anchors.timestamp?.jwks?.keys ?? [];
  const pinnedKeys = pin.timestamp?.jwks?.keys ?? [];
  const sameKey = (key: PublicJwk) =>
    pinnedKeys.some((other) => canonicalJson(withoutRange(other)) === canonicalJson(key));
  if (!listed.every(sameKey) || ![...transcript.kids].every((kid) => listed.some((key) => key.kid === kid))) {
    return 'timestamp.jwks';
  }
  const roots = nitroRootsOf(pin);
  const used = [...transcript.roots].map((index) => roots[index] as Uint8Array);
  const listedRoots = nitroRootsOf(anchors);
  const holds = (all: readonly Uint8Array[], one: Uint8Array) => all.some((other) => equalBytes(other, one));
  if (listedRoots.length !== used.length || !used.every((root) => holds(listedRoots, root))) return 'nitroRoots';
  const measurements = anchors.measurements ?? [];
  const documents = [...transcript.state.numbers.values()].flatMap(({ sequences }) => sequences);
  const needed = (pin.measurements ?? []).length > 0;
  if (needed && !documents.every((document) => meets(document, measurements))) return 'measurements';
  if (!measurements.every((one) => documents.some((document) => meets(document, [one])))) return 'measurements';
  return undefined;
}

/** What must be said of the evidence: from what it was judged under, not from what the file says. */
async function expectedLabels(pin: ChainPin, transcript: ReadTranscript, from: number): Promise<string[]> {
  const { checkpoint: _, ...rest } = pin;
  const keys = (pin.timestamp?.jwks?.keys ?? []).filter((key) => transcript.kids.has(key.kid ?? ''));
  const labels = await labelsOf({ ...rest, timestamp: { ...pin.timestamp, jwks: { keys } } });
  return from > 0 ? [...labels, 'from checkpoint'].sort() : labels.sort();
}

function checkLabels(labels: readonly string[], expected: readonly string[]): Check {
  const found = labels.filter((label) => label !== 'earlier trees unread');
  const params = { expected: expected.join(', ') || 'none', found: found.join(', ') || 'none' };
  const same = params.expected === params.found;
  return (same ? pass : fail)('CERTIFICATE_LABELS', { params, spec: 'DESIGN §3.5, §6' });
}

/**
 * The recorded file among the companions: as it is, or its digest (DESIGN §3.6). Companions that are evidence themselves may be there for another
 * reason, so only that none of the others is it fails.
 */
function checkFile(hash: string, context: Context): Check[] {
  const files = context.companions.filter((companion) => affidavitType(companion) === undefined);
  for (const { name, fileBytes } of context.companions) {
    const spec = 'DESIGN §3.6';
    if (toHex(transactionHash(fileBytes)) === hash)
      return [pass('CERTIFICATE_FILE', { params: { name, how: '' }, spec })];
    if (toHex(transactionHash(sha3(fileBytes))) === hash) {
      return [pass('CERTIFICATE_FILE', { params: { name, how: ' (by its digest)' }, spec })];
    }
  }
  if (files.length === 0) return [];
  return [fail('CERTIFICATE_FILE', { params: { count: files.length }, spec: 'DESIGN §3.6' })];
}
