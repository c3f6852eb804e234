import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { curveBytes, curveNames, ecPublicKey, keyNames, rsaEncryption, rsaPss, signatureNames } from './algorithms.ts';
import { keyUsageNames, type Certificate, type Extension, type KeyUsage } from './certificate.ts';
import { DerReader, derTag } from './der.ts';
import {
  readBitString,
  readBoolean,
  readBytesAsBits,
  readInteger,
  readNull,
  readObjectIdentifier,
  readSmallInteger,
  readTime,
} from './derValues.ts';
import { readName } from './name.ts';
import { readRsaModulusBits } from './rsa.ts';
import { readPssName } from './rsaPss.ts';

/** No certificate is read that is longer than this. */
export const maximumCertificateLength = 64 * 1024;

/** Certificates have some ten; a list of a million would be compared in pairs. */
const maximumExtensions = 256;

const oid = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', crlDistributionPoints: '2.5.29.31' } as const;

/**
 * Reads one certificate (RFC 5280 §4.1) in strict DER, nothing before or behind it. Own code and not a library's, because what is accepted
 * here is what is trusted: libraries for X.509 read BER, keep the last of repeated extensions and cost a third of a millisecond each.
 * @throws FormatError with the offset in `der`.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > maximumCertificateLength) {
    throw new FormatError(
      `The certificate has ${der.length} bytes, at most ${maximumCertificateLength} are read.`,
      maximumCertificateLength,
    );
  }
  const file = new DerReader(der);
  const outer = file.enter('a certificate', derTag.sequence);
  file.finish('the certificate');
  const tbsElement = outer.read('tbsCertificate', derTag.sequence);
  const outerAlgorithm = readSignatureAlgorithm(outer, 'signatureAlgorithm');
  const signature = readBytesAsBits(outer, 'signatureValue');
  outer.finish('the certificate');

  const tbs = outer.open(tbsElement);
  const version = readVersion(tbs);
  const serial = readSerial(tbs);
  const algorithmOffset = tbs.position;
  const innerAlgorithm = readSignatureAlgorithm(tbs, 'signature');
  if (innerAlgorithm.encoding !== outerAlgorithm.encoding) {
    throw new FormatError(
      `DER: expected the same signature algorithm inside and outside of what is signed, found another at byte ${algorithmOffset}.`,
      algorithmOffset,
    );
  }
  const issuer = readName(tbs, 'issuer');
  const validity = tbs.enter('validity', derTag.sequence);
  const notBefore = readTime(validity, 'notBefore');
  const notAfter = readTime(validity, 'notAfter');
  validity.finish('validity');
  const subject = readName(tbs, 'subject');
  const { spki, keyAlgorithm } = readPublicKey(tbs);
  for (const tag of [0x81, 0x82]) if (version > 1 && tbs.next(tag)) tbs.read('a unique identifier', tag);
  const extensions = version === 3 && tbs.next(0xa3) ? readExtensions(tbs.enter('extensions', 0xa3)) : [];
  tbs.finish('tbsCertificate');

  // Each is read where it stands, so that offsets count from the start of the certificate.
  const open = (id: string): DerReader | undefined => {
    const found = extensions.find((extension) => extension.oid === id);
    return found && new DerReader(der, found.offset, found.offset + found.value.length);
  };
  const constraints = open(oid.basicConstraints);
  const usage = open(oid.keyUsage);
  const revocation = open(oid.crlDistributionPoints);
  return {
    der,
    version,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    keyAlgorithm,
    signatureAlgorithm: innerAlgorithm.name,
    tbs: outer.encoding(tbsElement),
    signature,
    extensions,
    ...(constraints && { basicConstraints: readBasicConstraints(constraints) }),
    ...(usage && { keyUsage: readKeyUsage(usage) }),
    crlAddresses: revocation ? findAddresses(revocation) : [],
  };
}

function readVersion(tbs: DerReader): 1 | 2 | 3 {
  if (!tbs.next(0xa0)) return 1;
  const wrapper = tbs.enter('version', 0xa0);
  const version = readSmallInteger(wrapper, 'version');
  wrapper.finish('version');
  if (version === 1) return 2;
  if (version === 2) return 3;
  throw new FormatError(
    `DER: expected version 2 or 3 at byte ${wrapper.end - 1}, found ${version + 1}.`,
    wrapper.end - 1,
  );
}

/**
 * Not negative and at most 20 bytes (RFC 5280 §4.1.2.2), a leading zero for the sign not counted: most of AWS's instance certificates have
 * 20 random bytes behind one. Zero is let through: AMD's certificates have it.
 */
function readSerial(tbs: DerReader): string {
  const offset = tbs.position;
  const content = readInteger(tbs, 'serialNumber');
  const [first = 0] = content;
  if (first >= 0x80 || content.length > (first === 0 ? 21 : 20)) {
    throw new FormatError(
      `DER: expected a serial number from 0 on of at most 20 bytes at byte ${offset}, found another.`,
      offset,
    );
  }
  return toHex(content);
}

/** An AlgorithmIdentifier of a signature: its name, and all of its bytes in hex for comparing two of them. */
export function readSignatureAlgorithm(reader: DerReader, what: string): { name: string; encoding: string } {
  const element = reader.read(what, derTag.sequence);
  const id = readObjectIdentifier(reader.open(element), what);
  const inner = reader.open(element);
  inner.read(what);
  const name = id === rsaPss ? readPssName(inner) : (signatureNames[id] ?? id);
  // RFC 4055 §5: NULL, and absent is to be understood as that. RFC 5758 §3.2, RFC 8410 §3: these have no parameters at all.
  const hasNull = name.endsWith('WithRSAEncryption') && !inner.atEnd;
  if (hasNull) readNull(inner, `the parameters of ${what}`);
  if (name !== id) inner.finish(what);
  return { name, encoding: toHex(reader.encoding(element)) };
}

function readPublicKey(tbs: DerReader): { spki: Uint8Array; keyAlgorithm: string } {
  const element = tbs.read('subjectPublicKeyInfo', derTag.sequence);
  const info = tbs.open(element);
  const algorithm = info.enter('the algorithm of the public key', derTag.sequence);
  const id = readObjectIdentifier(algorithm, 'the algorithm of the public key');
  let keyAlgorithm = keyNames[id] ?? id;
  if (id === ecPublicKey) {
    // Curves spelled out in parameters instead of named are how CVE-2020-0601 worked; RFC 5480 §2.1.1 forbids them.
    const curve = readObjectIdentifier(algorithm, 'the name of a curve');
    algorithm.finish('the algorithm of the public key');
    keyAlgorithm = curveNames[curve] ?? curve;
  } else if (id === rsaEncryption) {
    // RFC 3279 §2.3.1: NULL and nothing else.
    readNull(algorithm, 'the parameters of an RSA key');
    algorithm.finish('the algorithm of the public key');
  }
  const offset = info.position;
  const key = readBytesAsBits(info, 'subjectPublicKey');
  info.finish('subjectPublicKeyInfo');
  if (id === rsaEncryption) {
    // Read where it stands, as the last thing in its wrapper, so that offsets count from the start of the certificate.
    keyAlgorithm = `RSA-${readRsaModulusBits(new DerReader(info.bytes, info.end - key.length, info.end))}`;
  }
  const length = curveBytes[keyAlgorithm];
  if (length !== undefined && (key[0] !== 4 || key.length !== 1 + 2 * length)) {
    throw new FormatError(
      `DER: expected an uncompressed point of ${keyAlgorithm} (${1 + 2 * length} bytes) at byte ${offset}, found ${key.length} bytes.`,
      offset,
    );
  }
  return { spki: tbs.encoding(element), keyAlgorithm };
}

/** Extensions (RFC 5280 §4.1): at least one, each once; `wrapper` holds nothing else. */
export function readExtensions(wrapper: DerReader): Extension[] {
  const list = wrapper.enter('extensions', derTag.sequence);
  wrapper.finish('extensions');
  const extensions: Extension[] = [];
  do {
    const offset = list.position;
    const item = list.enter('an extension', derTag.sequence);
    const id = readObjectIdentifier(item, 'the name of an extension');
    const critical = item.next(derTag.boolean) && readCritical(item);
    const value = item.read(`the value of extension ${id}`, derTag.octetString);
    item.finish(`extension ${id}`);
    if (extensions.length === maximumExtensions) {
      throw new FormatError(
        `DER: expected at most ${maximumExtensions} extensions, found another at byte ${offset}.`,
        offset,
      );
    }
    if (extensions.some((extension) => extension.oid === id)) {
      throw new FormatError(
        `DER: expected each extension once (RFC 5280 §4.2), found ${id} again at byte ${offset}.`,
        offset,
      );
    }
    extensions.push({ oid: id, critical, value: item.content(value), offset: value.contentStart });
  } while (!list.atEnd);
  return extensions;
}

/** FALSE is the default, and DER leaves defaults out (X.690 §11.5). */
function readCritical(item: DerReader): boolean {
  const offset = item.position;
  if (readBoolean(item, 'critical')) return true;
  throw new FormatError(`DER: expected a default to be left out at byte ${offset}, found critical FALSE.`, offset);
}

function readBasicConstraints(file: DerReader): { ca: boolean; pathLength?: number } {
  const sequence = file.enter('basicConstraints', derTag.sequence);
  file.finish('basicConstraints');
  // An explicit FALSE breaks X.690 §11.5, but end-entity certificates of several issuers carry it; it can only take rights away.
  const ca = sequence.next(derTag.boolean) && readBoolean(sequence, 'cA');
  const pathLength = sequence.next(derTag.integer) ? readSmallInteger(sequence, 'pathLenConstraint') : undefined;
  sequence.finish('basicConstraints');
  return pathLength === undefined ? { ca } : { ca, pathLength };
}

function readKeyUsage(file: DerReader): KeyUsage[] {
  const { bytes } = readBitString(file, 'keyUsage');
  file.finish('keyUsage');
  return keyUsageNames.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/**
 * The `http(s)` addresses in a CRL distribution points extension. They are only shown, so the nesting of choices is not taken apart:
 * every uniformResourceIdentifier ([6] IA5String) found by descending through constructed elements counts; malformed ones give none.
 */
function findAddresses(file: DerReader): string[] {
  const found: string[] = [];
  const visit = (reader: DerReader, depth: number): void => {
    while (!reader.atEnd) {
      const element = reader.read('a distribution point');
      if (element.tag === 0x86) found.push(String.fromCharCode(...reader.content(element).subarray(0, 2048)));
      else if ((element.tag & 0x20) !== 0 && depth < 8) visit(reader.open(element), depth + 1);
    }
  };
  try {
    visit(file, 0);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return [];
  }
  return found.filter((address) => /^https?:\/\/[\x21-\x7e]+$/.test(address));
}
