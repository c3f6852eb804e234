import { readFile } from 'node:fs/promises';
import { parseJson } from '../../core/bytes/json.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';

/** All that a node is told when it starts: a JSON file that whoever runs it writes. */
export interface NodeSetting {
  /** The node's own: its key, its votes, its files. */
  readonly folder: string;
  /** File with the key of the account that joins: of the ledger's validator that this node is. */
  readonly accountKey: string;
  /** Nodes of the ledger; more than one are compared. */
  readonly rpc: readonly string[];
  readonly pin: EvmPin;
  readonly contract: Hex;
  readonly host: string;
  readonly port: number;
  /** Addresses of the other nodes: asked for files, told of votes. */
  readonly peers: readonly string[];
  /** Folder of the simulated security module that attests the node. */
  readonly module: string;
  /** Milliseconds between looks at the ledger. */
  readonly poll: number;
  /** Milliseconds after which a request that lacks votes is said to stand still. */
  readonly patience: number;
}

/** @throws AuditorError `usage` NODE_SETTING */
export async function readNodeSetting(path: string): Promise<NodeSetting> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw ioFault(`The setting ${path} cannot be read`, error);
  }
  try {
    const value = parseJson(text) as unknown as NodeSetting;
    const texts = [value.folder, value.accountKey, value.contract, value.host, value.module];
    const numbers = [value.port, value.poll, value.patience, value.pin?.chainId];
    const lists = [value.rpc, value.peers];
    if (
      texts.every((each) => typeof each === 'string') &&
      numbers.every((each) => Number.isSafeInteger(each)) &&
      lists.every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'))
    ) {
      return value;
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  throw new AuditorError('usage', 'NODE_SETTING', `${path} is no setting of a node of the network.`);
}
