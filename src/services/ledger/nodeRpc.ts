import { AuditorError } from '../../core/verdict/auditorError.ts';

/** What a node answers instead of a result. */
export class RpcFault extends Error {
  override readonly name = 'RpcFault';
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Calls of a node of our own over JSON-RPC 2.0. */
export class NodeRpc {
  readonly url: string;
  #id = 0;

  constructor(url: string) {
    this.url = url;
  }

  /** @throws RpcFault for an answer that is an error; AuditorError `source` NODE_SILENT where none comes */
  async call<Result>(method: string, ...params: readonly unknown[]): Promise<Result> {
    const answer = (await this.#post({ jsonrpc: '2.0', id: ++this.#id, method, params }, method)) as Answer;
    if (answer.error) throw new RpcFault(answer.error.code, answer.error.message, answer.error.data);
    return answer.result as Result;
  }

  /** Several calls at once, in any order, whose results nobody needs. @throws as `call` */
  async together(...calls: readonly (readonly [method: string, ...params: readonly unknown[]])[]): Promise<void> {
    const requests = calls.map(([method, ...params]) => ({ jsonrpc: '2.0', id: ++this.#id, method, params }));
    const answers = (await this.#post(requests, calls[0]?.[0] ?? '')) as readonly Answer[];
    const fault = answers.find(({ error }) => error)?.error;
    if (fault) throw new RpcFault(fault.code, fault.message, fault.data);
  }

  async #post(body: unknown, method: string): Promise<unknown> {
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(60_000),
      });
      return await response.json();
    } catch (cause) {
      throw new AuditorError('source', 'NODE_SILENT', `The execution node does not answer ${method}.`, { cause });
    }
  }
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}
