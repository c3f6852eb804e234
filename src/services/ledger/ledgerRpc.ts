import { toHex0x, fromQuantity, type Hex } from '../../core/evm/hex.ts';
import { developmentConsensus } from './developmentConsensus.ts';
import { RpcFault } from './nodeRpc.ts';
import { nextBaseFee } from './qbftHeader.ts';
import type { Replica } from './replica.ts';
import { resealed, sealedBlock } from './sealedAnswers.ts';
import type { PooledTransaction, TransactionPool } from './transactionPool.ts';

/** Answered by the execution node as they are, but for where the block is named that they are asked of. */
const blockParameter: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_createAccessList: 1,
  eth_estimateGas: 1,
  eth_feeHistory: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getProof: 2,
  eth_getStorageAt: 2,
};

/** Those that need no block. Signing is by the development accounts, whose keys everybody knows. */
const plain = new Set(['debug_traceTransaction', 'eth_accounts', 'eth_sign', 'eth_signTypedData_v4', 'personal_sign']);

const tip = 1_000_000_000n;

/** The ordinary JSON-RPC of a node, with nothing in it that a quorum has not sealed. */
export class LedgerRpc {
  readonly #replica: Replica;
  readonly #pool: TransactionPool;
  readonly #onTransaction: () => void;
  /** Nonces are given out one after the other. */
  #lastSigned: Promise<unknown> = Promise.resolve();

  constructor(replica: Replica, pool: TransactionPool, onTransaction: () => void) {
    this.#replica = replica;
    this.#pool = pool;
    this.#onTransaction = onTransaction;
  }

  /** @throws RpcFault */
  async answer(method: string, params: readonly unknown[]): Promise<unknown> {
    const { node, genesis } = this.#replica;
    switch (method) {
      case 'eth_chainId':
        return hex(genesis.chainId);
      case 'net_version':
        return String(genesis.chainId);
      case 'web3_clientVersion':
        return `Affidavit/${developmentConsensus.replace(' ', '-')}/qbft-over-anvil`;
      case 'eth_syncing':
      case 'net_listening':
        return method === 'net_listening';
      case 'eth_blockNumber':
        return this.#head;
      case 'eth_gasPrice':
        return `0x${(nextBaseFee(this.#replica.head) + tip).toString(16)}`;
      case 'eth_maxPriorityFeePerGas':
        return `0x${tip.toString(16)}`;
      case 'eth_getBlockByNumber':
        return this.#block(this.#number(params[0]), params[1] === true);
      case 'eth_getBlockByHash':
        return this.#block(this.#numberOf(params[0]), params[1] === true);
      case 'debug_getRawHeader':
        return this.#rawHeader(params[0]);
      case 'eth_getBlockReceipts':
        return this.#receipts(params[0]);
      case 'eth_getLogs':
        return this.#logs(params[0]);
      case 'eth_getTransactionByHash':
        return this.#transaction(params[0]);
      case 'eth_getTransactionReceipt':
        return this.#sealedOnly(await node.ask(method, ...params));
      case 'eth_getTransactionCount':
        return this.#count(params[0], params[1]);
      case 'eth_sendRawTransaction':
        return this.#send(params[0]);
      case 'eth_sendTransaction':
        return (this.#lastSigned = this.#lastSigned.catch(() => undefined).then(() => this.#signAndSend(params[0])));
    }
    if (plain.has(method)) return resealed(this.#replica, await node.rpc.call(method, ...params));
    const place = blockParameter[method];
    if (place === undefined) throw new RpcFault(-32601, `the method ${method} does not exist/is not available`);
    return this.#forward(method, params, place);
  }

  get #head(): Hex {
    return hex(this.#replica.height);
  }

  async #forward(method: string, params: readonly unknown[], place: number): Promise<unknown> {
    const number = this.#number(params[place]);
    if (number === undefined) throw new RpcFault(-32000, 'header not found');
    const given: unknown[] = Array.from({ length: Math.max(params.length, place + 1) }, (_, index) => params[index]);
    given[place] = hex(number);
    // Anvil wants keys of slots in full.
    if (method === 'eth_getProof' && Array.isArray(given[1])) {
      given[1] = given[1].map((key) =>
        typeof key === 'string' ? `0x${key.replace(/^0x/, '').padStart(64, '0')}` : key,
      );
    }
    const answer = await this.#replica.node.ask(method, ...given);
    return method === 'eth_getProof' ? withoutEmptyNodes(answer) : answer;
  }

  /** A number, a name of one, or EIP-1898's object with either; undefined where there is no such block. */
  #number(given: unknown): number | undefined {
    if (given === undefined || given === null) return this.#replica.height;
    if (typeof given === 'object') {
      const { blockHash, blockNumber } = given as { blockHash?: unknown; blockNumber?: unknown };
      return blockHash === undefined ? this.#number(blockNumber) : this.#numberOf(blockHash);
    }
    if (given === 'latest' || given === 'pending' || given === 'safe' || given === 'finalized')
      return this.#replica.height;
    if (given === 'earliest') return 0;
    if (typeof given !== 'string') throw new RpcFault(-32602, 'invalid argument: block');
    if (/^0x[0-9a-f]{64}$/i.test(given)) return this.#numberOf(given);
    try {
      const number = fromQuantity(given);
      return number <= this.#replica.height ? number : undefined;
    } catch {
      throw new RpcFault(-32602, `invalid argument: ${given.slice(0, 40)} is not a block`);
    }
  }

  #numberOf(hash: unknown): number | undefined {
    if (typeof hash !== 'string') throw new RpcFault(-32602, 'invalid argument: block hash');
    return this.#replica.numberOf(hash.toLowerCase());
  }

  async #block(number: number | undefined, full: boolean): Promise<unknown> {
    if (number === undefined) return null;
    const block = await this.#replica.node.ask<{ transactions: unknown[] }>('eth_getBlockByNumber', hex(number), full);
    return sealedBlock(this.#replica, number, block.transactions);
  }

  #rawHeader(given: unknown): Hex {
    const number = this.#number(given);
    const found = number === undefined ? undefined : this.#replica.block(number);
    if (!found) throw new RpcFault(-32000, 'header not found');
    return toHex0x(found.read.header.rlp);
  }

  async #receipts(given: unknown): Promise<unknown> {
    const number = this.#number(given);
    if (number === undefined) return null;
    return resealed(this.#replica, await this.#replica.node.ask('eth_getBlockReceipts', hex(number)));
  }

  async #logs(given: unknown): Promise<unknown> {
    if (typeof given !== 'object' || given === null) throw new RpcFault(-32602, 'invalid argument: filter');
    const { blockHash, fromBlock, toBlock, ...rest } = given as Record<string, unknown>;
    const from = blockHash === undefined ? this.#number(fromBlock) : this.#numberOf(blockHash);
    if (blockHash !== undefined && from === undefined) throw new RpcFault(-32000, 'unknown block');
    if (from === undefined) return [];
    const to = blockHash === undefined ? (this.#number(toBlock) ?? this.#replica.height) : from;
    const filter = { ...rest, fromBlock: hex(from), toBlock: hex(to) };
    return resealed(this.#replica, await this.#replica.node.ask('eth_getLogs', filter));
  }

  async #transaction(hash: unknown): Promise<unknown> {
    const waiting = typeof hash === 'string' ? this.#pool.get(hash.toLowerCase() as Hex) : undefined;
    if (waiting) return pendingTransaction(waiting);
    return this.#sealedOnly(await this.#replica.node.ask('eth_getTransactionByHash', hash));
  }

  /** Nothing of a block that is executed and not sealed yet. */
  #sealedOnly(answer: unknown): unknown {
    if (typeof answer !== 'object' || answer === null) return null;
    const { blockNumber } = answer as { blockNumber?: unknown };
    if (typeof blockNumber !== 'string' || Number(blockNumber) > this.#replica.height) return null;
    return resealed(this.#replica, answer);
  }

  async #count(address: unknown, block: unknown): Promise<unknown> {
    for (;;) {
      const { height } = this.#replica;
      const count = (await this.#forward('eth_getTransactionCount', [address, block], 1)) as Hex;
      if (block !== 'pending' || typeof address !== 'string') return count;
      // What a block has just taken waits no more, and is not in the count of the block before.
      if (height === this.#replica.height)
        return hex(this.#pool.nextNonce(address.toLowerCase() as Hex, Number(count)));
    }
  }

  async #send(raw: unknown): Promise<Hex> {
    if (typeof raw !== 'string') throw new RpcFault(-32602, 'invalid argument: raw transaction');
    const hash = await this.#pool.add(raw as Hex, this.#head, nextBaseFee(this.#replica.head));
    this.#onTransaction();
    return hash;
  }

  /** For a development account: filled in, signed by the execution node, which has these keys, and sent as any other. */
  async #signAndSend(given: unknown): Promise<Hex> {
    if (typeof given !== 'object' || given === null) throw new RpcFault(-32602, 'invalid argument: transaction');
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas, input, data, ...rest } = given as Record<string, unknown>;
    const base = nextBaseFee(this.#replica.head);
    const code = input ?? data;
    const call = { ...rest, ...(code === undefined ? {} : { input: code }) } as Record<string, unknown>;
    const filled = {
      ...call,
      chainId: hex(this.#replica.genesis.chainId),
      nonce: call['nonce'] ?? (await this.#count(call['from'], 'pending')),
      gas: call['gas'] ?? (await this.#forward('eth_estimateGas', [call], 1)),
      maxFeePerGas: maxFeePerGas ?? gasPrice ?? `0x${(2n * base + tip).toString(16)}`,
      maxPriorityFeePerGas: maxPriorityFeePerGas ?? gasPrice ?? `0x${tip.toString(16)}`,
    };
    return this.#send(await this.#replica.node.rpc.call<Hex>('eth_signTransaction', filled));
  }
}

/** Where a trie is empty anvil shows its empty node; others, and those who verify, know a proof of no nodes there. */
function withoutEmptyNodes(answer: unknown): unknown {
  const proof = answer as { storageProof: readonly { proof: readonly Hex[] }[] };
  const storageProof = proof.storageProof.map((slot) => (slot.proof.join() === '0x80' ? { ...slot, proof: [] } : slot));
  return { ...proof, storageProof };
}

function pendingTransaction({ hash, from, fields }: PooledTransaction): Record<string, unknown> {
  const big = (value: bigint) => `0x${value.toString(16)}`;
  return {
    hash,
    from,
    to: fields.to ?? null,
    nonce: hex(fields.nonce ?? 0),
    gas: big(fields.gas ?? 0n),
    value: big(fields.value ?? 0n),
    input: fields.data ?? '0x',
    type: fields.type === 'eip1559' ? '0x2' : fields.type === 'eip2930' ? '0x1' : '0x0',
    gasPrice: big(fields.gasPrice ?? fields.maxFeePerGas ?? 0n),
    ...(fields.maxFeePerGas === undefined
      ? {}
      : { maxFeePerGas: big(fields.maxFeePerGas), maxPriorityFeePerGas: big(fields.maxPriorityFeePerGas ?? 0n) }),
    ...(fields.chainId === undefined ? {} : { chainId: hex(fields.chainId) }),
    r: fields.r,
    s: fields.s,
    v: big(fields.v ?? BigInt(fields.yParity ?? 0)),
    blockHash: null,
    blockNumber: null,
    transactionIndex: null,
  };
}

function hex(value: number): Hex {
  return `0x${value.toString(16)}`;
}
