import type { JsonObject } from '../bytes/json.ts';
import { isObject } from '../vc/credential.ts';
import { isDigest } from './hostValues.ts';
import type { SharePart } from './signHost.ts';

/** What a validator's proof says of the share that it releases; undefined where it says none, or nothing that can be read. */
export function readShare(proof: JsonObject): SharePart | undefined {
  const share = proof['share'];
  if (!isObject(share)) return undefined;
  const { index, digest, image } = share;
  const isNumber = typeof index === 'number' && Number.isSafeInteger(index) && index >= 1 && index <= 255;
  return isNumber && isDigest(digest) && isDigest(image) ? { index, digest, image } : undefined;
}
