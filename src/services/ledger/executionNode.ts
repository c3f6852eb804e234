import { keccak256 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { startAnvil, type AnvilProcess, type ChainRules } from './anvilProcess.ts';
import { NodeRpc, RpcFault } from './nodeRpc.ts';

/** What a block is made of before anybody seals it. */
export interface ExecutionInput {
  readonly timestamp: number;
  /** Who gets the fees. */
  readonly coinbase: Hex;
  readonly baseFee: bigint;
  /** Raw, in their order. */
  readonly transactions: readonly Hex[];
}

export interface Execution {
  /** Raw, those that are in the block. */
  readonly transactions: readonly Hex[];
  /** Those that cannot be in it, and why. */
  readonly refused: readonly { readonly transaction: Hex; readonly reason: string }[];
  readonly stateRoot: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  readonly logsBloom: Hex;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
}

interface NodeBlock {
  readonly number: Hex;
  readonly stateRoot: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  readonly logsBloom: Hex;
  readonly gasLimit: Hex;
  readonly gasUsed: Hex;
  readonly transactions: readonly Hex[];
}

/** A virtual machine with its state: an anvil that executes what it is given, one block after the other. What it says of parents and hashes is its own. */
export class ExecutionNode {
  readonly rpc: NodeRpc;
  readonly #process: AnvilProcess;
  /** Questions under way. */
  readonly #asked = new Set<Promise<unknown>>();
  /** Of its state; those after the first wait for it. */
  #changes: Promise<unknown> = Promise.resolve();
  #changing = 0;

  constructor(anvil: AnvilProcess) {
    this.#process = anvil;
    this.rpc = new NodeRpc(anvil.url);
  }

  static async start(path: string, rules: ChainRules, scratch: string): Promise<ExecutionNode> {
    return new ExecutionNode(await startAnvil(path, rules, scratch));
  }

  get pid(): number {
    return this.#process.pid;
  }

  /**
   * A question about what was executed. Anvil answers what is asked about its newest block with the state of the next one where that is executed in this very moment:
   * so nothing is executed while something is asked, and nothing is asked while something is executed.
   * @throws as `NodeRpc.call`
   */
  async ask<Result>(method: string, ...params: readonly unknown[]): Promise<Result> {
    while (this.#changing > 0) await this.#changes;
    const answer = this.rpc.call<Result>(method, ...params);
    this.#asked.add(answer);
    return answer.finally(() => this.#asked.delete(answer));
  }

  #change<T>(change: () => Promise<T>): Promise<T> {
    this.#changing += 1;
    const changed = this.#changes
      .then(() => Promise.allSettled(this.#asked))
      .then(change)
      .finally(() => (this.#changing -= 1));
    this.#changes = changed.catch(() => undefined);
    return changed;
  }

  /** Executes a block on top of what was executed before. */
  execute(input: ExecutionInput): Promise<Execution> {
    return this.#change(() => this.#execute(input));
  }

  async #execute({ timestamp, coinbase, baseFee, transactions }: ExecutionInput): Promise<Execution> {
    await this.rpc.together(
      ['anvil_setCoinbase', coinbase],
      ['evm_setNextBlockTimestamp', timestamp],
      // Anvil's own reckoning of it does not survive a roll-back.
      ['anvil_setNextBlockBaseFeePerGas', `0x${baseFee.toString(16)}`],
    );
    const refused: { transaction: Hex; reason: string }[] = [];
    const hashes = new Map<Hex, Hex>();
    for (const transaction of transactions) {
      try {
        hashes.set(await this.rpc.call<Hex>('eth_sendRawTransaction', transaction), transaction);
      } catch (error) {
        if (!(error instanceof RpcFault)) throw error;
        refused.push({ transaction, reason: error.message });
      }
    }
    await this.rpc.call('evm_mine');
    const block = await this.rpc.call<NodeBlock>('eth_getBlockByNumber', 'latest', false);
    const included = block.transactions.map((hash) => hashes.get(hash) as Hex);
    if (included.length < hashes.size) {
      await this.rpc.call('anvil_dropAllTransactions');
      for (const transaction of hashes.values()) {
        if (!included.includes(transaction))
          refused.push({ transaction, reason: 'it cannot be executed in this block' });
      }
    }
    return {
      transactions: included,
      refused,
      stateRoot: block.stateRoot,
      transactionsRoot: block.transactionsRoot,
      receiptsRoot: block.receiptsRoot,
      logsBloom: block.logsBloom,
      gasLimit: BigInt(block.gasLimit),
      gasUsed: BigInt(block.gasUsed),
    };
  }

  /** Takes the last block back. */
  rollBack(): Promise<void> {
    return this.#change(async () => {
      await this.rpc.call('anvil_rollback', 1);
      await this.rpc.call('anvil_dropAllTransactions');
    });
  }

  async height(): Promise<number> {
    return Number(await this.rpc.call<Hex>('eth_blockNumber'));
  }

  /** What the first state commits to; anvil's own header of block zero does not have it. */
  async genesis(): Promise<{ stateRoot: Hex; gasLimit: bigint }> {
    const nobody = `0x${'00'.repeat(20)}`;
    const { accountProof } = await this.rpc.call<{ accountProof: Hex[] }>('eth_getProof', nobody, [], '0x0');
    const { gasLimit } = await this.rpc.call<NodeBlock>('eth_getBlockByNumber', '0x0', false);
    return { stateRoot: toHex0x(keccak256(fromHex0x(accountProof[0] ?? '0x80'))), gasLimit: BigInt(gasLimit) };
  }

  /** Blocks, receipts and states, as anvil writes them; without the states of earlier blocks proofs of these could not be had after a restart. */
  dump(): Promise<Hex> {
    return this.rpc.call<Hex>('anvil_dumpState', true);
  }

  load(state: Hex): Promise<boolean> {
    return this.rpc.call<boolean>('anvil_loadState', state);
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
