import { keccak256, parseTransaction, recoverTransactionAddress } from 'viem';
import type { Hex } from '../../core/evm/hex.ts';
import type { ExecutionNode } from './executionNode.ts';
import { RpcFault } from './nodeRpc.ts';

export interface PooledTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly from: Hex;
  readonly nonce: number;
  readonly gas: bigint;
  readonly fields: ReturnType<typeof parseTransaction>;
}

const maximum = { transactions: 4096, bytes: 128 * 1024 } as const;

/** Transactions that are signed and not in a block yet, in the order of their coming. */
export class TransactionPool {
  readonly #waiting = new Map<Hex, PooledTransaction>();
  readonly #node: Pick<ExecutionNode, 'ask'>;
  readonly #chainId: number;

  constructor(node: Pick<ExecutionNode, 'ask'>, chainId: number) {
    this.#node = node;
    this.#chainId = chainId;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get(hash: Hex): PooledTransaction | undefined {
    return this.#waiting.get(hash);
  }

  /**
   * @param baseFee the next block's
   * @throws RpcFault in the words that nodes use
   */
  async add(raw: Hex, head: Hex, baseFee: bigint): Promise<Hex> {
    if (!/^0x(?:[0-9a-f]{2})+$/i.test(raw) || raw.length > 2 * maximum.bytes + 2)
      throw new RpcFault(-32602, 'not a raw transaction');
    if (this.#waiting.size >= maximum.transactions) throw new RpcFault(-32000, 'txpool is full');
    const hash = keccak256(raw);
    if (this.#waiting.has(hash)) throw new RpcFault(-32000, 'already known');
    const { from, fields } = await this.#read(raw);
    const nonce = fields.nonce ?? 0;
    const gas = fields.gas ?? 0n;
    if (fields.type === 'eip4844' || fields.type === 'eip7702') {
      throw new RpcFault(-32000, `transaction type not supported: ${fields.type}`);
    }
    if (fields.chainId !== undefined && fields.chainId !== this.#chainId) {
      throw new RpcFault(-32000, `invalid chain id for signer: have ${fields.chainId} want ${this.#chainId}`);
    }
    const next = Number(await this.#node.ask<Hex>('eth_getTransactionCount', from, head));
    if (nonce < next) throw new RpcFault(-32000, `nonce too low: next nonce ${next}, tx nonce ${nonce}`);
    const balance = BigInt(await this.#node.ask<Hex>('eth_getBalance', from, head));
    const price = fields.maxFeePerGas ?? fields.gasPrice ?? 0n;
    if (balance < gas * price + (fields.value ?? 0n)) {
      throw new RpcFault(-32000, 'insufficient funds for gas * price + value');
    }
    if (price < baseFee) {
      throw new RpcFault(
        -32000,
        `max fee per gas less than block base fee: maxFeePerGas: ${price}, baseFee: ${baseFee}`,
      );
    }
    const rival = [...this.#waiting.values()].find((each) => each.from === from && each.nonce === nonce);
    if (rival) {
      const old = rival.fields.maxFeePerGas ?? rival.fields.gasPrice ?? 0n;
      if (price <= old) throw new RpcFault(-32000, 'replacement transaction underpriced');
      this.#waiting.delete(rival.hash);
    }
    this.#waiting.set(hash, { hash, raw, from, nonce, gas, fields });
    return hash;
  }

  async #read(raw: Hex): Promise<{ from: Hex; fields: ReturnType<typeof parseTransaction> }> {
    try {
      const fields = parseTransaction(raw);
      const from = await recoverTransactionAddress({ serializedTransaction: raw as never });
      return { from: from.toLowerCase() as Hex, fields };
    } catch (error) {
      throw new RpcFault(
        -32602,
        `not a signed transaction: ${error instanceof Error ? error.message.split('\n')[0] : 'unreadable'}`,
      );
    }
  }

  /** The next nonce of an account, with what waits here in a row. */
  nextNonce(from: Hex, next: number): number {
    const waiting = new Set([...this.#waiting.values()].filter((each) => each.from === from).map(({ nonce }) => nonce));
    let nonce = next;
    while (waiting.has(nonce)) nonce += 1;
    return nonce;
  }

  /** Those that a block can take now: each sender's in a row from its account's nonce, within the gas of a block. */
  async ready(head: Hex, gasLimit: bigint): Promise<Hex[]> {
    const next = new Map<Hex, number>();
    const taken: Hex[] = [];
    let gas = 0n;
    const inTurn = this.#inTurn();
    for (const each of inTurn) {
      let nonce = next.get(each.from);
      if (nonce === undefined) {
        nonce = Number(await this.#node.ask<Hex>('eth_getTransactionCount', each.from, head));
        next.set(each.from, nonce);
      }
      if (each.nonce < nonce) this.#waiting.delete(each.hash);
      if (each.nonce !== nonce || gas + each.gas > gasLimit) continue;
      next.set(each.from, nonce + 1);
      gas += each.gas;
      taken.push(each.raw);
    }
    return taken;
  }

  /** Senders in the order in which they came, the transactions of each by their nonces. */
  #inTurn(): PooledTransaction[] {
    const bySender = new Map<Hex, PooledTransaction[]>();
    for (const each of this.#waiting.values()) {
      const others = bySender.get(each.from);
      if (others) others.push(each);
      else bySender.set(each.from, [each]);
    }
    return [...bySender.values()].flatMap((own) => own.toSorted((a, b) => a.nonce - b.nonce));
  }

  remove(raws: readonly Hex[]): void {
    for (const raw of raws) this.#waiting.delete(keccak256(raw));
  }
}
