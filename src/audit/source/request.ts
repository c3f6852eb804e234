import { boundedBody } from './boundedBody.ts';
import { pause } from './pause.ts';
import type { Contact, Origin } from './origin.ts';

/** What became of one GET. `refused`: the origin answered with a status that is no success; `down`: it gave no usable answer. */
export type Answer =
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  | { readonly kind: 'too long' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'down' };

export interface RequestOptions {
  readonly fetch: typeof globalThis.fetch;
  /** For one try, its body included. Milliseconds. */
  readonly timeout: number;
  /** Tries where a connection breaks or the origin answers 429 or 5xx. One that ran out of time is not tried again. */
  readonly tries: number;
  /** Milliseconds to wait before a further try. */
  readonly delay: () => number;
}

/**
 * GETs at most `maximumLength` bytes. A longer body is dropped as soon as it shows, whatever its header says. Redirects are not followed:
 * what is pinned is this origin, and another one must not answer for it. Nothing is sent that tells who asks, and no cache answers.
 * @throws the signal's reason when aborted, and nothing else
 */
export async function request(
  origin: Origin,
  url: URL,
  maximumLength: number,
  options: RequestOptions,
  signal?: AbortSignal,
): Promise<Answer> {
  for (let left = options.tries - 1; ; left -= 1) {
    const attempt = await origin.run(async () => {
      const result = await tryOnce(url, maximumLength, options, signal);
      return { contact: result.contact, result };
    }, signal);
    if (!attempt) return { kind: 'down' };
    if (!attempt.again || left <= 0) return attempt.answer;
    await pause(options.delay(), signal);
  }
}

/** What is read of the body of a refusal, in bytes. */
const longestExcuse = 16 * 1024;

interface Attempt {
  readonly answer: Answer;
  readonly contact: Contact;
  /** Whether a further try may do better. */
  readonly again: boolean;
}

async function tryOnce(
  url: URL,
  maximumLength: number,
  options: RequestOptions,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const stop = new AbortController();
  let late = false;
  let begun = false;
  let whole = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, options.timeout);
  const abort = (): void => stop.abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    const response = await options.fetch(url, {
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: stop.signal,
    });
    begun = true;
    if (response.status !== 200) {
      // Read to its end where it is short, so that the connection can be used again.
      whole = (await boundedBody(response, longestExcuse)) !== undefined;
      const passing = isPassing(response.status);
      return {
        answer: passing ? { kind: 'down' } : { kind: 'refused', status: response.status },
        contact: passing ? 'broken' : 'answered',
        again: passing,
      };
    }
    if (Number(response.headers.get('content-length') ?? 0) > maximumLength) {
      return { answer: { kind: 'too long' }, contact: 'answered', again: false };
    }
    const bytes = await boundedBody(response, maximumLength);
    whole = bytes !== undefined;
    return { answer: bytes ? { kind: 'body', bytes } : { kind: 'too long' }, contact: 'answered', again: false };
  } catch {
    signal?.throwIfAborted();
    return { answer: { kind: 'down' }, contact: late && !begun ? 'silent' : 'broken', again: !late };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // Lets go of the connection where the body was not read to its end; it cannot be used again.
    if (!whole) stop.abort();
  }
}

/** Statuses that another try may change: too many requests, and faults of the server other than "not implemented". */
function isPassing(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}
