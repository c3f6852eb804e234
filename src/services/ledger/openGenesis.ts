import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { ExecutionNode } from './executionNode.ts';
import { composeGenesis } from './qbftHeader.ts';
import type { Genesis } from './replica.ts';

const firstBaseFee = 1_000_000_000n;
/** Of new chains: its precompile verifies P-256 (EIP-7951), which is what browsers and tokens sign with. */
const fork = 'osaka';

/**
 * Block zero as it was made at the first start, or a new one with these validators.
 * @throws AuditorError `source` LEDGER_STATE | IO_… | ANVIL_…
 */
export async function openGenesis(
  folder: string,
  anvil: string,
  chainId: number,
  validators: () => readonly Hex[],
): Promise<Genesis> {
  const path = join(folder, 'genesis.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Genesis;
  } catch (error) {
    if (error instanceof SyntaxError) throw new AuditorError('source', 'LEDGER_STATE', `${path} cannot be read.`);
    if (faultCode(error) !== 'ENOENT') throw ioFault(`${path} cannot be read`, error);
  }
  const time = Math.floor(Date.now() / 1000);
  const node = await ExecutionNode.start(anvil, { chainId, time, fork }, join(folder, 'scratch'));
  try {
    const header = toHex0x(composeGenesis(validators(), time, await node.genesis(), firstBaseFee, fork));
    const genesis = { header, time, chainId };
    await writeFileDurably(path, JSON.stringify(genesis));
    return genesis;
  } finally {
    await node.stop();
  }
}
