import { S3Error } from './s3Error.ts';

/** First and last byte, inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one byte range that a Range header asks for (RFC 9110 §14.2), or undefined for the whole: a header of another form, or of several
 * ranges, is ignored as the RFC allows.
 * @throws S3Error 416 where nothing of the range exists
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = header === undefined ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first >= size || (from === '' && Number(to) === 0)) {
    throw new S3Error(416, 'InvalidRange', `The object has ${size} bytes; nothing of the range asked for exists.`, {
      'Content-Range': `bytes */${size}`,
    });
  }
  return { first, last };
}
