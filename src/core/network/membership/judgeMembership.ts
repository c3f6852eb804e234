import { equalBytes, utf8 } from '../../bytes/bytes.ts';
import { sha3, sha3Hex } from '../../bytes/hash.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import { fieldOrder } from '../../trace/zk/field.ts';
import { developmentLabel } from '../../trace/zk/judgeZk.ts';
import { membershipKey } from '../../trace/zk/membershipKey.ts';
import {
  parseProof,
  parseVerificationKey,
  verifyGroth16,
  type Groth16Proof,
  type VerificationKey,
} from '../../trace/zk/verifyGroth16.ts';
import { parseTrust } from '../../trust/parseTrust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Code, type Note, type Plan } from '../../verdict/check.ts';
import { commitmentsOf } from '../commitment.ts';
import { approvedMeasurements, approvedSet, maximumApproved } from './approvedMeasurements.ts';
import { memberContext, memberName, type MemberRequest } from './memberCommitment.ts';
import { membershipInputs, parseMembership, type MembershipFile } from './membershipFile.ts';

/** What whoever judges brings along: nothing of it comes from whoever made the proof. */
export interface MembershipQuestion {
  /** The request as the ledger has it. */
  readonly request: MemberRequest;
  /** What the network's record says of it, where there is one: whether it is valid, and the digest of the criteria that it was judged by. */
  readonly record?: { readonly valid: boolean; readonly criteria: Hex } | undefined;
  /** The published criteria: the text of a trust file. */
  readonly criteria?: string | undefined;
  /** SHA3-256 of verification keys whose setups the person trusts. */
  readonly keys?: readonly string[] | undefined;
  /** The nonce that was asked for. */
  readonly nonce?: Uint8Array | undefined;
}

export interface MembershipJudged {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly file?: MembershipFile;
}

export const membershipPlan: readonly Plan[] = [
  { code: 'MEMBER_FORM' },
  { code: 'MEMBER_REQUEST' },
  { code: 'MEMBER_RECORD' },
  { code: 'MEMBER_SET' },
  { code: 'MEMBER_SETUP' },
  { code: 'MEMBER_PROOF' },
];

const spec = 'src/core/network/membership/README';

/**
 * Judges "what this request has committed to in this register is one of the approved values", which stays hidden. The root of the approved values is made anew from the criteria; that the
 * commitment is to what the machine measures is the record's to say, whose nodes were shown the document.
 */
export function judgeMembership(text: string, question: MembershipQuestion): MembershipJudged {
  let file: MembershipFile;
  let key: VerificationKey;
  let proof: Groth16Proof;
  try {
    file = parseMembership(text);
    key = parseVerificationKey(file.key ?? fromHex(membershipKey.hex), membershipInputs);
    proof = parseProof(file.proof);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const rest = membershipPlan.slice(1).map(({ code }) => unknown(code, because('It could not be read.')));
    return { checks: [fail('MEMBER_FORM', because(error.message)), ...rest], labels: [] };
  }
  const set = judgeSet(file, question);
  const setup = judgeSetup(file, question.keys ?? []);
  const checks = [
    pass('MEMBER_FORM', { params: { bytes: text.length } }),
    judgeRequest(file, question),
    judgeRecord(question),
    set.check,
    setup.check,
    judgeProof(file, question, set.root, key, proof),
  ];
  return { file, checks, labels: setup.labels };
}

/** The commitment stands, salted, among what the request has committed to. */
function judgeRequest(file: MembershipFile, { request, nonce }: MembershipQuestion): Check {
  const params = { request: request.requestId, register: file.register };
  const no = (reason: string) => fail('MEMBER_REQUEST', { spec, params: { ...params, reason } });
  if (file.requestId !== request.requestId) return no(`It is about request ${file.requestId}.`);
  const { index, count, commitment, salt, path } = file;
  const shown = { index, name: memberName(file.register), value: commitment, salt, path };
  try {
    const [found] = commitmentsOf(file.kind, { requestId: file.requestId, count, measurements: [shown] });
    if (found !== request.measurements) return no('The request has not committed to what the proof is about.');
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return no(error.message);
  }
  if (nonce && !equalBytes(nonce, file.nonce)) {
    return no('It was made for another nonce: it may be a proof that somebody else was given.');
  }
  const notes: Note[] = nonce ? [] : [{ code: 'ZK_NONCE_NOT_ASKED', params: { nonce: toHex(file.nonce) } }];
  return pass('MEMBER_REQUEST', { spec, params, ...(notes.length > 0 ? { notes } : {}) });
}

function judgeRecord({ request, record }: MembershipQuestion): Check {
  const params = { request: request.requestId };
  if (!record) {
    const reason = 'The network has no record of it.';
    return unknown('MEMBER_RECORD', { spec, params: { ...params, reason } });
  }
  if (record.valid) return pass('MEMBER_RECORD', { spec, params });
  const reason = 'Its nodes found that the request does not hold.';
  return fail('MEMBER_RECORD', { spec, params: { ...params, reason } });
}

/** The root is made anew, from the criteria of the record where there is one. */
function judgeSet({ kind, register }: MembershipFile, { criteria, record }: MembershipQuestion) {
  const params = { kind, register };
  const open = (code: typeof fail, reason: string) => ({
    root: undefined,
    check: code('MEMBER_SET', { spec, params: { ...params, reason } }),
  });
  if (criteria === undefined) return open(unknown, 'The criteria were not given.');
  const digest = toHex0x(sha3(utf8(criteria)));
  if (record && record.criteria !== digest) {
    return open(fail, `The record was made by the criteria ${record.criteria}; given were ${digest}.`);
  }
  let values: readonly string[];
  try {
    values = approvedMeasurements(parseTrust(criteria), kind, register);
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    return open(fail, error.message);
  }
  if (values.length === 0) return open(fail, 'They approve of no value there, so none can be a member.');
  if (values.length > maximumApproved) {
    return open(unknown, `They approve of ${values.length} values; proofs reach ${maximumApproved}.`);
  }
  const notes: Note[] = values.length === 1 ? [{ code: 'MEMBER_ALONE' }] : [];
  const shown = { ...params, values: values.length, criteria: digest };
  return {
    root: approvedSet(values).root(),
    check: pass('MEMBER_SET', { spec, params: shown, ...(notes.length > 0 ? { notes } : {}) }),
  };
}

function judgeSetup({ key }: MembershipFile, pinned: readonly string[]) {
  const digest = key ? sha3Hex(key) : membershipKey.digest;
  const development = digest === membershipKey.digest && membershipKey.setup === 'development';
  const labels = development ? [developmentLabel] : [];
  const notes: Note[] = development ? [{ code: 'ZK_DEVELOPMENT_SETUP' }] : [];
  const details = { params: { key: digest }, ...(development ? { notes } : {}) };
  if (pinned.includes(digest)) return { check: pass('MEMBER_SETUP', details), labels };
  const reason = development
    ? 'It comes from a development setup: whoever ran it can forge proofs.'
    : digest === membershipKey.digest
      ? `It is the built-in one (${membershipKey.setup}).`
      : 'The key came with the proof, and whoever made it can forge proofs.';
  return { check: unknown('MEMBER_SETUP', { ...details, params: { ...details.params, reason } }), labels };
}

function judgeProof(
  { commitment, nonce }: MembershipFile,
  { request }: MembershipQuestion,
  root: bigint | undefined,
  key: VerificationKey,
  proof: Groth16Proof,
): Check {
  const code: Code = 'MEMBER_PROOF';
  if (root === undefined) return unknown(code, because('There is no root of approved values to check it for.'));
  const value = BigInt(`0x${commitment}`);
  if (value >= fieldOrder) return fail(code, because('The commitment is not an element of the field.'));
  return verifyGroth16(key, [root, value, memberContext(request, nonce)], proof)
    ? pass(code, { spec })
    : fail(code, because('The equation of the pairings does not hold.'));
}

function because(reason: string) {
  return { spec, params: { reason } };
}
