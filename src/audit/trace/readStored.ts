import type { ReadObject } from '../../core/trace/tileStore.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { Origins } from '../source/origin.ts';
import { request, type RequestOptions } from '../source/request.ts';

const options: RequestOptions = {
  fetch: (input, init) => globalThis.fetch(input, init),
  timeout: 15_000,
  tries: 2,
  delay: () => 200,
};

/**
 * Reads the objects of a trace below an address, each no longer than it may be.
 * @throws AuditorError `usage` TRACE_ADDRESS for what is no address; the reader throws `source` TRACE_ADDRESS where an object is not to be had
 */
export function readStored(address: string): ReadObject {
  const root = rootOf(address);
  const origin = new Origins().of(root);
  return async (name, maximumLength) => {
    const url = new URL(name, root);
    const answer = await request(origin, url, maximumLength, options);
    if (answer.kind === 'body') return answer.bytes;
    const why = {
      'too long': `is longer than the ${maximumLength} bytes that it may have`,
      refused: `was refused${answer.kind === 'refused' ? ` (${answer.status})` : ''}`,
      down: 'could not be fetched',
    }[answer.kind];
    throw new AuditorError('source', 'TRACE_ADDRESS', `${url.href} ${why}.`);
  };
}

function rootOf(address: string): URL {
  let root: URL | undefined;
  try {
    root = new URL(address);
  } catch {
    // Said below, as for every other text that is none.
  }
  if (root?.protocol !== 'https:' && root?.protocol !== 'http:') {
    const words = `“${address.slice(0, 200)}” is no address that begins with https:// or http://.`;
    throw new AuditorError('usage', 'TRACE_ADDRESS', words);
  }
  if (!root.pathname.endsWith('/')) root.pathname += '/';
  return root;
}
