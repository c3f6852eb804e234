import { boundedBody } from '../../audit/source/boundedBody.ts';
import { maximumFileLength } from '../../core/kinds/content.ts';

/** What a link asked to be fetched. */
export interface Linked {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The address that answered in the end. */
  readonly from: string;
}

/** Why nothing came of it; `code` is the answer's status. */
export interface LinkedFault {
  readonly fault: 'address' | 'unreachable' | 'status' | 'long' | 'empty' | 'slow';
  readonly code?: number;
}

const patience = 30_000;
const longestAddress = 2048;

/** The address that a link names, relative ones from this page; undefined where it is none that can be fetched. Names and passwords are not sent along. */
export function linkedAddress(src: string, base: string): URL | undefined {
  if (src === '' || src.length > longestAddress || !URL.canParse(src, base)) return undefined;
  const address = new URL(src, base);
  const isWeb = address.protocol === 'https:' || address.protocol === 'http:';
  return isWeb && address.username === '' && address.password === '' ? address : undefined;
}

/** Fetches what a link names: without cookies, without saying from where, and no more than a file may be long. */
export async function fetchLinked(address: URL, signal: AbortSignal): Promise<Linked | LinkedFault> {
  const late = AbortSignal.timeout(patience);
  try {
    const answer = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.any([signal, late]),
    });
    if (!answer.ok) return { fault: 'status', code: answer.status };
    const bytes = await readBounded(answer, maximumFileLength);
    if (!bytes) return { fault: 'long' };
    if (bytes.length === 0) return { fault: 'empty' };
    return { name: nameOf(address), bytes, from: answer.url };
  } catch (error) {
    if (signal.aborted) throw error;
    return { fault: late.aborted ? 'slow' : 'unreachable' };
  }
}

async function readBounded(answer: Response, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(answer.headers.get('content-length')) > limit) {
    await answer.body?.cancel();
    return undefined;
  }
  return boundedBody(answer, limit);
}

/** The last part of the address, as a name for a file. */
function nameOf({ pathname, hostname }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
