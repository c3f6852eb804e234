import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import { chainId } from '../../core/evm/evm.fixture.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { blockJson, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';

/** What a lying node does with one call: another answer, an error, or a whole response. Undefined leaves the honest answer. */
export type Lie = (
  method: string,
  params: readonly JsonValue[],
  honest: () => Promise<JsonValue>,
) => Promise<JsonValue | Refusal | undefined> | JsonValue | Refusal | undefined;

export class Refusal {
  readonly code: number;
  readonly message: string;
  constructor(code: number, message: string) {
    this.code = code;
    this.message = message;
  }
}

export interface FakeNodeOptions {
  readonly lie?: Lie;
  /** In place of everything, before a call is looked at. */
  readonly respond?: (request: number, body: JsonValue) => Response | Promise<Response> | undefined;
  readonly aura?: boolean;
}

/** A node in memory over one ledger. */
export class FakeNode {
  readonly ledger: readonly LedgerBlock[];
  readonly #options: FakeNodeOptions;
  requests = 0;
  readonly calls: string[] = [];

  constructor(ledger: readonly LedgerBlock[], options: FakeNodeOptions = {}) {
    this.ledger = ledger;
    this.#options = options;
  }

  async handle(body: JsonValue): Promise<Response> {
    this.requests += 1;
    const own = await this.#options.respond?.(this.requests, body);
    if (own) return own;
    const calls = (Array.isArray(body) ? body : [body]) as JsonObject[];
    const answers = await Promise.all(calls.map((call) => this.#answer(call)));
    return Response.json(Array.isArray(body) ? answers.toReversed() : answers[0]);
  }

  async #answer({ id, method, params }: JsonObject): Promise<JsonObject> {
    const [name, values] = [method as string, params as JsonValue[]];
    this.calls.push(name);
    const honest = (): Promise<JsonValue> => this.answerTo(name, values);
    const lie = await this.#options.lie?.(name, values, honest);
    const result = lie === undefined ? await honest() : lie;
    const head = { jsonrpc: '2.0', id: id ?? null };
    return result instanceof Refusal
      ? { ...head, error: { code: result.code, message: result.message } }
      : { ...head, result };
  }

  /** What an honest node would say. */
  async answerTo(method: string, params: readonly JsonValue[]): Promise<JsonValue> {
    const block = this.ledger[Number(method === 'eth_getProof' ? params[2] : params[0])];
    switch (method) {
      case 'eth_chainId':
        return `0x${chainId.toString(16)}`;
      case 'eth_blockNumber':
        return `0x${(this.ledger.length - 1).toString(16)}`;
      case 'eth_getBlockByNumber':
        return this.#block(block, params[1] === true);
      case 'eth_getBlockByHash':
        return this.#block(
          this.ledger.find(({ hash }) => toHex0x(hash) === params[0]),
          params[1] === true,
        );
      case 'eth_getBlockReceipts':
        return block ? [...block.receipts] : null;
      case 'eth_getTransactionReceipt':
        for (const { transactions, receipts } of this.ledger) {
          const index = transactions.findIndex(({ hash }) => hash === params[0]);
          if (index >= 0) return receipts[index] ?? null;
        }
        return null;
      case 'eth_getTransactionByHash': {
        const found = this.ledger.find(({ transactions }) => transactions.some(({ hash }) => hash === params[0]));
        return found ? { hash: params[0] ?? null, blockNumber: `0x${found.number.toString(16)}` } : null;
      }
      case 'eth_getProof':
        return block ? block.prove(params[0] as Hex, params[1] as Hex[]) : null;
      case 'eth_getLogs':
        return this.#logs(params[0] as JsonObject);
      default:
        throw new Error(`No such method: ${method}`);
    }
  }

  #block(block: LedgerBlock | undefined, full: boolean): JsonValue {
    if (!block) return null;
    return {
      ...blockJson(block, this.#options.aura ? 'aura' : 'ordinary'),
      transactions: full ? [...block.transactions] : block.transactions.map(({ hash }) => hash ?? null),
    };
  }

  #logs({ address, fromBlock, toBlock }: JsonObject): JsonValue {
    return this.ledger
      .slice(Number(fromBlock), Number(toBlock) + 1)
      .flatMap(({ number, receipts }) =>
        receipts.flatMap(({ logs }) =>
          (logs as JsonObject[])
            .filter((log) => log['address'] === address)
            .map((log) => ({ ...log, blockNumber: `0x${number.toString(16)}` })),
        ),
      );
  }
}

/** A network of nodes by host name. */
export function networkOf(nodes: Readonly<Record<string, FakeNode>>): typeof globalThis.fetch {
  return async (url, init) => {
    const node = nodes[new URL(String(url instanceof Request ? url.url : url)).hostname];
    init?.signal?.throwIfAborted();
    if (!node) throw new TypeError('fetch failed');
    const body = JSON.parse(String(init?.body)) as JsonValue;
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error), { once: true });
      node.handle(body).then(resolve, reject);
    });
  };
}
