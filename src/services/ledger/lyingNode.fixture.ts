import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { keccak256 } from '../../core/bytes/hash.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { ForkedHeaders, sealedBy, withFields } from './forkedHeaders.fixture.ts';
import { NodeRpc, RpcFault } from './nodeRpc.ts';
import { readHeader } from './qbftHeader.ts';
import { sealHeader } from './replica.ts';

/** What a node does that cannot be believed, or that is hard to work with. */
export type Lie =
  /** Logs and receipts lack every event of theirs; headers are true. */
  | 'drops events'
  /** Headers say by their blooms that there is nothing in the blocks, and keep their seals. */
  | 'hides blooms'
  /** Receipts are those of another block that has some, under this block's name. */
  | 'swaps receipts'
  /** Each event's data is another. */
  | 'changes events'
  /** Whole blocks lack their last transaction. */
  | 'drops transactions'
  /** Each transaction asks for something else. */
  | 'changes transactions'
  /** Every transaction succeeded. */
  | 'hides failures'
  /** As many seals as there were, by keys of its own. */
  | 'forges seals'
  /** Another history from `from` on, sealed by `secrets` only. */
  | 'serves a fork'
  /** That fork's block for every other question about the same number; of two neighbours one begins with it. */
  | 'equivocates'
  /** Nothing after `head`. */
  | 'replays an old head'
  /** Proofs of another account under the asked address. */
  | 'swaps proofs'
  | 'wrong chain id'
  | 'returns HTML'
  /** 429 to two of three requests. */
  | 'limits the rate'
  | 'is slow'
  | 'never answers'
  | 'has no eth_getProof'
  | 'has no eth_getBlockReceipts'
  | 'has no debug_getRawHeader'
  /** Logs of at most `range` blocks at a time. */
  | 'limits ranges';

export interface LyingNodeOptions {
  /** Address of the true node. */
  readonly upstream: string;
  readonly lies: readonly Lie[];
  /** Keys that seal forks: of some validators, for a minority; of a quorum, for what must never be. */
  readonly secrets?: readonly Uint8Array[];
  /** First block of the fork; default 1. */
  readonly from?: number;
  /** The old head; default 1. */
  readonly head?: number;
  /** Default 2. */
  readonly range?: number;
  /** Milliseconds; default 2000. */
  readonly slowness?: number;
}

export interface LyingNode {
  readonly rpc: string;
  /** Can be changed at any time. */
  readonly lies: Set<Lie>;
  /** Every method that was asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

type Json = Record<string, unknown>;

/** A node between an auditor and a true one that tells lies of its own. */
export async function startLyingNode(options: LyingNodeOptions): Promise<LyingNode> {
  const node = new Liar(options);
  const server = createServer((request, response) => {
    node.serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    rpc: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lies: node.lies,
    asked: node.asked,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
const forgers = Array.from({ length: 16 }, (_, index) => keccak256(Uint8Array.of(0xf0, index)));
const missing: Readonly<Record<string, Lie>> = {
  eth_getProof: 'has no eth_getProof',
  eth_getBlockReceipts: 'has no eth_getBlockReceipts',
  debug_getRawHeader: 'has no debug_getRawHeader',
};

class Liar {
  readonly lies: Set<Lie>;
  readonly asked: string[] = [];
  readonly #options: LyingNodeOptions;
  readonly #node: NodeRpc;
  readonly #fork: ForkedHeaders;
  readonly #numbers = new Map<string, number>();
  #requests = 0;
  readonly #turns = new Map<number, number>();

  constructor(options: LyingNodeOptions) {
    this.#options = options;
    this.lies = new Set(options.lies);
    this.#node = new NodeRpc(options.upstream);
    const read = (number: number) => this.#node.call<Hex>('debug_getRawHeader', hex(number));
    this.#fork = new ForkedHeaders(options.from ?? 1, options.secrets ?? [], read);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    this.#requests += 1;
    if (this.lies.has('never answers')) return;
    if (this.lies.has('is slow')) await delay(this.#options.slowness ?? 2000);
    if (this.lies.has('returns HTML')) {
      response.writeHead(200, { ...cors, 'Content-Type': 'text/html' });
      return void response.end('<!doctype html><title>Welcome</title><p>Sign in to go on.');
    }
    if (this.lies.has('limits the rate') && this.#requests % 3 !== 0) {
      response.writeHead(429, { ...cors, 'Content-Type': 'application/json', 'Retry-After': '0' });
      return void response.end('{"error":"rate limit exceeded"}');
    }
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json | Json[];
    const answers = Array.isArray(asked)
      ? await Promise.all(asked.map((each) => this.#one(each)))
      : await this.#one(asked);
    response.writeHead(200, { ...cors, 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answers));
  }

  async #one({ id, method, params = [] }: Json): Promise<Json> {
    this.asked.push(method as string);
    try {
      return { jsonrpc: '2.0', id, result: (await this.#answer(method as string, params as unknown[])) ?? null };
    } catch (error) {
      const { code = -32603, message, data } = error as RpcFault;
      return { jsonrpc: '2.0', id, error: { code, message, data } };
    }
  }

  async #answer(method: string, params: unknown[]): Promise<unknown> {
    const lack = missing[method];
    if (lack && this.lies.has(lack)) throw new RpcFault(-32601, `the method ${method} does not exist/is not available`);
    if (this.lies.has('wrong chain id') && (method === 'eth_chainId' || method === 'net_version')) {
      return method === 'eth_chainId' ? '0x539' : '1337';
    }
    switch (method) {
      case 'eth_blockNumber':
        return hex(await this.#head());
      case 'debug_getRawHeader':
      case 'eth_getBlockByNumber':
      case 'eth_getBlockByHash': {
        const number = await this.#number(params[0]);
        if (number === undefined) return null;
        const header = await this.#header(number);
        return method === 'debug_getRawHeader' ? header.raw : this.#block(number, header, params[1] === true);
      }
      case 'eth_getBlockReceipts': {
        const number = await this.#number(params[0]);
        return number === undefined ? null : this.#receipts(number);
      }
      case 'eth_getTransactionReceipt':
        return this.#receipt((await this.#node.call(method, ...params)) as Json | null);
      case 'eth_getLogs':
        return this.#logs(params[0] as Json);
      case 'eth_getProof':
        return this.#proof(params);
    }
    const given = await Promise.all(params.map((each) => this.#translated(each)));
    return this.#node.call(method, ...given);
  }

  async #head(): Promise<number> {
    const head = Number(await this.#node.call<Hex>('eth_blockNumber'));
    return this.lies.has('replays an old head') ? Math.min(head, this.#options.head ?? 1) : head;
  }

  /** A block that is asked for by number, name or hash, as far as this node admits it. */
  async #number(given: unknown): Promise<number | undefined> {
    const head = await this.#head();
    if (typeof given === 'object' && given !== null) {
      const { blockHash, blockNumber } = given as Json;
      return this.#number(blockHash ?? blockNumber);
    }
    const text = String(given ?? 'latest');
    let number = text === 'earliest' ? 0 : head;
    if (/^0x[0-9a-f]{64}$/i.test(text)) {
      const known = this.#numbers.get(text);
      const block = known === undefined ? await this.#node.call<Json | null>('eth_getBlockByHash', text, false) : null;
      if (known === undefined && block === null) return undefined;
      number = known ?? Number(block?.['number']);
    } else if (text.startsWith('0x')) number = Number(text);
    return number <= head ? number : undefined;
  }

  /** Hashes of the fork mean nothing to the true node. */
  async #translated(given: unknown): Promise<unknown> {
    const hash = typeof given === 'object' && given !== null ? (given as Json)['blockHash'] : undefined;
    if (typeof hash !== 'string') return given === 'latest' ? hex(await this.#head()) : given;
    const number = this.#numbers.get(hash);
    return number === undefined ? given : hex(number);
  }

  async #isForked(number: number, asksHeader: boolean): Promise<boolean> {
    if (!this.#fork.forks(number)) return false;
    if (this.lies.has('serves a fork')) return true;
    if (!asksHeader || !this.lies.has('equivocates')) return false;
    const turn = this.#turns.get(number) ?? number;
    this.#turns.set(number, turn + 1);
    return turn % 2 === 1;
  }

  async #header(number: number): Promise<{ raw: Hex; hash: Hex; isForked: boolean }> {
    const isForked = await this.#isForked(number, true);
    let raw = isForked
      ? (await this.#fork.at(number)).header
      : await this.#node.call<Hex>('debug_getRawHeader', hex(number));
    const { sealed } = readHeader(raw);
    if (this.lies.has('hides blooms')) {
      raw = sealHeader(withFields(raw, { 6: new Uint8Array(256) }), sealed.seals.map(toHex0x));
    }
    if (this.lies.has('forges seals')) raw = sealedBy(raw, forgers.slice(0, sealed.seals.length));
    const { blockHash } = sealed;
    if (isForked) this.#numbers.set(blockHash, number);
    return { raw, hash: blockHash, isForked };
  }

  async #block(
    number: number,
    { raw, hash, isForked }: { raw: Hex; hash: Hex; isForked: boolean },
    full: boolean,
  ): Promise<Json> {
    const block = await this.#node.call<Json>('eth_getBlockByNumber', hex(number), full);
    const { header } = readHeader(raw);
    const whole = full ? { transactions: this.#transactions(block['transactions'] as Json[]) } : {};
    const empty = isForked ? { transactions: [], gasUsed: '0x0' } : {};
    return {
      ...block,
      hash,
      parentHash: header.parentHash,
      transactionsRoot: header.transactionsRoot,
      receiptsRoot: header.receiptsRoot,
      logsBloom: toHex0x(header.logsBloom),
      extraData: toHex0x(header.extraData),
      ...whole,
      ...empty,
    };
  }

  #transactions(all: readonly Json[]): readonly Json[] {
    if (this.lies.has('drops transactions')) return all.slice(0, -1);
    if (!this.lies.has('changes transactions')) return all;
    return all.map((each) => ({ ...each, input: `${(each['input'] as Hex).slice(0, -2)}77` }));
  }

  async #receipts(number: number): Promise<Json[]> {
    if (await this.#isForked(number, false)) return [];
    let receipts = await this.#node.call<Json[]>('eth_getBlockReceipts', hex(number));
    if (this.lies.has('swaps receipts') && receipts.length > 0) receipts = await this.#swapped(number, receipts);
    return receipts.map((receipt) => this.#receipt(receipt) as Json);
  }

  /** Those of the nearest other block that has some. */
  async #swapped(number: number, receipts: readonly Json[]): Promise<Json[]> {
    const head = await this.#head();
    for (let step = 1; step <= head; step += 1) {
      for (const other of [number - step, number + step]) {
        if (other < 1 || other > head) continue;
        const found = await this.#node.call<Json[]>('eth_getBlockReceipts', hex(other));
        const { blockHash, blockNumber } = receipts[0] as Json;
        if (found.length > 0) return found.map((receipt) => ({ ...receipt, blockHash, blockNumber }));
      }
    }
    return [];
  }

  #receipt(given: Json | null): Json | null {
    const receipt = given && this.lies.has('hides failures') ? { ...given, status: '0x1' } : given;
    if (receipt === null || (!this.lies.has('drops events') && !this.lies.has('changes events'))) return receipt;
    const logs = receipt['logs'] as Json[];
    if (!this.lies.has('drops events')) return { ...receipt, logs: logs.map(changed) };
    return { ...receipt, logs: [], logsBloom: toHex0x(new Uint8Array(256)) };
  }

  async #logs(filter: Json): Promise<unknown> {
    const [from, to] = await Promise.all([this.#number(filter['fromBlock']), this.#number(filter['toBlock'])]);
    const head = await this.#head();
    const [first, last] = [from ?? head + 1, to ?? head];
    const range = this.#options.range ?? 2;
    if (this.lies.has('limits ranges') && last - first + 1 > range) {
      throw new RpcFault(-32005, `query exceeds max block range ${range}`);
    }
    if (this.lies.has('drops events') || this.lies.has('serves a fork') || first > head) return [];
    const { blockHash, ...rest } = filter;
    const number = blockHash === undefined ? undefined : await this.#number(blockHash);
    const asked = number === undefined ? [first, last] : [number, number];
    const [fromBlock, toBlock] = asked.map(hex);
    const logs = await this.#node.call<Json[]>('eth_getLogs', { ...rest, fromBlock, toBlock });
    return this.lies.has('changes events') ? logs.map(changed) : logs;
  }

  async #proof(params: unknown[]): Promise<unknown> {
    const number = await this.#number(params[2]);
    if (number === undefined) throw new RpcFault(-32000, 'header not found');
    const address = params[0] as Hex;
    if (!this.lies.has('swaps proofs')) return this.#node.call('eth_getProof', address, params[1], hex(number));
    const accounts = await this.#node.call<Hex[]>('eth_accounts');
    const other = await this.#node.call<Json>('eth_getProof', accounts[0], params[1], hex(number));
    return { ...other, address };
  }
}

function changed(log: Json): Json {
  const data = log['data'] as Hex;
  const last = data.at(-1) === '0' ? '1' : '0';
  return data.length > 2 ? { ...log, data: `${data.slice(0, -1)}${last}` } : log;
}

function hex(value: number): Hex {
  return `0x${value.toString(16)}`;
}
