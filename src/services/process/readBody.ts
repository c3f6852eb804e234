import type { IncomingMessage } from 'node:http';
import { HttpFault } from './httpFault.ts';

export interface BodyRules {
  /** The refusal of what is too long; default 413 TOO_LONG. */
  readonly tooLong?: () => Error;
  /** Told of each part before it is kept; what it throws is the refusal. */
  readonly onPart?: (bytes: number) => void;
}

/**
 * The body of a request, held in memory: `maximum` in bytes bounds it before it is taken.
 * @throws HttpFault 400 INCOMPLETE | 413 TOO_LONG, or as the rules say
 */
export async function readBody(request: IncomingMessage, maximum: number, rules: BodyRules = {}): Promise<Uint8Array> {
  const tooLong = rules.tooLong ?? (() => new HttpFault(413, 'TOO_LONG', `At most ${maximum} bytes are taken here.`));
  if (Number(request.headers['content-length'] ?? 0) > maximum) throw tooLong();
  const parts: Buffer[] = [];
  let length = 0;
  // Not `for await`: leaving it early would end the connection before the refusal is read.
  await new Promise<void>((resolve, reject) => {
    const take = (part: Buffer): void => {
      try {
        length += part.length;
        if (length > maximum) throw tooLong();
        rules.onPart?.(part.length);
        parts.push(part);
      } catch (refusal) {
        request.off('data', take).pause();
        reject(refusal as Error);
      }
    };
    request.on('data', take);
    request.once('end', resolve);
    request.once('error', () =>
      reject(new HttpFault(400, 'INCOMPLETE', 'The request did not come whole; nothing was done.')),
    );
  });
  return new Uint8Array(Buffer.concat(parts));
}
