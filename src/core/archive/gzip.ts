import { concatBytes } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { crc32 } from './crc32.ts';
import { inflate } from './inflate.ts';
import { inflateStream, TooMuchError } from './inflateStream.ts';

/** Several streams in one file are rare and short: they are read at once, so within less. */
const membersMaximum = 32 * 1024 * 1024;

/**
 * What a gzip file says (RFC 1952), all its members one behind the other. Browsers differ over a second member, so that what they refuse is read again, strictly.
 * @throws TooMuchError above `maximum`; FormatError with the place for what is damaged
 */
export async function gunzip(packed: Uint8Array, maximum: number, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await inflateStream(packed, 'gzip', maximum, signal);
  } catch (error) {
    if (!(error instanceof FormatError) || error instanceof TooMuchError) throw error;
    return readMembers(packed, Math.min(maximum, membersMaximum));
  }
}

function readMembers(packed: Uint8Array, maximum: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let left = maximum;
  for (let at = 0; at < packed.length;) {
    const start = skipHeader(packed, at);
    const { output, length } = inflate(packed.subarray(start), left);
    const end = start + length + 8;
    if (end > packed.length) throw new FormatError('gzip: it is cut off.', packed.length);
    const trailer = new DataView(packed.buffer, packed.byteOffset + end - 8, 8);
    if (trailer.getUint32(0, true) !== crc32(output) || trailer.getUint32(4, true) !== output.length) {
      throw new FormatError(`gzip: the check sum is wrong at byte ${end - 8}.`, end - 8);
    }
    parts.push(output);
    left -= output.length;
    at = end;
  }
  return concatBytes(...parts);
}

/** Where the compressed data of the member at `at` begin. */
function skipHeader(packed: Uint8Array, at: number): number {
  const flags = packed[at + 3] ?? 0;
  if (packed[at] !== 0x1f || packed[at + 1] !== 0x8b || packed[at + 2] !== 8 || flags & 0xe0) {
    throw new FormatError(`gzip: expected a member at byte ${at}.`, at);
  }
  let next = at + 10;
  if (flags & 4) next += 2 + (packed[next] ?? 0) + (packed[next + 1] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const zero = packed.indexOf(0, next);
    if (zero < 0) throw new FormatError('gzip: its name does not end.', next);
    next = zero + 1;
  }
  if (flags & 2) next += 2;
  if (next > packed.length) throw new FormatError('gzip: it is cut off.', packed.length);
  return next;
}
