import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { headersNeeded, type TaskCertificateRequest } from '../../core/task/certificate/makeTaskCertificate.ts';
import { taskSlots } from '../../core/task/certificate/taskSlots.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { LedgerHead } from '../evm/contractReading.ts';
import type { EvmExecutor } from '../evm/evmExecutor.ts';
import { LedgerNodes } from '../evm/ledgerNodes.ts';
import { openNodes } from '../evm/openNodes.ts';
import { quantity, readSome } from '../evm/readHeaders.ts';
import type { RpcNode } from '../evm/rpcNode.ts';

export interface TaskToCertify {
  readonly pin: EvmPin;
  readonly trust: Trust;
  readonly contract: Hex;
  readonly id: bigint;
  /** Of the task, and of the offer that it was matched with. */
  readonly events: readonly ProvenEvent[];
  /** The block whose state is shown, relied upon already. */
  readonly head: LedgerHead;
  /** The attestation document. */
  readonly attestation: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** Where what was gathered is judged: in workers of the page (`certifyTaskInWorkers.ts`), or on this thread. */
export interface CertificateJudging {
  readonly executor: EvmExecutor;
  /** Judges what it makes before it gives it out. @throws AuditorError where that does not verify */
  readonly make: (request: TaskCertificateRequest, signal?: AbortSignal) => Promise<string>;
}

const perBatch = 32;

/**
 * Gathers what a certificate holds from one node after the other until one gives what verifies: the certificate is judged before it is given out.
 * @throws AuditorError with what the last node lacked; the signal's reason when aborted
 */
export async function certifyTask(task: TaskToCertify, { executor, make }: CertificateJudging): Promise<string> {
  const { pin, signal } = task;
  const { nodes } = await openNodes(pin.rpc ?? [], pin, {}, signal);
  let last: unknown = new AuditorError('source', 'EVM_RPC', `No node of the ledger ${pin.chainId} can be used.`);
  for (const { node, head } of nodes) {
    try {
      return await make(await gather(task, node, head, executor), signal);
    } catch (error) {
      signal?.throwIfAborted();
      last = error;
    }
  }
  throw last;
}

async function gather(
  task: TaskToCertify,
  node: RpcNode,
  head: number,
  executor: EvmExecutor,
): Promise<TaskCertificateRequest> {
  const { pin, trust, contract, id, attestation, now, signal } = task;
  const state = task.head.number;
  const holding = [...new Set(task.events.map(({ block }) => block))].sort((a, b) => a - b);
  const numbers = headersNeeded(pin, holding, state, head);
  const nodes = new LedgerNodes([node]);
  const reading = { nodes, order: [node], executor, consensus: pin.consensus, signal };
  const headers: Uint8Array[] = [];
  for (let at = 0; at < numbers.length; at += perBatch) {
    const part = await readSome(numbers.slice(at, at + perBatch), reading, new Set());
    if ('kind' in part) throw lacks(node, part.reason);
    headers.push(...part.map(({ header }) => header.rlp));
  }
  const [proof, ...receipts] = await node.calls(
    [
      { method: 'eth_getProof', params: [contract, [...taskSlots(id)], quantity(state)] },
      ...holding.map((number) => ({ method: 'eth_getBlockReceipts', params: [quantity(number)] })),
    ],
    signal,
  );
  if (proof?.kind !== 'result') throw lacks(node, proof?.reason ?? '');
  const blocks = receipts.map((outcome, index) => {
    if (outcome.kind !== 'result' || !Array.isArray(outcome.value)) {
      throw lacks(node, outcome.kind === 'result' ? 'It gives no list of receipts.' : outcome.reason);
    }
    return { number: holding[index] ?? 0, receipts: outcome.value as readonly JsonValue[] };
  });
  return {
    chainId: pin.chainId,
    contract,
    id,
    pin,
    trust,
    headers,
    blocks,
    account: { number: state, proof: proof.value as JsonObject },
    attestation,
    now,
  };
}

function lacks(node: RpcNode, reason: string): AuditorError {
  return new AuditorError('source', 'EVM_RPC', `${node.name} does not give what a certificate needs. ${reason}`);
}
