import type { JsonValue } from '../../bytes/json.ts';
import { readMembers, type Certificate } from '../../certificate/envelope.ts';
import type { Hex } from '../../evm/hex.ts';
import { ledgerMembers, parseLedgerProof, type LedgerProof } from '../../evm/ledgerProof/ledgerProof.ts';
import { parseAnchors } from '../../evm/ledgerProof/parseAnchors.ts';
import { bytes, fault, hex, integer } from '../../evm/ledgerProof/proofFields.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { manifestDigest } from '../container.ts';

/** What is said of a task: who asked whom to run what on what, when, and what came out. Hashes of 32 bytes, zero where there is none; times in seconds since 1970. */
export interface TaskClaim {
  readonly chainId: number;
  readonly contract: Hex;
  /** In decimal. */
  readonly id: string;
  readonly owner: Hex;
  readonly processor: Hex;
  readonly program: Hex;
  readonly dataSet: Hex;
  readonly secretFile: Hex;
  readonly runnerKey: Hex;
  readonly result: Hex;
  readonly output: Hex;
  readonly attestation: Hex;
  /** Block times. */
  readonly submittedAt: number;
  readonly approvedAt: number;
  readonly recordedAt: number;
  /** As the processor claims. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Number of the block that recorded the result. */
  readonly block: number;
  /** The image whose manifest `program` is the digest of, as the owner named it; where the program is a container. */
  readonly container?: string;
}

/** How it is shown: by headers and proofs of the ledger, with three slots of the task, and by the attestation document itself. */
export interface TaskProof extends LedgerProof {
  readonly attestation: Uint8Array;
}

export interface TaskCertificate {
  readonly claim: TaskClaim;
  readonly proof: TaskProof;
  /** A trust file's parts: the ledger's entry, and the pins that the attestation rests on. */
  readonly anchors: Trust;
  readonly ledger: EvmPin;
}

const maximumAttestation = 256 * 1024;

const hashes = ['program', 'dataSet', 'secretFile', 'runnerKey', 'result', 'output', 'attestation'] as const;
const numbers = ['chainId', 'submittedAt', 'approvedAt', 'recordedAt', 'startedAt', 'endedAt', 'block'] as const;
const addresses = ['contract', 'owner', 'processor'] as const;

/**
 * Reads the task's parts of an envelope; only their form, nothing is verified.
 * @throws FormatError that names the field.
 */
export function parseTaskCertificate(certificate: Certificate): TaskCertificate {
  const subject = readMembers('Field subject', certificate.subject, ['chainId', 'contract', 'id']);
  const raw = readMembers(
    'Field claim',
    certificate.claim,
    [...hashes, ...numbers, ...addresses, 'id', 'container'],
    ['container'],
  );
  const claim = Object.fromEntries([
    ...hashes.map((name) => [name, hex(`claim.${name}`, raw[name], 32)]),
    ...addresses.map((name) => [name, hex(`claim.${name}`, raw[name], 20)]),
    ...numbers.map((name) => [name, integer(`claim.${name}`, raw[name])]),
    ['id', decimal('claim.id', raw.id)],
    ...(raw.container === undefined ? [] : [['container', image('claim.container', raw.container)]]),
  ]) as unknown as TaskClaim;
  for (const name of ['chainId', 'contract', 'id'] as const) {
    if (subject[name] !== claim[name]) throw fault(`subject.${name}`, 'that of the claim');
  }
  const { anchors, ledger } = parseAnchors(certificate.anchors, claim.chainId);
  return { claim, proof: parseProof(certificate.proof), anchors, ledger };
}

function image(name: string, value: JsonValue | undefined): string {
  if (typeof value === 'string' && manifestDigest(value) !== undefined) return value;
  throw fault(name, 'an image by its digest');
}

function parseProof(value: JsonValue): TaskProof {
  const proof = readMembers('Field proof', value, [...ledgerMembers, 'attestation']);
  const ledger = parseLedgerProof('proof', proof, 3);
  const attestation = bytes('proof.attestation', proof.attestation);
  if (attestation.length > maximumAttestation) throw fault('proof.attestation', `at most ${maximumAttestation} bytes`);
  return { ...ledger, attestation };
}

function decimal(what: string, value: JsonValue | undefined): string {
  if (typeof value !== 'string' || !/^[1-9][0-9]{0,14}$/.test(value)) throw fault(what, 'a number from 1 as text');
  return value;
}
