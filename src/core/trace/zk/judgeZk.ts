import { equalBytes } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import type { JsonValue } from '../../bytes/json.ts';
import { type TraceMetadata, traceStructHash, zeroDigest } from '../metadata.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { type Check, type Note, type Plan, fail, pass, unknown } from '../../verdict/check.ts';
import { contextElement } from './context.ts';
import { eventKey } from './eventKey.ts';
import { fieldOrder } from './field.ts';
import { limitsOf } from './range.ts';
import { type ZkStatement, publicInputs, statementToJson } from './statement.ts';
import { type VerificationKey, parseProof, parseVerificationKey, verifyGroth16 } from './verifyGroth16.ts';
import { type ZkPart, eventInputs, zkPartFromJson } from './zkPart.ts';

/** What whoever judges a proof brings along. */
export interface ZkExpectation {
  /** SHA3-256 of verification keys whose setups the person trusts (`zk.keys` of the trust file). */
  readonly keys?: readonly string[];
  /** The nonce that was asked for: 32 bytes. */
  readonly nonce?: Uint8Array;
  /** The statement that was asked for. */
  readonly statement?: ZkStatement;
}

export interface ZkJudgement {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** Undefined where the part has not the form. */
  readonly part?: ZkPart;
}

export const zkPlan: readonly Plan[] = [
  { code: 'ZK_FORM' },
  { code: 'ZK_STATEMENT' },
  { code: 'ZK_SETUP' },
  { code: 'ZK_PROOF' },
];

export const developmentLabel = 'development setup: whoever ran it can forge';

const spec = 'Groth16 (EUROCRYPT 2016) §3.2; EIP-196, EIP-197';

/**
 * Judges the zero-knowledge part of a proof against the metadata that it stands beside. That the metadata is signed and anchored is for other
 * checks: these say that what was signed contains such a value, never that the run was right.
 */
export function judgeZk(value: JsonValue, metadata: TraceMetadata, expected: ZkExpectation = {}): ZkJudgement {
  let part: ZkPart;
  let key: VerificationKey;
  let proof: ReturnType<typeof parseProof>;
  try {
    part = zkPartFromJson(value);
    key = parseVerificationKey(part.key ?? fromHex(eventKey.hex), eventInputs);
    proof = parseProof(part.proof);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const rest = zkPlan.slice(1).map(({ code }) => unknown(code, { params: { reason: 'It could not be read.' } }));
    return { checks: [fail('ZK_FORM', { params: { reason: error.message } }), ...rest], labels: [] };
  }
  const setup = judgeSetup(part, expected.keys ?? []);
  return {
    part,
    checks: [
      pass('ZK_FORM', { params: { bytes: part.proof.length } }),
      judgeStatement(part, metadata, expected),
      setup.check,
      judgeProof(part, metadata, key, proof),
    ],
    labels: setup.labels,
  };
}

function judgeStatement({ statement, nonce }: ZkPart, { selection }: TraceMetadata, expected: ZkExpectation): Check {
  const params = { ...statementToJson(statement), what: partInWords(statement) } as NonNullable<Check['params']>;
  const no = (reason: string) => fail('ZK_STATEMENT', { params: { ...params, reason } });
  if (selection === zeroDigest) return no('The signed metadata commits to no selection.');
  if (expected.statement && !sameStatement(statement, expected.statement)) {
    return no('Something else was asked for.');
  }
  if (expected.nonce && !equalBytes(nonce, expected.nonce)) {
    return no('It was made for another nonce: it may be a proof that somebody else was given.');
  }
  const { least, greatest } = limitsOf(statement.type, statement.signed);
  const notes: Note[] = [];
  if (!expected.nonce) notes.push({ code: 'ZK_NONCE_NOT_ASKED', params: { nonce: toHex(nonce) } });
  if (statement.part !== 'call' && statement.lo === least && statement.hi === greatest) {
    notes.push({ code: 'ZK_WHOLE_RANGE' });
  }
  return pass('ZK_STATEMENT', { params, ...(notes.length > 0 ? { notes } : {}) });
}

function judgeSetup({ key }: ZkPart, pinned: readonly string[]): { check: Check; labels: readonly string[] } {
  const digest = key ? sha3Hex(key) : eventKey.digest;
  const development = digest === eventKey.digest && eventKey.setup === 'development';
  const labels = development ? [developmentLabel] : [];
  const params = { key: digest };
  if (pinned.includes(digest)) {
    const notes: Note[] = development ? [{ code: 'ZK_DEVELOPMENT_SETUP' }] : [];
    return { check: pass('ZK_SETUP', { params, ...(development ? { notes } : {}) }), labels };
  }
  const reason = development
    ? 'It comes from a development setup: whoever ran it can forge proofs.'
    : digest === eventKey.digest
      ? `It is the built-in one (${eventKey.setup}).`
      : 'The key came with the proof, and whoever made it can forge proofs.';
  return { check: unknown('ZK_SETUP', { params: { ...params, reason } }), labels };
}

function judgeProof(
  { statement, nonce }: ZkPart,
  metadata: TraceMetadata,
  key: VerificationKey,
  proof: ReturnType<typeof parseProof>,
): Check {
  const root = BigInt(`0x${metadata.selection}`);
  if (metadata.selection === zeroDigest || root >= fieldOrder) {
    return fail('ZK_PROOF', {
      params: { reason: 'The signed metadata has no root that a proof could be about.' },
      spec,
    });
  }
  const context = contextElement(traceStructHash(metadata), nonce);
  return verifyGroth16(key, publicInputs(statement, root, context), proof)
    ? pass('ZK_PROOF', { spec })
    : fail('ZK_PROOF', { params: { reason: 'The equation of the pairings does not hold.' }, spec });
}

function sameStatement(a: ZkStatement, b: ZkStatement): boolean {
  return JSON.stringify(statementToJson(a)) === JSON.stringify(statementToJson(b));
}

function partInWords({ part, position, type, signed, function: index }: ZkStatement): string {
  if (part === 'call') return `a call of function ${index}`;
  return `${part} ${position} (counted from 0, ${signed ? 'signed' : 'unsigned'} ${type}) of a call of function ${index}`;
}
