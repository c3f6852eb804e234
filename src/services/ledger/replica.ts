import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import { ValidatorSet } from '../../core/evm/validators.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { BlockStore } from './blockStore.ts';
import { ExecutionNode, type Execution } from './executionNode.ts';
import { hardforkOf } from './hardfork.ts';
import {
  composeHeader,
  differenceOf,
  nextBaseFee,
  readHeader,
  roundOf,
  withExtra,
  type Proposed,
} from './qbftHeader.ts';
import type { SealedBlock } from './qbftMessages.ts';

export interface Genesis {
  /** RLP of block zero's header. */
  readonly header: Hex;
  readonly time: number;
  readonly chainId: number;
}

/** What was executed on top of the head and is not in the chain yet. */
interface Trial {
  readonly coinbase: Hex;
  readonly timestamp: number;
  readonly asked: string;
  readonly execution: Execution;
}

/**
 * The whole chain with its state, kept in one folder, nothing in it that was not executed here: every validator has one of its own, and the collector one
 * more. Calls must not overlap.
 */
export class Replica {
  readonly genesis: Genesis;
  readonly node: ExecutionNode;
  readonly set: ValidatorSet;
  readonly genesisHash: Hex;
  readonly #folder: string;
  readonly #store: BlockStore;
  readonly #blocks: { readonly read: ReadHeader; readonly block: SealedBlock }[] = [];
  readonly #numbers = new Map<string, number>();
  #trial: Trial | undefined;

  private constructor(folder: string, genesis: Genesis, node: ExecutionNode, store: BlockStore) {
    this.#folder = folder;
    this.genesis = genesis;
    this.node = node;
    this.#store = store;
    const read = readHeader(genesis.header);
    this.#blocks.push({ read, block: { header: genesis.header, transactions: [] } });
    this.set = new ValidatorSet(read.sealed.listed ?? []);
    this.genesisHash = read.sealed.blockHash;
    this.#numbers.set(this.genesisHash, 0);
  }

  /**
   * Opens the chain in a folder: the state as it was put down at the last stop where that fits, else every block is executed again.
   * @throws AuditorError `source` LEDGER_STATE where what is on disk is no chain, IO_…, ANVIL_…
   */
  static async open(folder: string, genesis: Genesis, anvil: string): Promise<Replica> {
    const { store, blocks } = await BlockStore.open(join(folder, 'blocks.jsonl'));
    let node: ExecutionNode | undefined;
    try {
      const fork = hardforkOf(readHeader(genesis.header).header.items);
      const { chainId, time } = genesis;
      node = await ExecutionNode.start(anvil, { chainId, time, fork }, join(folder, 'scratch'));
      const replica = new Replica(folder, genesis, node, store);
      const from = await replica.#loadState(blocks);
      for (const [index, block] of blocks.entries()) {
        const read = readHeader(block.header);
        replica.#demandSealed(read);
        if (index >= from) await replica.#executeSealed(read, block);
        replica.#link(read, block);
      }
      return replica;
    } catch (error) {
      await store.close();
      await node?.stop();
      throw error;
    }
  }

  get head(): ReadHeader {
    return (this.#blocks.at(-1) as { read: ReadHeader }).read;
  }

  get height(): number {
    return this.#blocks.length - 1;
  }

  get headHash(): Hex {
    return this.head.sealed.blockHash;
  }

  block(number: number): { readonly read: ReadHeader; readonly block: SealedBlock } | undefined {
    return this.#blocks[number];
  }

  /** Of a block by its hash in lower case. */
  numberOf(hash: string): number | undefined {
    return this.#numbers.get(hash);
  }

  /**
   * The header that transactions on top of the head give when they are executed here.
   * The execution is kept until another one is asked for, so that asking again costs nothing.
   */
  async compose(
    proposed: Proposed,
    transactions: readonly Hex[],
  ): Promise<{ header: Uint8Array; execution: Execution }> {
    const { coinbase, timestamp } = proposed;
    const asked = transactions.join();
    const trial = this.#trial;
    const baseFee = nextBaseFee(this.head);
    let execution = trial?.execution;
    const same = trial?.coinbase === coinbase && trial.timestamp === timestamp;
    if (!execution || !same || (trial?.asked !== asked && execution.transactions.join() !== asked)) {
      await this.rollBack();
      execution = await this.node.execute({ coinbase, timestamp, baseFee, transactions });
      this.#trial = { coinbase, timestamp, asked, execution };
    }
    const parent = { hash: this.headHash, number: this.height };
    const fork = hardforkOf(this.head.header.items);
    return { header: composeHeader(parent, proposed, execution, baseFee, fork), execution };
  }

  /** Forgets what was executed on top of the head. */
  async rollBack(): Promise<void> {
    if (this.#trial === undefined) return;
    this.#trial = undefined;
    await this.node.rollBack();
  }

  /** How a header differs from what comes out here, in words; undefined where it does not. Seals and round are its own. */
  async differs(read: ReadHeader, transactions: readonly Hex[]): Promise<string | undefined> {
    const { header, sealed } = read;
    const proposed: Proposed = {
      coinbase: header.coinbase,
      timestamp: header.timestamp,
      round: roundOf(read),
      vote: sealed.vote,
      validators: this.set.members,
    };
    if (header.number !== this.height + 1) return `number: ${header.number} is given, ${this.height + 1} is next here`;
    if (header.parentHash !== this.headHash)
      return `parent: ${header.parentHash} is given, the head here is ${this.headHash}`;
    if (header.timestamp <= this.head.header.timestamp) return 'time: it is not later than that of its parent';
    const { header: expected, execution } = await this.compose(proposed, transactions);
    if (execution.transactions.join() !== transactions.join()) {
      return `transactions: ${execution.refused[0]?.reason ?? 'they come out in another order'}`;
    }
    return differenceOf(withExtra(header.rlp, { seals: [] }), expected);
  }

  /**
   * Takes a block that a quorum has sealed, once it came out the same here.
   * @throws AuditorError `source` NOT_SEALED | NOT_EXECUTED; the chain is as before then
   */
  async append(block: SealedBlock, read = readHeader(block.header)): Promise<void> {
    this.#demandSealed(read);
    await this.#executeSealed(read, block);
    await this.#store.append(block);
    this.#link(read, block);
  }

  #demandSealed({ header, sealed, signers }: ReadHeader): void {
    const known = new Set(signers.filter((signer) => signer !== undefined && this.set.has(signer)));
    const needed = quorumOf(this.set.size);
    if (known.size === signers.length && known.size >= needed) return;
    throw new AuditorError(
      'source',
      'NOT_SEALED',
      `Block ${header.number} (${sealed.blockHash}) has ${signers.length} seals, ${known.size} of them by distinct validators; ${needed} of ${this.set.size} are needed and no others.`,
    );
  }

  async #executeSealed(read: ReadHeader, { transactions }: SealedBlock): Promise<void> {
    const difference = await this.differs(read, transactions);
    if (difference === undefined) return;
    await this.rollBack();
    throw new AuditorError(
      'source',
      'NOT_EXECUTED',
      `Block ${read.header.number} does not come out here: ${difference}.`,
    );
  }

  #link(read: ReadHeader, block: SealedBlock): void {
    this.#trial = undefined;
    this.#numbers.set(read.sealed.blockHash, this.#blocks.length);
    this.#blocks.push({ read, block });
    this.set.follow(read.header.number, read.sealed);
  }

  /** @returns how many of the blocks need not be executed again */
  async #loadState(blocks: readonly SealedBlock[]): Promise<number> {
    const text = await readFile(join(this.#folder, 'state.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return 0;
    const { height, hash, state } = JSON.parse(text) as { height: number; hash: Hex; state: Hex };
    const last = blocks[height - 1];
    if (last === undefined || readHeader(last.header).sealed.blockHash !== hash) return 0;
    await this.node.load(state);
    return height;
  }

  /** Puts the state down for the next start, and ends. */
  async close(): Promise<void> {
    try {
      await this.rollBack();
      if (this.height > 0) {
        const content = { height: this.height, hash: this.headHash, state: await this.node.dump() };
        await writeFileDurably(join(this.#folder, 'state.json'), JSON.stringify(content));
      }
    } finally {
      await this.#store.close();
      await this.node.stop();
    }
  }
}

/** A header of the chain with these seals. */
export function sealHeader(header: Hex, seals: readonly Hex[]): Hex {
  return toHex0x(withExtra(fromHex0x(header), { seals: seals.map(fromHex0x) }));
}
