import { FormatError } from '../verdict/auditorError.ts';
import { decodeName, shownName } from './shownName.ts';

/** A file in a tar archive; one without bytes is a link or a device, which is not followed. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array | undefined;
}

const block = 512;

export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= block && decodeName(bytes.subarray(257, 262)) === 'ustar';
}

/**
 * The files of a tar archive (POSIX ustar and pax, GNU long names), as parts of the bytes given. Folders are left out.
 * @throws FormatError with the offset where a header is damaged or a file is cut off
 */
export function* readTar(bytes: Uint8Array): Generator<TarEntry> {
  let longName: string | undefined;
  for (let at = 0; at + block <= bytes.length;) {
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return;
    checkSum(header, at);
    const length = octal(header.subarray(124, 136), at);
    const start = at + block;
    if (start + length > bytes.length) throw new FormatError(`tar: the file at byte ${start} is cut off.`, start);
    const body = bytes.subarray(start, start + length);
    const type = String.fromCharCode(header[156] ?? 0);
    at = start + Math.ceil(length / block) * block;
    if (type === 'L') longName = field(body);
    else if (type === 'x') longName = paxPath(body) ?? longName;
    else if (type !== 'g' && type !== 'K') {
      const prefix = decodeName(header.subarray(257, 262)) === 'ustar' ? field(header.subarray(345, 500)) : '';
      const name = longName ?? (prefix === '' ? '' : `${prefix}/`) + field(header.subarray(0, 100));
      longName = undefined;
      const isFile = type === '0' || type === '\0' || type === '7';
      if (type !== '5' && !name.endsWith('/')) yield { name: shownName(name), bytes: isFile ? body : undefined };
    }
  }
}

/** POSIX: the sum of the header's bytes, its own field taken for spaces. */
function checkSum(header: Uint8Array, at: number): void {
  let sum = 0;
  for (let index = 0; index < block; index++) sum += index >= 148 && index < 156 ? 32 : (header[index] as number);
  if (sum !== octal(header.subarray(148, 156), at))
    throw new FormatError(`tar: the header at byte ${at} is damaged.`, at);
}

function octal(digits: Uint8Array, at: number): number {
  const text = field(digits).trim();
  if (!/^[0-7]{1,11}$/.test(text))
    throw new FormatError(`tar: expected an octal number in the header at byte ${at}.`, at);
  return Number.parseInt(text, 8);
}

function field(bytes: Uint8Array): string {
  const zero = bytes.indexOf(0);
  return decodeName(bytes.subarray(0, Math.min(zero < 0 ? bytes.length : zero, 4096)));
}

/** The record `path=` of a pax header: `LENGTH path=NAME\n`. */
function paxPath(body: Uint8Array): string | undefined {
  return /(?:^|\n)\d{1,6} path=([^\n]{1,4096})\n/.exec(decodeName(body.subarray(0, 16_384)))?.[1];
}
