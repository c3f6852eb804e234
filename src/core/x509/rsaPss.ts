import { FormatError } from '../verdict/auditorError.ts';
import { derTag, type DerReader } from './der.ts';
import { readNull, readObjectIdentifier, readSmallInteger } from './derValues.ts';

const sha384 = '2.16.840.1.101.3.4.2.2';
const mgf1 = '1.2.840.113549.1.1.8';

/**
 * The name of an RSASSA-PSS signature by its parameters (RFC 4055 §3.1), the next element of `reader`: `RSASSA-PSS-SHA384` with SHA-384, MGF1
 * over SHA-384 and 48 bytes of salt; any other combination is `RSASSA-PSS`, which nobody allows. The trailer may be left out or be the 1 that it
 * would be then: AMD's certificates are signed in both ways.
 * @throws FormatError where it is no such structure.
 */
export function readPssName(reader: DerReader): 'RSASSA-PSS-SHA384' | 'RSASSA-PSS' {
  const parameters = reader.enter('the parameters of RSASSA-PSS', derTag.sequence);
  const hash = optional(parameters, 0xa0, (inner) => readDigest(inner));
  const mask = optional(parameters, 0xa1, readMask);
  const salt = optional(parameters, 0xa2, (inner) => readSmallInteger(inner, 'the length of the salt'));
  const trailerOffset = parameters.position;
  const trailer = optional(parameters, 0xa3, (inner) => readSmallInteger(inner, 'the trailer'));
  parameters.finish('the parameters of RSASSA-PSS');
  if (trailer !== undefined && trailer !== 1) {
    throw new FormatError(`DER: expected the trailer 1 at byte ${trailerOffset}, found ${trailer}.`, trailerOffset);
  }
  return hash === sha384 && mask === sha384 && salt === 48 ? 'RSASSA-PSS-SHA384' : 'RSASSA-PSS';
}

function optional<T>(parameters: DerReader, tag: number, read: (inner: DerReader) => T): T | undefined {
  if (!parameters.next(tag)) return undefined;
  const inner = parameters.enter('a parameter of RSASSA-PSS', tag);
  const value = read(inner);
  inner.finish('a parameter of RSASSA-PSS');
  return value;
}

/** A digest's AlgorithmIdentifier; NULL and no parameters at all mean the same (RFC 4055 §2.1). */
function readDigest(reader: DerReader): string {
  const algorithm = reader.enter('a digest', derTag.sequence);
  const id = readObjectIdentifier(algorithm, 'a digest');
  if (!algorithm.atEnd) readNull(algorithm, 'the parameters of a digest');
  algorithm.finish('a digest');
  return id;
}

/** The digest of MGF1, or undefined for another mask. */
function readMask(reader: DerReader): string | undefined {
  const algorithm = reader.enter('a mask', derTag.sequence);
  const isMgf1 = readObjectIdentifier(algorithm, 'a mask') === mgf1;
  const digest = readDigest(algorithm);
  algorithm.finish('a mask');
  return isMgf1 ? digest : undefined;
}
