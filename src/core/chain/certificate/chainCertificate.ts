import { isHex } from '../../bytes/hex.ts';
import type { JsonValue } from '../../bytes/json.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { readMembers, type Certificate } from '../../certificate/envelope.ts';
import { parseTrust } from '../../trust/parseTrust.ts';
import type { ChainPin } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import type { PackedTranscript } from '../transcript/transcript.ts';

/** The patent's certificate ⟨b₀, K_S, H(d), t̲, t⟩ with the place in the order (CHAIN.md 29). */
export interface ChainClaim {
  readonly genesis: string;
  /** base64url of the SPKI. */
  readonly sequencerKey: string;
  /** H(d), hex. */
  readonly hash: string;
  /** The lesser and the greater of the two `iat`, seconds since 1970 (CHAIN.md 13). */
  readonly after: number;
  readonly before: number;
  readonly height: number;
  readonly leaf: number;
}

/** How the claim is shown: the block's hash, the inclusion proof, and all tuples up to the block's number. */
export interface ChainProof extends PackedTranscript {
  /** H(b), hex. */
  readonly block: string;
  /** Leaves of the block's tree. */
  readonly leaves: number;
  /** Sibling hashes from leaf to root, hex (RFC 6962 §2.1.1). */
  readonly path: readonly string[];
}

export interface ChainCertificate {
  readonly claim: ChainClaim;
  readonly proof: ChainProof;
  /** The chain's identity and the pins that were used, as an entry of a trust file without name and buckets. */
  readonly anchors: ChainPin;
}

/** The name under which a certificate's anchors are read; they carry none, because a name would be free text. */
export const anchorsName = 'as the certificate lists it';

/**
 * Reads the chain's parts of an envelope; only their form, nothing is verified.
 * @throws FormatError that names the field.
 */
export function parseChainCertificate(certificate: Certificate): ChainCertificate {
  const subject = readMembers('Field subject', certificate.subject, ['hash']);
  const claim = readMembers('Field claim', certificate.claim, [
    'after',
    'before',
    'genesis',
    'hash',
    'height',
    'leaf',
    'sequencerKey',
  ]);
  const proof = readMembers('Field proof', certificate.proof, [
    'block',
    'certificates',
    'documents',
    'from',
    'leaves',
    'path',
    'tokens',
    'transcript',
  ]);
  const parsed = {
    claim: {
      genesis: hash('claim.genesis', claim.genesis),
      sequencerKey: text('claim.sequencerKey', claim.sequencerKey),
      hash: hash('claim.hash', claim.hash),
      after: integer('claim.after', claim.after),
      before: integer('claim.before', claim.before),
      height: integer('claim.height', claim.height),
      leaf: integer('claim.leaf', claim.leaf),
    },
    proof: {
      block: hash('proof.block', proof.block),
      leaves: integer('proof.leaves', proof.leaves),
      path: list('proof.path', proof.path, hash),
      from: integer('proof.from', proof.from),
      transcript: list('proof.transcript', proof.transcript, (what, value) => {
        const entry = readMembers(what, value, ['a', 'b', 't']);
        return { a: text(`${what}.a`, entry.a), b: text(`${what}.b`, entry.b), t: text(`${what}.t`, entry.t) };
      }),
      certificates: list('proof.certificates', proof.certificates, text),
      documents: list('proof.documents', proof.documents, (what, value) => list(what, value, text)),
      tokens: list('proof.tokens', proof.tokens, (what, value) => {
        const form = readMembers(what, value, ['pieces', 'signature']);
        return {
          pieces: list(`${what}.pieces`, form.pieces, text),
          signature: integer(`${what}.signature`, form.signature),
        };
      }),
    },
    anchors: parseAnchors(certificate.anchors),
  };
  if (subject.hash !== parsed.claim.hash) {
    throw new FormatError('Field subject.hash: the hash of the claim was expected, found another one.', 0);
  }
  return parsed;
}

function parseAnchors(anchors: JsonValue): ChainPin {
  const members = readMembers(
    'Field anchors',
    anchors,
    ['genesis', 'measurements', 'nitroRoots', 'sequencerKey', 'skewSeconds', 'timestamp'],
    ['nitroRoots'],
  );
  const trust = canonicalJson({ affidavit: 'trust/1', chains: [{ ...members, name: anchorsName }] });
  try {
    const [pin] = parseTrust(trust).chains ?? [];
    return pin as ChainPin;
  } catch (error) {
    if (error instanceof AuditorError) throw new FormatError(`Field anchors: ${error.message}`, 0);
    throw error;
  }
}

function hash(what: string, value: JsonValue | undefined): string {
  const found = text(what, value);
  if (!isHex(found, 32)) throw new FormatError(`Field ${what}: 64 lower-case hex digits were expected.`, 0);
  return found;
}

function text(what: string, value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new FormatError(`Field ${what}: a text was expected.`, 0);
  return value;
}

function integer(what: string, value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new FormatError(`Field ${what}: a whole number was expected.`, 0);
  }
  return value;
}

function list<T>(
  what: string,
  value: JsonValue | undefined,
  read: (what: string, value: JsonValue) => T,
): readonly T[] {
  if (!Array.isArray(value)) throw new FormatError(`Field ${what}: a list was expected.`, 0);
  return value.map((item, index) => read(`${what}[${index}]`, item));
}
