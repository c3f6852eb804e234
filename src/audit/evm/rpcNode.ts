import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import type { JsonValue } from '../../core/bytes/json.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { Origin } from '../source/origin.ts';
import { boundedBody } from '../source/boundedBody.ts';
import { pause } from '../source/pause.ts';

export interface RpcOptions {
  readonly fetch: typeof globalThis.fetch;
  /** For one try, its body included. Milliseconds. */
  readonly timeout: number;
  /** Tries where a connection breaks or the node says that it is asked too much. */
  readonly tries: number;
  /** Milliseconds before the given further try (from 1), where the node names no time itself. */
  readonly delay: (attempt: number) => number;
  /** Bytes of one answer. */
  readonly maximumLength: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Calls in one request. */
  readonly batch: number;
}

const defaultRpcOptions: RpcOptions = {
  fetch: (...request) => globalThis.fetch(...request),
  timeout: 20_000,
  tries: 4,
  delay: (attempt) => 250 * 2 ** attempt * (0.5 + Math.random() / 2),
  maximumLength: 64 * 1024 * 1024,
  concurrency: 6,
  batch: 64,
};

export interface RpcCall {
  readonly method: string;
  readonly params: readonly JsonValue[];
}

/** What a node makes of one call. `refused`: it answered with an error of its own; `down`: it gave no usable answer. */
export type RpcOutcome =
  | { readonly kind: 'result'; readonly value: JsonValue }
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }
  | { readonly kind: 'down'; readonly reason: string };

/** A node may name a time to come back; nobody waits longer than this, in milliseconds. */
const longestWait = 20_000;
const longestExcuse = 16 * 1024;

/** One address of a node that speaks JSON-RPC 2.0 over HTTP. Nothing that it says is believed; it is bounded in time, bytes and requests at once. */
export class RpcNode {
  /** As shown to people: without secrets, which stand in user names, queries and long parts of paths. */
  readonly name: string;
  readonly #url: URL;
  readonly #options: RpcOptions;
  readonly #origin: Origin;
  /** False once it refused several calls in one request. */
  #takesBatches = true;
  #hasTakenBatch = false;
  #lastId = 0;
  #requests = 0;
  #calls = 0;

  constructor(url: string, options: Partial<RpcOptions> = {}) {
    this.#url = new URL(url);
    this.#options = { ...defaultRpcOptions, ...options };
    this.#origin = new Origin({ concurrency: this.#options.concurrency });
    const path = this.#url.pathname.replace(/\/$/, '').replaceAll(/[^/]{20,}/g, '…');
    this.name = `${this.#url.host}${path}`;
  }

  /** What was asked so far: requests over HTTP, and calls in them. */
  get cost(): { readonly requests: number; readonly calls: number } {
    return { requests: this.#requests, calls: this.#calls };
  }

  async call(method: string, params: readonly JsonValue[], signal?: AbortSignal): Promise<RpcOutcome> {
    const [outcome] = await this.#send([{ method, params }], signal);
    return outcome ?? { kind: 'down', reason: 'It gave no answer.' };
  }

  /** Several calls in as few requests as the node allows; outcomes in the order of the calls. @throws the signal's reason, and nothing else */
  async calls(calls: readonly RpcCall[], signal?: AbortSignal): Promise<readonly RpcOutcome[]> {
    const outcomes: RpcOutcome[] = [];
    while (outcomes.length < calls.length) {
      const width = this.#takesBatches ? this.#options.batch : this.#options.concurrency;
      const next = calls.slice(outcomes.length, outcomes.length + width);
      if (this.#takesBatches && next.length > 1) {
        const answered = await this.#send(next, signal);
        if (answered.some(({ kind }) => kind === 'result')) this.#hasTakenBatch = true;
        if (this.#hasTakenBatch) {
          outcomes.push(...answered);
          continue;
        }
        // Some nodes refuse batches by an error for all, some by a web page: singly is tried before the node is given up.
        this.#takesBatches = false;
        continue;
      }
      outcomes.push(...(await Promise.all(next.map((call) => this.call(call.method, call.params, signal)))));
    }
    return outcomes;
  }

  async #send(calls: readonly RpcCall[], signal: AbortSignal | undefined): Promise<readonly RpcOutcome[]> {
    const requests = calls.map(({ method, params }) => ({ jsonrpc: '2.0', id: (this.#lastId += 1), method, params }));
    const body = JSON.stringify(requests.length === 1 ? requests[0] : requests);
    this.#calls += calls.length;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#tryOnce(body, signal);
      const outcomes =
        answer.kind === 'text'
          ? read(
              answer.text,
              requests.map(({ id }) => id),
            )
          : requests.map(() => answer.outcome);
      const wait =
        answer.kind === 'text'
          ? outcomes.some(isTooMuch)
            ? this.#options.delay(attempt)
            : undefined
          : answer.wait?.(attempt);
      if (wait === undefined || attempt >= this.#options.tries) return outcomes;
      await pause(Math.min(wait, longestWait), signal);
    }
  }

  async #tryOnce(body: string, signal: AbortSignal | undefined): Promise<Attempt> {
    const attempt = await this.#origin.run(async () => {
      this.#requests += 1;
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), this.#options.timeout);
      const abort = (): void => stop.abort();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        signal?.throwIfAborted();
        const result = await this.#post(body, stop.signal);
        return { contact: 'answered' as const, result };
      } catch {
        signal?.throwIfAborted();
        const late = stop.signal.aborted;
        const reason = late ? `It did not answer within ${this.#options.timeout / 1000} s.` : 'It cannot be reached.';
        return {
          contact: late ? ('silent' as const) : ('broken' as const),
          result: down(reason, late ? undefined : this.#options.delay),
        };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        stop.abort();
      }
    }, signal);
    return attempt ?? down('It did not answer before and is left alone for a while.');
  }

  async #post(body: string, signal: AbortSignal): Promise<Attempt> {
    const response = await this.#options.fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal,
    });
    const isRefusal = !response.ok;
    const bytes = await boundedBody(response, isRefusal ? longestExcuse : this.#options.maximumLength);
    if (response.status === 429 || response.status >= 500) {
      const after = Number(response.headers.get('retry-after') ?? NaN);
      const reason =
        response.status === 429 ? 'It says that it is asked too much (429).' : `It failed (${response.status}).`;
      return down(reason, (attempt) =>
        Number.isFinite(after) && after >= 0 ? after * 1000 : this.#options.delay(attempt),
      );
    }
    if (!bytes)
      return down(
        isRefusal
          ? `It answered ${response.status}.`
          : `Its answer is longer than ${this.#options.maximumLength} bytes.`,
      );
    const text = textOf(bytes);
    if (text === undefined) return down('Its answer is no text.');
    if (/^\s*</.test(text))
      return down('It answered with a web page: this is no address of a node, or something stands in between.');
    // Many nodes answer a call that they refuse with 400 and an error in JSON.
    if (isRefusal && !/^\s*[[{]/.test(text)) return down(`It answered ${response.status}.`);
    return { kind: 'text', text };
  }
}

type Attempt =
  | { readonly kind: 'text'; readonly text: string }
  /** `wait`: how long before the next try; absent where another would do no better. */
  | { readonly kind: 'down'; readonly outcome: RpcOutcome; readonly wait?: (attempt: number) => number };

function down(reason: string, wait?: (attempt: number) => number): Attempt {
  return { kind: 'down', outcome: { kind: 'down', reason }, ...(wait ? { wait } : {}) };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** One outcome for each id, in their order. */
function read(text: string, ids: readonly number[]): readonly RpcOutcome[] {
  let json: JsonValue;
  try {
    json = JSON.parse(text) as JsonValue;
  } catch {
    // Too deep, or no JSON: the library has no errors of its own.
    return ids.map(() => ({ kind: 'down', reason: 'Its answer is no JSON.' }));
  }
  const list = Array.isArray(json) ? json : [json];
  const answers = new Map<JsonValue | undefined, JsonValue>();
  for (const each of list) if (isObject(each)) answers.set(each['id'], each);
  const forAll = list.length === 1 && isObject(list[0]) && isObject(list[0]['error']) ? list[0] : undefined;
  return ids.map((id) => outcomeOf(answers.get(id) ?? forAll));
}

function outcomeOf(answer: JsonValue | undefined): RpcOutcome {
  if (!isObject(answer)) return { kind: 'down', reason: 'Its answer is none to this call (JSON-RPC 2.0).' };
  const error = answer['error'];
  if (isObject(error)) {
    const reason = typeof error['message'] === 'string' ? error['message'].slice(0, 200) : 'no reason given';
    return {
      kind: 'refused',
      code: typeof error['code'] === 'number' ? error['code'] : 0,
      reason: `It refused: ${reason}`,
    };
  }
  if (!Object.hasOwn(answer, 'result')) return { kind: 'down', reason: 'Its answer has no result (JSON-RPC 2.0).' };
  return { kind: 'result', value: answer['result'] as JsonValue };
}

function isTooMuch(outcome: RpcOutcome): boolean {
  return (
    outcome.kind === 'refused' &&
    (outcome.code === 429 || outcome.code === -32_005) &&
    !/range|result|block/i.test(outcome.reason)
  );
}

function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
