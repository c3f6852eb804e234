import type { IncomingMessage } from 'node:http';
import { HttpFault } from './httpFault.ts';

/**
 * The body of a request, held in memory: `maximum` in bytes bounds it before it is taken.
 * @throws HttpFault 400 INCOMPLETE | 413 TOO_LONG
 */
export async function readBody(request: IncomingMessage, maximum: number): Promise<Uint8Array> {
  const tooLong = () => new HttpFault(413, 'TOO_LONG', `At most ${maximum} bytes are taken here.`);
  if (Number(request.headers['content-length'] ?? 0) > maximum) throw tooLong();
  const parts: Buffer[] = [];
  let length = 0;
  // Not `for await`: leaving it early would end the connection before the refusal is read.
  await new Promise<void>((resolve, reject) => {
    const take = (part: Buffer): void => {
      length += part.length;
      parts.push(part);
      if (length <= maximum) return;
      request.off('data', take).pause();
      reject(tooLong());
    };
    request.on('data', take);
    request.once('end', resolve);
    request.once('error', () => reject(new HttpFault(400, 'INCOMPLETE', 'The request did not come whole.')));
  });
  return new Uint8Array(Buffer.concat(parts));
}
