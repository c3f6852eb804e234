import { attestationNetworkAbi } from '../../../contracts/attestationNetwork.ts';
import { decodeEvent } from '../../../core/evm/decodeEvent.ts';
import { toHex0x, type Hex } from '../../../core/evm/hex.ts';
import { utf8 } from '../../../core/bytes/bytes.ts';
import { sha3 } from '../../../core/bytes/hash.ts';
import { batchDigest, batchRoot, encodeBatch, type BatchLeaf } from '../../../core/network/batch.ts';
import { maximumJudged } from '../../../core/network/judgeBatch.ts';
import { zeroWord } from '../../../core/network/record.ts';
import { describeEvidence } from '../../../core/network/judgeEvidence.ts';
import type { Opening } from '../../../core/network/opening.ts';
import { AuditorError, FormatError } from '../../../core/verdict/auditorError.ts';
import type { NetworkLedger } from '../networkLedger.ts';
import { giveContent } from '../peers.ts';
import { giveOpening, type OpeningReaders } from './giveOpening.ts';

export interface AttestationAsked {
  /** The document, or it and its companions as `encodeEvidence` puts them together. */
  readonly evidence: Uint8Array<ArrayBuffer>;
  /** The machine; the document's own digest where left out. A document that has room for a statement names any other. */
  readonly vmId?: Hex;
  /** Hides the measurements: the ledger gets a commitment only, and each of the nodes below the opening, which it gives to nobody. */
  readonly hidden?: {
    /** 32 random bytes. */
    readonly saltKey: Uint8Array;
    readonly readers: OpeningReaders;
  };
  /** At most 256 bytes. */
  readonly enclaveSignature?: Uint8Array;
  /** Addresses of nodes that are given the evidence; of hidden measurements all trust nodes, since they cannot ask one another. */
  readonly nodes: readonly string[];
}

/** What was asked, to hold the answer against. */
export interface AttestationRequested {
  readonly requestId: number;
  readonly vmId: Hex;
  readonly measurements: Hex;
  /** H of the evidence. */
  readonly evidence: Hex;
  /** In hex, `0x` where there is none. */
  readonly enclaveSignature: Hex;
  readonly transaction: Hex;
  readonly block: number;
  /** Gives the opening to nodes that had no room for it before the ledger named it; undefined where there are none. @returns whether all of them have it now */
  readonly giveAgain?: () => Promise<boolean>;
}

/**
 * A machine asks the network to attest it: its evidence goes to nodes, its request to the ledger.
 * @throws AuditorError `usage` NETWORK_EVIDENCE; `source` NETWORK_NODES where no node takes the evidence, LEDGER_REFUSED
 */
export async function initiateAttestation(
  ledger: NetworkLedger,
  asked: AttestationAsked,
): Promise<AttestationRequested> {
  const { hidden } = asked;
  const described = await describe(asked.evidence, hidden?.saltKey);
  const { vmId = described.documentId } = asked;
  const { measurements } = described;
  const evidence = toHex0x(sha3(asked.evidence));
  const enclaveSignature = toHex0x(asked.enclaveSignature ?? new Uint8Array());
  // Nodes find it with one another: one that has it is enough, but that one may be the one that fails.
  const give = hidden && openingGiver({ saltKey: hidden.saltKey, evidence: asked.evidence }, hidden.readers);
  const first = await give?.(asked.nodes);
  const reached = first ? first.given.length + first.later.length : await giveContent(asked.nodes, asked.evidence);
  if (reached === 0) throw noNode();
  const { transaction, block, logs } = await ledger.take('request', [vmId, measurements, evidence, enclaveSignature]);
  const requestId = requestIn(logs, transaction);
  const requested = { requestId, vmId, measurements, evidence, enclaveSignature, transaction, block };
  let left = first?.later ?? [];
  if (!give || left.length === 0) return requested;
  const giveAgain = async (): Promise<boolean> => {
    const { given } = await give(left);
    left = left.filter((node) => !given.includes(node));
    return left.length === 0;
  };
  return { ...requested, giveAgain };
}

function openingGiver(opening: Opening, readers: OpeningReaders) {
  return (nodes: readonly string[]) => giveOpening(nodes, opening, readers);
}

/** A batch, with what each of its machines needs to show that it is in it. */
export interface BatchRequested extends AttestationRequested {
  readonly leaves: readonly BatchLeaf[];
  /** The list file, whose digest is `evidence`. */
  readonly list: string;
}

/**
 * Many machines ask together, in one transaction: the network attests all of them or none. `batchProof` shows that one of them is in it.
 * @throws AuditorError as `initiateAttestation`; `usage` NETWORK_BATCH for fewer than 2 or more than nodes judge
 */
export async function initiateBatch(
  ledger: NetworkLedger,
  machines: readonly Pick<AttestationAsked, 'evidence' | 'vmId'>[],
  nodes: readonly string[],
): Promise<BatchRequested> {
  if (machines.length < 2 || machines.length > maximumJudged) {
    throw new AuditorError('usage', 'NETWORK_BATCH', `A batch has 2 to ${maximumJudged} requests.`);
  }
  const leaves: BatchLeaf[] = [];
  for (const { evidence, vmId } of machines) {
    const { measurements, documentId } = await describe(evidence);
    leaves.push({
      vmId: vmId ?? documentId,
      measurements,
      evidence: toHex0x(sha3(evidence)),
      enclaveSignature: zeroWord,
    });
    if ((await giveContent(nodes, evidence)) === 0) throw noNode();
  }
  const list = encodeBatch(leaves);
  if ((await giveContent(nodes, utf8(list))) === 0) throw noNode();
  const [root, evidence] = [batchRoot(leaves), batchDigest(list)];
  const { transaction, block, logs } = await ledger.take('requestBatch', [root, leaves.length, evidence]);
  const requestId = requestIn(logs, transaction);
  const asked = { requestId, vmId: zeroWord, measurements: root, evidence, enclaveSignature: '0x' as const };
  return { ...asked, transaction, block, leaves, list };
}

function noNode(): AuditorError {
  return new AuditorError('source', 'NETWORK_NODES', 'No node of the network takes the evidence.');
}

function requestIn(logs: readonly Parameters<typeof decodeEvent>[1][], transaction: Hex): number {
  for (const log of logs) {
    const { name, args } = tryDecode(log);
    if (name === 'RequestOpened') return Number(args['requestId']);
  }
  throw new AuditorError('source', 'LEDGER_REFUSED', `The transaction ${transaction} shows no request.`);
}

async function describe(bytes: Uint8Array, saltKey?: Uint8Array) {
  try {
    return await describeEvidence(bytes, saltKey);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'NETWORK_EVIDENCE', `That cannot be attested: ${cause.message}`, { cause });
  }
}

function tryDecode(log: Parameters<typeof decodeEvent>[1]): ReturnType<typeof decodeEvent> {
  try {
    return decodeEvent(attestationNetworkAbi, log);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { name: '', args: {} };
  }
}
