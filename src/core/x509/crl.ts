import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Extension, Name } from './certificate.ts';
import { DerReader, derTag } from './der.ts';
import { readBytesAsBits, readInteger, readSmallInteger, readTime } from './derValues.ts';
import { readEntryExtensions, readListExtensions, type DistributionScope } from './crlExtensions.ts';
import { readName } from './name.ts';
import { readExtensions, readSignatureAlgorithm } from './parse.ts';

/** No longer list is read, which bounds its entries too (some 20 bytes each). Those of AMD, AWS and Intel have some hundred KiB at most. */
export const maximumCrlLength = 8 * 1024 * 1024;

/** A certificate revocation list as it was read (RFC 5280 §5.1). Nothing in it is believed until its signature has been verified. */
export interface Crl {
  readonly der: Uint8Array;
  readonly issuer: Name;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Lower-case hex; undefined where the list has none. */
  readonly number: string | undefined;
  /** Serial number (lower-case hex, as `Certificate.serial`) → the time from which on the certificate is not to be trusted. */
  readonly revoked: ReadonlyMap<string, number>;
  /** Which certificates of the issuer the list is about; undefined where it is about all of them. */
  readonly scope: DistributionScope | undefined;
  readonly signatureAlgorithm: string;
  readonly extensions: readonly Extension[];
  /** The bytes that are signed. */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Reads one CRL (RFC 5280 §5.1) in strict DER with nothing behind it: complete lists of their own issuer. Indirect lists, delta lists, lists
 * for some reasons only, and whatever else an unknown critical extension may mean are refused: half understood they would say less than they seem to.
 * @throws FormatError with the offset in `der`.
 */
export function parseCrl(der: Uint8Array): Crl {
  if (der.length > maximumCrlLength) {
    throw new FormatError(
      `The revocation list has ${der.length} bytes, at most ${maximumCrlLength} are read.`,
      maximumCrlLength,
    );
  }
  const file = new DerReader(der);
  const outer = file.enter('a revocation list', derTag.sequence);
  file.finish('the revocation list');
  const tbsElement = outer.read('tbsCertList', derTag.sequence);
  const outerAlgorithm = readSignatureAlgorithm(outer, 'signatureAlgorithm');
  const signature = readBytesAsBits(outer, 'signatureValue');
  outer.finish('the revocation list');

  const tbs = outer.open(tbsElement);
  const hasVersion = tbs.next(derTag.integer);
  const versionOffset = tbs.position;
  // RFC 5280 §5.1.2.1: the number for version 2 is 1; version 1 does not state itself and has no extensions.
  if (hasVersion && readSmallInteger(tbs, 'version') !== 1) throw fault('version 2', 'another', versionOffset);
  const algorithmOffset = tbs.position;
  const innerAlgorithm = readSignatureAlgorithm(tbs, 'signature');
  if (innerAlgorithm.encoding !== outerAlgorithm.encoding) {
    throw fault('the same signature algorithm inside and outside of what is signed', 'another', algorithmOffset);
  }
  const issuer = readName(tbs, 'issuer');
  const thisUpdate = readTime(tbs, 'thisUpdate');
  const updateOffset = tbs.position;
  // RFC 5280 §5.1.2.5: every issuer states it. A list without an end could be shown for ever.
  if (!tbs.next(derTag.utcTime) && !tbs.next(derTag.generalizedTime)) {
    throw fault('nextUpdate', 'none', updateOffset);
  }
  const nextUpdate = readTime(tbs, 'nextUpdate');
  if (nextUpdate < thisUpdate) throw fault('nextUpdate after thisUpdate', 'an earlier time', updateOffset);
  const revoked = tbs.next(derTag.sequence) ? readRevoked(tbs, hasVersion) : new Map<string, number>();
  const extensions = hasVersion && tbs.next(0xa0) ? readExtensions(tbs.enter('crlExtensions', 0xa0)) : [];
  tbs.finish('tbsCertList');
  return {
    der,
    issuer,
    thisUpdate,
    nextUpdate,
    revoked,
    ...readListExtensions(der, extensions),
    signatureAlgorithm: innerAlgorithm.name,
    extensions,
    tbs: outer.encoding(tbsElement),
    signature,
  };
}

function readRevoked(tbs: DerReader, hasVersion: boolean): Map<string, number> {
  const revoked = new Map<string, number>();
  const list = tbs.enter('revokedCertificates', derTag.sequence);
  // RFC 5280 §5.1.2.6: a list that revokes nothing leaves this out.
  if (list.atEnd) throw fault('a revoked certificate', 'none', list.position);
  while (!list.atEnd) {
    const entry = list.enter('a revoked certificate', derTag.sequence);
    const serial = toHex(readInteger(entry, 'userCertificate'));
    const date = readTime(entry, 'revocationDate');
    const invalid = hasVersion && !entry.atEnd ? readEntryExtensions(entry) : undefined;
    entry.finish('a revoked certificate');
    // The earliest counts, also where one certificate is listed again.
    revoked.set(serial, Math.min(date, invalid ?? date, revoked.get(serial) ?? date));
  }
  return revoked;
}

function fault(expected: string, found: string, offset: number): FormatError {
  return new FormatError(`DER: expected ${expected} in a revocation list at byte ${offset}, found ${found}.`, offset);
}
