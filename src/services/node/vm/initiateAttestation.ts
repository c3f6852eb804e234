import { attestationNetworkAbi } from '../../../contracts/attestationNetwork.ts';
import { decodeEvent } from '../../../core/evm/decodeEvent.ts';
import { toHex0x, type Hex } from '../../../core/evm/hex.ts';
import { sha3 } from '../../../core/bytes/hash.ts';
import { describeEvidence } from '../../../core/network/judgeEvidence.ts';
import { AuditorError, FormatError } from '../../../core/verdict/auditorError.ts';
import type { NetworkLedger } from '../networkLedger.ts';
import { giveContent } from '../peers.ts';

export interface AttestationAsked {
  /** The document, or it and its companions as `encodeEvidence` puts them together. */
  readonly evidence: Uint8Array<ArrayBuffer>;
  /** The machine; the document's own digest where left out. A document that has room for a statement names any other. */
  readonly vmId?: Hex;
  /** What stands for its measurements; their plain digest where left out. */
  readonly measurements?: Hex;
  /** At most 256 bytes. */
  readonly enclaveSignature?: Uint8Array;
  /** Addresses of nodes that are given the evidence. */
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
}

/**
 * A machine asks the network to attest it: its evidence goes to nodes, its request to the ledger.
 * @throws AuditorError `usage` NETWORK_EVIDENCE; `source` NETWORK_NODES where no node takes the evidence, LEDGER_REFUSED
 */
export async function initiateAttestation(
  ledger: NetworkLedger,
  asked: AttestationAsked,
): Promise<AttestationRequested> {
  const described = await describe(asked.evidence);
  const { vmId = described.documentId, measurements = described.measurements } = asked;
  const evidence = toHex0x(sha3(asked.evidence));
  const enclaveSignature = toHex0x(asked.enclaveSignature ?? new Uint8Array());
  // Nodes find it with one another: one that has it is enough, but that one may be the one that fails.
  if ((await giveContent(asked.nodes, asked.evidence)) === 0) {
    throw new AuditorError('source', 'NETWORK_NODES', 'No node of the network takes the evidence.');
  }
  const { transaction, block, logs } = await ledger.take('request', [vmId, measurements, evidence, enclaveSignature]);
  for (const log of logs) {
    const { name, args } = tryDecode(log);
    if (name === 'RequestOpened') {
      const requestId = Number(args['requestId']);
      return { requestId, vmId, measurements, evidence, enclaveSignature, transaction, block };
    }
  }
  throw new AuditorError('source', 'LEDGER_REFUSED', `The transaction ${transaction} shows no request.`);
}

async function describe(bytes: Uint8Array) {
  try {
    return await describeEvidence(bytes);
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
