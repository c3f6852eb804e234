import { parseJson } from '../../core/bytes/json.ts';
import { isDigest } from '../../core/host/hostValues.ts';
import { isObject } from '../../core/vc/credential.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { ImageDescription } from './dealImage.ts';

const members = ['affidavit', 'image', 'keyCommitment', 'inside', 'threshold', 'validators'];

/** @throws FormatError */
export function readImageDescription(text: string): ImageDescription {
  const value = parseJson(text, { maximumDepth: 3, maximumLength: 1024 * 1024 });
  if (!isObject(value) || Object.keys(value).some((name) => !members.includes(name))) throw fault('its six members');
  const { affidavit, image, keyCommitment, inside, threshold, validators } = value;
  if (affidavit !== 'image/1') throw fault('"affidavit": "image/1"');
  if (!isDigest(image) || !isDigest(keyCommitment) || !isDigest(inside)) throw fault('digests of 64 hex digits');
  const isNumber = typeof threshold === 'number' && Number.isInteger(threshold) && threshold >= 2 && threshold <= 255;
  if (!isNumber) throw fault('a threshold from 2 to 255');
  if (!Array.isArray(validators) || !validators.every((did) => typeof did === 'string'))
    throw fault('DIDs of validators');
  return { affidavit, image, keyCommitment, inside, threshold, validators: validators as string[] };
}

function fault(expected: string): FormatError {
  return new FormatError(`Description of an image: expected ${expected}.`, 0);
}
