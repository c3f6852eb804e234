import type { Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createEvmExecutor } from './createEvmExecutor.ts';
import { LedgerNodes } from './ledgerNodes.ts';
import { openNodes } from './openNodes.ts';
import { readSome } from './readHeaders.ts';

/**
 * The header of one block that is relied upon already, with who sealed it: seals are no part of a block's hash, so each node may have others.
 * @throws AuditorError `source` EVM_HEADER where no node shows the block with this hash; the signal's reason when aborted
 */
export async function readBlockSeals(
  pin: EvmPin,
  block: { readonly number: number; readonly hash: Hex },
  signal?: AbortSignal,
): Promise<ReadHeader> {
  const executor = createEvmExecutor(1);
  try {
    const { nodes } = await openNodes(pin.rpc ?? [], pin, {}, signal);
    const ledger = new LedgerNodes(nodes.map(({ node }) => node));
    for (const { node } of nodes) {
      const reading = { nodes: ledger, order: [node], executor, consensus: pin.consensus, signal };
      const read = await readSome([block.number], reading, new Set());
      if (!('kind' in read) && read[0]?.sealed.blockHash === block.hash) return read[0];
    }
    throw new AuditorError(
      'source',
      'EVM_HEADER',
      `No node shows block ${block.number} with the hash that was proven.`,
    );
  } finally {
    executor.close();
  }
}
