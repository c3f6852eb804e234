import { fromBase64Url } from '../../bytes/base64.ts';
import type { JsonValue } from '../../bytes/json.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { readMembers, type Certificate } from '../../certificate/envelope.ts';
import type { Hex } from '../../evm/hex.ts';
import { parseTrust } from '../../trust/parseTrust.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
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

/** Events of one transaction: its receipt's path through the trie of its block, and which of its logs they are. */
export interface ProvenReceipt {
  /** Index among the headers. */
  readonly header: number;
  /** Index of the transaction in its block. */
  readonly transaction: number;
  /** Indices among the nodes, root first. */
  readonly path: readonly number[];
  readonly logs: readonly number[];
}

/** How it is shown: headers with their seals, every node of the proofs once, and the attestation document itself. */
export interface TaskProof {
  /** RLP, by number. All from the pinned block on, or single ones where a pinned quorum seals each. */
  readonly headers: readonly Uint8Array[];
  readonly nodes: readonly Uint8Array[];
  readonly receipts: readonly ProvenReceipt[];
  /** Index of the header against whose state account and slots are shown. */
  readonly state: number;
  /** Of the contract's account, and of the three slots of the task. */
  readonly account: readonly number[];
  readonly slots: readonly (readonly number[])[];
  readonly attestation: Uint8Array;
}

export interface TaskCertificate {
  readonly claim: TaskClaim;
  readonly proof: TaskProof;
  /** A trust file's parts: the ledger's entry, and the pins that the attestation rests on. */
  readonly anchors: Trust;
  readonly ledger: EvmPin;
}

/** More headers than that (some 25 MB) are nobody's download: pin a nearer block instead. */
export const maximumHeaders = 16_384;
const maximum = { nodes: 16_384, receipts: 1024, logs: 1024, path: 66, attestation: 256 * 1024 } as const;

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
  const anchors = parseAnchors(certificate.anchors);
  const [ledger, second] = anchors.evm ?? [];
  if (!ledger || second || ledger.chainId !== claim.chainId)
    throw fault('anchors.evm', 'one entry for the ledger of the claim');
  return { claim, proof: parseProof(certificate.proof), anchors, ledger };
}

function image(name: string, value: JsonValue | undefined): string {
  if (typeof value === 'string' && manifestDigest(value) !== undefined) return value;
  throw fault(name, 'an image by its digest');
}

function parseProof(value: JsonValue): TaskProof {
  const proof = readMembers('Field proof', value, [
    'account',
    'attestation',
    'headers',
    'nodes',
    'receipts',
    'slots',
    'state',
  ]);
  const { nodes } = proof;
  const count = Array.isArray(nodes) ? nodes.length : 0;
  const path = (what: string, item: JsonValue | undefined): number[] =>
    list(what, item, maximum.path, (name, index) => below(name, index, count));
  const headers = list('proof.headers', proof.headers, maximumHeaders, bytes);
  const slots = list('proof.slots', proof.slots, 3, path);
  if (headers.length === 0) throw fault('proof.headers', 'at least one');
  if (slots.length !== 3) throw fault('proof.slots', 'three');
  const attestation = bytes('proof.attestation', proof.attestation);
  if (attestation.length > maximum.attestation)
    throw fault('proof.attestation', `at most ${maximum.attestation} bytes`);
  return {
    headers,
    nodes: list('proof.nodes', nodes, maximum.nodes, bytes),
    receipts: list('proof.receipts', proof.receipts, maximum.receipts, (what, item) => {
      const receipt = readMembers(what, item, ['header', 'logs', 'path', 'transaction']);
      return {
        header: below(`${what}.header`, receipt.header, headers.length),
        transaction: integer(`${what}.transaction`, receipt.transaction),
        path: path(`${what}.path`, receipt.path),
        logs: list(`${what}.logs`, receipt.logs, maximum.logs, integer),
      };
    }),
    state: below('proof.state', proof.state, headers.length),
    account: path('proof.account', proof.account),
    slots,
    attestation,
  };
}

/** As a trust file would hold them; names would be free text, and addresses of nodes are nobody's anchor. */
function parseAnchors(anchors: JsonValue): Trust {
  const members = readMembers(
    'Field anchors',
    anchors,
    ['evm', 'nitro', 'sevSnp', 'dcap', 'tpm'],
    ['nitro', 'sevSnp', 'dcap', 'tpm'],
  );
  try {
    return parseTrust(canonicalJson({ affidavit: 'trust/1', ...members }));
  } catch (error) {
    if (error instanceof AuditorError) throw new FormatError(`Field anchors: ${error.message}`, 0);
    throw error;
  }
}

function hex(what: string, value: JsonValue | undefined, length: number): Hex {
  if (typeof value !== 'string' || !new RegExp(`^0x[0-9a-f]{${length * 2}}$`).test(value)) {
    throw fault(what, `0x and ${length * 2} lower-case hex digits`);
  }
  return value as Hex;
}

function decimal(what: string, value: JsonValue | undefined): string {
  if (typeof value !== 'string' || !/^[1-9][0-9]{0,14}$/.test(value)) throw fault(what, 'a number from 1 as text');
  return value;
}

function bytes(what: string, value: JsonValue | undefined): Uint8Array {
  if (typeof value !== 'string') throw fault(what, 'base64url text');
  try {
    return fromBase64Url(value);
  } catch (error) {
    if (error instanceof FormatError) throw fault(what, `canonical base64url (${error.message})`);
    throw error;
  }
}

function integer(what: string, value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw fault(what, 'a whole number');
  return value;
}

function below(what: string, value: JsonValue | undefined, end: number): number {
  const number = integer(what, value);
  if (number >= end) throw fault(what, `a number below ${end}`);
  return number;
}

function list<T>(
  what: string,
  value: JsonValue | undefined,
  most: number,
  read: (what: string, value: JsonValue) => T,
): T[] {
  if (!Array.isArray(value) || value.length > most) throw fault(what, `a list of at most ${most}`);
  return value.map((item, index) => read(`${what}[${index}]`, item));
}

function fault(what: string, expected: string): FormatError {
  return new FormatError(`Field ${what}: ${expected} was expected.`, 0);
}
