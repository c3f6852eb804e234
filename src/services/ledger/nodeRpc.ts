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
    let answer: { result?: Result; error?: { code: number; message: string; data?: unknown } };
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params }),
        signal: AbortSignal.timeout(60_000),
      });
      answer = (await response.json()) as typeof answer;
    } catch (cause) {
      throw new AuditorError('source', 'NODE_SILENT', `The execution node does not answer ${method}.`, { cause });
    }
    if (answer.error) throw new RpcFault(answer.error.code, answer.error.message, answer.error.data);
    return answer.result as Result;
  }
}
