import { toHex } from '../../bytes/hex.ts';
import { sealCertificate } from '../../certificate/envelope.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { readContent } from '../../kinds/content.ts';
import { inclusionProof } from '../../merkle/inclusion.ts';
import { parseJwt } from '../../jwt/parse.ts';
import { parseNitroDocument } from '../../tee/nitro/parse.ts';
import { withoutRange } from '../../trust/validRange.ts';
import type { ChainPin, Measurement } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { combine } from '../../verdict/status.ts';
import { walk } from '../../verdict/check.ts';
import { certificateChecker } from '../../certificate/checker.ts';
import { parseBlock, blockHash, timestampHash } from '../block.ts';
import { labelsOf, nitroRootsOf, openChain } from '../chainContext.ts';
import { meets } from '../judgeChain.ts';
import { parseSequence } from '../sequence.ts';
import { packTranscript, type PartsOf, type TranscriptEntry } from '../transcript/transcript.ts';
import { transactionLeaf } from '../tree.ts';
import { verifyAttestation } from '../verifyAttestation.ts';

/** What a certificate is made from: found by an audit, read again from the buckets. */
export interface CertificateRequest {
  readonly pin: ChainPin;
  /** H(d), hex. */
  readonly hash: string;
  /** Of the block that holds it: never 0. */
  readonly height: number;
  /** H(d) of every leaf of that block in order, 32 bytes each. */
  readonly transactions: Uint8Array;
  /** Every valid tuple up to that block's number, forks included, in order of k from block zero or from the pinned checkpoint. */
  readonly entries: readonly TranscriptEntry[];
  /** Trees of earlier main-chain blocks could not be read, so an earlier record of the same d may exist (CHAIN.md 28). */
  readonly earlierTreesUnread: boolean;
}

/**
 * `makeCertificate` (patent figure 7) as a file: the claim ⟨b₀, K_S, H(d), t̲, t⟩, its proof and what a verifier must have pinned. The
 * finished file is judged before it is given out, under the same pins.
 * @throws AuditorError (internal) when what was asked for does not give a certificate that verifies.
 */
export async function makeCertificate(request: CertificateRequest): Promise<string> {
  const { pin, hash, height, entries } = request;
  const last = entries.at(-1);
  if (!last) throw refuse('there are no blocks');
  const leaves = split(request.transactions);
  const leaf = leaves.findIndex((transaction) => toHex(transaction) === hash);
  if (leaf < 0) throw refuse('the block does not hold the record');
  const { parent } = parseBlock(last.block);
  const preceding = entries.find((entry) => toHex(timestampHash(entry.timestamp)) === toHex(parent));
  if (!preceding) throw refuse('the timestamp before the block is not among the entries');
  const times = [timeOf(preceding.timestamp), timeOf(last.timestamp)];
  const packed = packTranscript(entries, partsOf);
  const { anchors, labels } = await anchorsOf(pin, entries);
  if (packed.from > 0) labels.push('from checkpoint');
  if (request.earlierTreesUnread) labels.push('earlier trees unread');
  const text = sealCertificate({
    affidavit: 'certificate/1',
    system: 'chain',
    subject: { hash },
    claim: {
      genesis: pin.genesis as string,
      sequencerKey: pin.sequencerKey as string,
      hash,
      after: Math.min(...times),
      before: Math.max(...times),
      height,
      leaf,
    },
    proof: {
      block: toHex(blockHash(last.block)),
      leaves: leaves.length,
      path: inclusionProof(leaves.map(transactionLeaf), leaf).map(toHex),
      ...packed,
    } as unknown as JsonObject,
    anchors,
    labels: labels.sort(),
  });
  await refuseUnverified(text, pin);
  return text;
}

/** The parts of a genuine document that differ from one to the next; undefined for what cannot be read so. */
export const partsOf: PartsOf = (bytes) => {
  try {
    const document = parseNitroDocument(bytes);
    const { g } = parseSequence(document.userData ?? new Uint8Array(0));
    return {
      certificates: [document.certificate, ...document.cabundle],
      time: document.timestamp,
      g,
      signature: document.cose.signature.bytes,
    };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
};

/** What was used of the pins, and nothing else: the identity, the keys and roots that signed, the measurements that were met. */
async function anchorsOf(
  pin: ChainPin,
  entries: readonly TranscriptEntry[],
): Promise<{ readonly anchors: JsonObject; readonly labels: string[] }> {
  const context = await openChain(pin);
  const kids = new Set<unknown>();
  const roots = new Set<number>();
  const measurements = new Set<Measurement>();
  for (const entry of entries) {
    kids.add(parseJwt(entry.timestamp).header.kid);
    const attestation = await verifyAttestation(context, entry.document);
    if (!attestation.ok) throw refuse(`number ${entry.k} is not valid: ${attestation.reason}`);
    roots.add(attestation.root);
    const met = pin.measurements?.find((measurement) => meets(attestation.sequence, [measurement]));
    if (met) measurements.add(met);
  }
  // When the verifier trusts a key is the verifier's own to say.
  const keys = (pin.timestamp?.jwks?.keys ?? []).filter((key) => kids.has(key.kid)).map(withoutRange);
  const pems = pin.nitroRoots?.filter((_, index) => roots.has(index)) ?? [];
  const used: Omit<ChainPin, 'name'> = {
    genesis: pin.genesis as string,
    sequencerKey: pin.sequencerKey as string,
    measurements: [...measurements],
    ...(pems.length > 0 ? { nitroRoots: pems } : {}),
    timestamp: { ...pin.timestamp, jwks: { keys } },
    skewSeconds: pin.skewSeconds ?? 0,
  };
  if (pems.length === 0 && nitroRootsOf(pin).length !== roots.size) throw refuse('no root was used');
  return { anchors: used as unknown as JsonObject, labels: await labelsOf({ name: pin.name, ...used }) };
}

async function refuseUnverified(text: string, pin: ChainPin): Promise<void> {
  const content = readContent('certificate', new TextEncoder().encode(text));
  const { checks } = await certificateChecker.check(content, { trust: { chains: [pin] }, now: 0, companions: [] });
  if (combine(checks.map((check) => check.status)) === 'pass') return;
  const failing = [...walk(checks)].filter((check) => check.status !== 'pass').map((check) => check.code);
  throw refuse(`the certificate made would not verify (${failing.join(', ')})`);
}

function timeOf(jwt: string): number {
  return Number(parseJwt(jwt).payload.iat);
}

function split(hashes: Uint8Array): Uint8Array[] {
  return Array.from({ length: hashes.length / 32 }, (_, index) => hashes.subarray(index * 32, index * 32 + 32));
}

function refuse(reason: string): AuditorError {
  return new AuditorError('internal', 'CERTIFICATE_MAKE', `No certificate can be made: ${reason}.`);
}
