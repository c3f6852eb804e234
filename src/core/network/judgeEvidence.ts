import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import type { Content } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { attestationKinds } from '../task/checkAttestation.ts';
import { boundData } from '../task/documentStatement.ts';
import type { Trust } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { combine } from '../verdict/status.ts';
import { walk } from '../verdict/check.ts';
import { parseEvidence, type Evidence } from './evidenceFile.ts';
import { commitForMembership } from './membership/memberCommitment.ts';
import { measuredOf, measurementsDigest, type MeasuredPair } from './measurementsDigest.ts';
import { encodeNetworkVm, networkVmDomain, networkVmReportData } from './vmStatement.ts';

/** What a request claims, and what it is judged under: all of it on the ledger, so that every node judges the same. */
export interface EvidenceQuestion {
  readonly vmId: Hex;
  readonly measurements: Hex;
  /** The file whose digest the request names. */
  readonly bytes: Uint8Array;
  /** The criteria in force: a trust file. */
  readonly criteria: Trust;
  /** Time of the block that holds the request, milliseconds since 1970. */
  readonly at: number;
  /** Opens the commitment where the request hides its measurements: 32 bytes. */
  readonly saltKey?: Uint8Array | undefined;
}

export interface EvidenceJudged {
  readonly valid: boolean;
  /** Of the document; `unknown` where no kind of attestation knows it. */
  readonly kind: string;
  /** Why it is not valid: codes of what did not pass, or words. */
  readonly reasons: readonly string[];
}

/**
 * Whether a document holds under the criteria, speaks of this machine, and measures what the request says. Everything that is not verified is not valid: a vote knows no third
 * answer. The same input gives the same answer anywhere and at any time.
 */
export async function judgeEvidence(question: EvidenceQuestion): Promise<EvidenceJudged> {
  let evidence: Evidence;
  try {
    evidence = parseEvidence(question.bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { valid: false, kind: 'unknown', reasons: [error.message] };
  }
  const kind = attestationKinds.find(({ recognise }) => recognise(evidence.document));
  if (!kind) return { valid: false, kind: 'unknown', reasons: ['No kind of attestation knows the document.'] };
  const { open, measured } = await judgeDocument(kind, evidence, question.criteria, question.at);
  const reasons = [...open];
  if (expectedMeasurements(kind.name, measured, question.saltKey) !== question.measurements)
    reasons.push(otherMeasurements);
  if (!(await speaksOf(kind, evidence.document, question.vmId)))
    reasons.push('The document speaks of another machine.');
  return { valid: reasons.length === 0, kind: kind.name, reasons };
}

/** The one reason that a salted commitment whose opening is not there has too. */
export const otherMeasurements = 'The measurements are not those of the document.';

/** What a request says of a document's measurements: their plain digest, or, under a key of salts, a commitment that hides them. */
function expectedMeasurements(kind: string, measured: readonly MeasuredPair[], saltKey: Uint8Array | undefined): Hex {
  return saltKey ? commitForMembership({ kind, measured, saltKey }) : measurementsDigest(kind, measured);
}

/** What the machine's side needs before it asks: the kind of a document, what it measures, and what a request says of that. @throws FormatError */
export async function describeEvidence(
  bytes: Uint8Array,
  saltKey?: Uint8Array,
): Promise<{ kind: string; measured: readonly MeasuredPair[]; measurements: Hex; documentId: Hex }> {
  const evidence = parseEvidence(bytes);
  const kind = attestationKinds.find(({ recognise }) => recognise(evidence.document));
  if (!kind) throw new FormatError('The file is no attestation document of a known kind.', 0);
  const { measured } = await judgeDocument(kind, evidence, {}, 0);
  const measurements = expectedMeasurements(kind.name, measured, saltKey);
  return { kind: kind.name, measured, measurements, documentId: toHex0x(sha3(evidence.document.bytes)) };
}

async function judgeDocument(kind: Kind, { document, companions }: Evidence, trust: Trust, at: number) {
  const checker = await kind.load();
  const { checks, details } = await checker.check(document, { trust, now: at, companions });
  const status = combine(checks.map((check) => check.status));
  const open = [...walk(checks)].filter((check) => check.status !== 'pass' && !check.children?.length);
  const codes = status === 'pass' ? [] : open.map((check) => `${check.code} ${check.status}`);
  const reasons = status === 'pass' || codes.length > 0 ? codes : ['Nothing was checked.'];
  return { open: reasons, measured: measuredOf(details) };
}

/** A machine is named by its document's own digest, or by the document itself, in the room that it has for such: nobody can borrow another machine's. */
async function speaksOf(kind: Kind, document: Content, vmId: Hex): Promise<boolean> {
  const bound = await boundData(kind.name, document);
  const named = bound?.form === 'statement' && startsLikeOurs(bound.bytes);
  if (!named && toHex0x(sha3(document.bytes)) === vmId) return true;
  if (!bound) return false;
  const statement = encodeNetworkVm(vmId);
  const expected = {
    statement,
    reportData: networkVmReportData(vmId),
    digest: sha3(statement),
  }[bound.form];
  return equalBytes(bound.bytes, expected);
}

function startsLikeOurs(bytes: Uint8Array): boolean {
  // An array of two whose first is a text of this length.
  const start = [0x82, 0x60 + networkVmDomain.length, ...new TextEncoder().encode(networkVmDomain)];
  return start.every((byte, index) => bytes[index] === byte);
}
