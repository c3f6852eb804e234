import { x509 } from '../../core/x509/x509.ts';
import { toHex } from '../../core/bytes/hex.ts';

/** A certificate of the simulator with its private key. */
export interface Issued {
  readonly certificate: x509.X509Certificate;
  readonly der: Uint8Array<ArrayBuffer>;
  /** A P-384 pair. */
  readonly keys: CryptoKeyPair;
}

export interface Level {
  readonly name: 'regional' | 'zonal' | 'instance' | 'leaf';
  readonly seconds: number;
  /** Undefined for the leaf, which is no authority. */
  readonly pathLength: number | undefined;
}

/** Below the root, as the real certificates are: about 20 days, about 6 days, 24 hours, 3 hours. */
export const levels: readonly Level[] = [
  { name: 'regional', seconds: 20 * 86_400, pathLength: 2 },
  { name: 'zonal', seconds: 6 * 86_400, pathLength: 1 },
  { name: 'instance', seconds: 86_400, pathLength: 0 },
  { name: 'leaf', seconds: 10_800, pathLength: undefined },
];

const rootSubject =
  'CN=simulated.nitro-enclaves, O=Affidavit, OU=Simulated Nitro Security Module - not AWS - proves nothing';
const rootSeconds = 30 * 365 * 86_400;
const signing = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const authority = x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;

/** @param time milliseconds since 1970; the root begins a day before it, so that a clock set back a little does no harm */
export async function issueRoot(time: number): Promise<Issued> {
  const keys = await makeKeys(true);
  const notBefore = wholeSeconds(time - 86_400_000);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: makeSerial(),
    name: rootSubject,
    notBefore,
    notAfter: new Date(notBefore.getTime() + rootSeconds * 1_000),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.KeyUsagesExtension(authority, true),
    ],
  });
  return issued(certificate, keys);
}

/** @param time milliseconds since 1970, the beginning of its validity @param instance `i-…` or `i-…-enc…`, for the names of the two lowest */
export async function issueBelow(issuer: Issued, level: Level, time: number, instance: string): Promise<Issued> {
  const keys = await makeKeys(false);
  const notBefore = wholeSeconds(time);
  const label = level.name === 'leaf' || level.name === 'instance' ? instance : toHex(random(8));
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: makeSerial(),
    subject: `CN=${label}.${level.name}.simulated.nitro-enclaves, O=Affidavit, OU=Simulated Nitro Security Module`,
    issuer: issuer.certificate.subjectName,
    notBefore,
    notAfter: new Date(notBefore.getTime() + level.seconds * 1_000),
    signingAlgorithm: signing,
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    extensions:
      level.pathLength === undefined ? leafExtensions() : await authorityExtensions(level.pathLength, issuer, keys),
  });
  return issued(certificate, keys);
}

/** Real leaves have these two and nothing else, the key usage not critical. */
function leafExtensions(): x509.Extension[] {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, false),
  ];
}

async function authorityExtensions(pathLength: number, issuer: Issued, keys: CryptoKeyPair): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, pathLength, true),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    new x509.KeyUsagesExtension(authority, true),
  ];
}

function issued(certificate: x509.X509Certificate, keys: CryptoKeyPair): Issued {
  return { certificate, der: new Uint8Array(certificate.rawData), keys };
}

async function makeKeys(extractable: boolean): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, extractable, ['sign', 'verify']);
}

/** Certificates count whole seconds; a fraction would put the beginning of the validity after the present. */
function wholeSeconds(time: number): Date {
  return new Date(Math.floor(time / 1_000) * 1_000);
}

/** 16 bytes, positive, never zero (RFC 5280 §4.1.2.2). */
function makeSerial(): string {
  const serial = random(16);
  serial[0] = 0x40 | (0x3f & (serial[0] ?? 0));
  return toHex(serial);
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
