import { S3Error } from './s3Error.ts';

/** S3's own bound, in bytes of UTF-8. */
const maximumKey = 1024;
/** What common file systems take for one name. */
const maximumSegment = 255;

/**
 * The key of a percent-encoded path below the bucket. The gateway keeps a plain folder, so a key must be a path there and nothing else:
 * slash-separated names of safe characters, none empty, none beginning with a dot (which also keeps out `..` and the versions' folder).
 * @throws S3Error
 */
export function readKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw new S3Error(400, 'InvalidURI', 'The path is not valid percent-encoded UTF-8.');
  }
  if (Buffer.byteLength(key) > maximumKey) {
    throw new S3Error(
      400,
      'KeyTooLongError',
      `A key has at most ${maximumKey} bytes; this one has ${Buffer.byteLength(key)}.`,
    );
  }
  const fault = keyFault(key);
  if (fault !== undefined) throw new S3Error(400, 'InvalidArgument', fault);
  return key;
}

/** Why a text cannot be a key here, or undefined where it can. */
export function keyFault(key: string): string | undefined {
  for (const segment of key.split('/')) {
    if (segment === '') return 'A key here has no empty parts: no slash at its beginning or end, and no two in a row.';
    if (segment.startsWith('.')) return 'No part of a key here begins with a dot.';
    if (segment.length > maximumSegment) return `No part of a key here is longer than ${maximumSegment} characters.`;
    if (!/^[A-Za-z0-9!_.'()=+@,~ -]+$/.test(segment) || /[. ]$/.test(segment)) {
      return "Keys here are made of letters, digits and !_.'()=+@,~- with / between the parts, because they are paths in a plain folder.";
    }
  }
  return undefined;
}
