import { FormatError } from '../verdict/auditorError.ts';
import { inflateStream } from './inflateStream.ts';

/** What gzip holds (RFC 1952), or undefined where the bytes are no such thing or hold more than `maximum`. */
export async function gunzipped(bytes: Uint8Array, maximum: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    return await inflateStream(bytes, 'gzip', maximum);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
