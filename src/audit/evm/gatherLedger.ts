import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { LedgerGathered } from '../../core/evm/ledgerProof/gatherProof.ts';
import { headersNeeded } from '../../core/evm/ledgerProof/headersNeeded.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import { LedgerNodes } from './ledgerNodes.ts';
import { openNodes } from './openNodes.ts';
import { quantity, readSome } from './readHeaders.ts';
import type { RpcNode } from './rpcNode.ts';

/** What a certificate is to show of a contract. */
export interface LedgerToGather {
  readonly pin: EvmPin;
  readonly contract: Hex;
  /** Keys of slots. */
  readonly slots: readonly Hex[];
  /** Numbers of the blocks with the events that matter. */
  readonly blocks: readonly number[];
  /** The block whose state is shown, relied upon already. */
  readonly state: number;
  readonly executor: EvmExecutor;
  readonly signal?: AbortSignal | undefined;
}

const perBatch = 32;

/**
 * Gathers what a certificate holds of a ledger from one node after the other until `make` takes what one of them gives: a certificate is judged before it is given out.
 * @throws AuditorError with what the last node lacked; the signal's reason when aborted
 */
export async function gatherLedger(
  asked: LedgerToGather,
  make: (gathered: LedgerGathered) => Promise<string>,
): Promise<string> {
  const { pin, signal } = asked;
  const { nodes } = await openNodes(pin.rpc ?? [], pin, {}, signal);
  let last: unknown = new AuditorError('source', 'EVM_RPC', `No node of the ledger ${pin.chainId} can be used.`);
  for (const { node, head } of nodes) {
    try {
      return await make(await gather(asked, node, head));
    } catch (error) {
      signal?.throwIfAborted();
      last = error;
    }
  }
  throw last;
}

async function gather(
  { pin, contract, slots, blocks: given, state, executor, signal }: LedgerToGather,
  node: RpcNode,
  head: number,
): Promise<LedgerGathered> {
  const holding = [...new Set(given)].sort((a, b) => a - b);
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
      { method: 'eth_getProof', params: [contract, [...slots], quantity(state)] },
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
  return { headers, blocks, account: { number: state, proof: proof.value as JsonObject } };
}

function lacks(node: RpcNode, reason: string): AuditorError {
  return new AuditorError('source', 'EVM_RPC', `${node.name} does not give what a certificate needs. ${reason}`);
}
