import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { readMembers, type Certificate } from '../../certificate/envelope.ts';
import type { Hex } from '../../evm/hex.ts';
import {
  ledgerMembers,
  ledgerProofToJson,
  parseLedgerProof,
  type LedgerProof,
} from '../../evm/ledgerProof/ledgerProof.ts';
import { parseAnchors } from '../../evm/ledgerProof/parseAnchors.ts';
import { fault, hex, integer, list } from '../../evm/ledgerProof/proofFields.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { leafToJson, readLeaf, type BatchLeaf } from '../batch.ts';
import type { NetworkRecord } from '../record.ts';
import { networkRules } from '../rules.ts';

/** What is said of a request: what a network has found, who signed that, and who might have. Digests of 32 bytes, zeros where there is none. */
export interface NetworkClaim extends NetworkRecord {
  readonly chainId: number;
  readonly contract: Hex;
  /** Hash of the record. */
  readonly record: Hex;
  /** Number of the block that has it. */
  readonly block: number;
  /** Accounts of the trust nodes of the epoch, in rising order. */
  readonly trustNodes: readonly Hex[];
  /** Equal votes that make a record. */
  readonly needed: number;
  /** Accounts of those whose votes made it, in rising order. */
  readonly signers: readonly Hex[];
  /** Where it is about one request of a batch: that one. */
  readonly leaf?: BatchLeaf;
}

/** How it is shown: headers and proofs of the ledger with the record's slot, and of a batch the path to its root. */
export interface NetworkProof extends LedgerProof {
  readonly inclusion?: { readonly index: number; readonly path: readonly Hex[] };
}

export interface NetworkCertificate {
  readonly claim: NetworkClaim;
  readonly proof: NetworkProof;
  readonly ledger: EvmPin;
}

const words = [
  'vmId',
  'measurements',
  'evidence',
  'enclaveSignature',
  'criteria',
  'nodeSignatures',
  'previous',
  'record',
] as const;
const numbers = ['chainId', 'requestId', 'count', 'epoch', 'timestamp', 'block', 'needed'] as const;
const lists = ['trustNodes', 'signers'] as const;

/**
 * Reads the network's parts of an envelope; only their form, nothing is verified.
 * @throws FormatError that names the field
 */
export function parseNetworkCertificate(certificate: Certificate): NetworkCertificate {
  const subject = readMembers('Field subject', certificate.subject, ['chainId', 'contract', 'request']);
  const names = [...words, ...numbers, ...lists, 'contract', 'valid', 'leaf'] as const;
  const raw = readMembers('Field claim', certificate.claim, names, ['leaf']);
  if (typeof raw.valid !== 'boolean') throw fault('claim.valid', 'true or false');
  const claim = Object.fromEntries([
    ...words.map((name) => [name, hex(`claim.${name}`, raw[name], 32)]),
    ...numbers.map((name) => [name, integer(`claim.${name}`, raw[name])]),
    ...lists.map((name) => [name, list(`claim.${name}`, raw[name], networkRules.nodes, address)]),
    ['contract', hex('claim.contract', raw.contract, 20)],
    ['valid', raw.valid],
    ...(raw.leaf === undefined ? [] : [['leaf', readLeaf('claim.leaf', raw.leaf)]]),
  ]) as unknown as NetworkClaim;
  const { chainId, contract, requestId } = claim;
  for (const [name, value] of Object.entries({ chainId, contract, request: requestId })) {
    if (subject[name as 'request'] !== value) throw fault(`subject.${name}`, 'that of the claim');
  }
  const proof = parseProof(certificate.proof);
  if ((claim.leaf === undefined) !== (proof.inclusion === undefined)) {
    throw fault('proof.inclusion', 'a path where, and only where, the claim names one request of a batch');
  }
  return { claim, proof, ledger: parseAnchors(certificate.anchors, chainId).ledger };
}

/** Subject, claim and proof as they stand in a certificate. */
export function networkCertificateBody(
  claim: NetworkClaim,
  proof: NetworkProof,
): { readonly subject: JsonObject; readonly claim: JsonObject; readonly proof: JsonObject } {
  const { chainId, contract, requestId, leaf, trustNodes, signers } = claim;
  const { inclusion } = proof;
  return {
    subject: { chainId, contract, request: requestId },
    claim: {
      ...claim,
      trustNodes: [...trustNodes],
      signers: [...signers],
      ...(leaf && { leaf: leafToJson(leaf) }),
    } as unknown as JsonObject,
    proof: {
      ...ledgerProofToJson(proof),
      ...(inclusion && { inclusion: { index: inclusion.index, path: [...inclusion.path] } }),
    },
  };
}

function parseProof(value: JsonValue): NetworkProof {
  const proof = readMembers('Field proof', value, [...ledgerMembers, 'inclusion'], ['inclusion']);
  const ledger = parseLedgerProof('proof', proof, 1);
  if (proof.inclusion === undefined) return ledger;
  const inclusion = readMembers('Field proof.inclusion', proof.inclusion, ['index', 'path']);
  return {
    ...ledger,
    inclusion: {
      index: integer('proof.inclusion.index', inclusion.index),
      path: list('proof.inclusion.path', inclusion.path, 32, (what, each) => hex(what, each, 32)),
    },
  };
}

function address(what: string, value: JsonValue): Hex {
  return hex(what, value, 20);
}
