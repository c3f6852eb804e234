import { fromBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { isHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { parsePem, type PemLabel } from '../x509/pem.ts';
import { certificateFault, publicKeyFault } from './der.ts';
import { shown, trustFault } from './fault.ts';
import { refuse, text, type Reader } from './form.ts';

/** SPKI DER of an Ed25519 key up to the 32 key bytes (RFC 8410 §4). */
const ed25519Prefix = '302a300506032b6570032100';
const ed25519Length = 44;
const maximumPem = 16 * 1024;

/** Lower-case hex of exactly one of these byte lengths. */
export function hex(what: string, ...lengths: readonly number[]): Reader<string> {
  const expected = `${what}: ${lengths.map((length) => length * 2).join(' or ')} lower-case hex digits`;
  return (value, path) => {
    if (typeof value !== 'string' || !lengths.some((length) => isHex(value, length))) refuse(path, expected, value);
    return value;
  };
}

/** As `hex`, refusing zeros: a debug enclave measures them, so such a pin would trust every one of those. */
export function nonZeroHex(what: string, ...lengths: readonly number[]): Reader<string> {
  const read = hex(what, ...lengths);
  return (value, path) => {
    const found = read(value, path);
    if (/^0+$/.test(found)) refuseZeros(path, what);
    return found;
  };
}

export function refuseZeros(path: string, what: string): never {
  throw trustFault(
    'TRUST_ZERO_PIN',
    path,
    `pins ${what} of zeros, which is what a debug enclave of any code reports`,
    'Pin what a build of the expected code measures, or take it out.',
  );
}

/** A 20-byte address; in mixed case its checksum must be right (EIP-55). Taken over in lower case, so that equal ones are equal texts. */
export const address: Reader<string> = (value, path) => {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) {
    refuse(path, 'an address: 0x and 40 hex digits', value);
  }
  const lower = value.toLowerCase();
  const digits = value.slice(2);
  if (/[a-f]/.test(digits) && /[A-F]/.test(digits) && digits !== withChecksum(lower.slice(2))) {
    refuse(path, 'an address whose upper and lower case give the right checksum (EIP-55)', value);
  }
  return lower;
};

function withChecksum(digits: string): string {
  const hash = toHex(keccak256(utf8(digits)));
  return [...digits].map((digit, index) => (hash.charAt(index) >= '8' ? digit.toUpperCase() : digit)).join('');
}

/** A 32-byte hash as the EVM writes it. */
export const hash32: Reader<string> = text('a hash: 0x and 64 lower-case hex digits', 66, /^0x[0-9a-f]{64}$/);

/** Exactly one X.509 certificate in PEM. Its validity is judged where it is used, at the time of the evidence. */
export const certificatePem: Reader<string> = pem('CERTIFICATE', 'exactly one X.509 certificate', certificateFault);

const publicPem = pem('PUBLIC KEY', 'exactly one public key', publicKeyFault);

/** Exactly one public key in PEM. */
export const publicKeyPem: Reader<string> = (value, path) => {
  if (typeof value === 'string' && /PRIVATE KEY-----/.test(value.slice(0, 200)))
    refusePrivate(path, 'a private key in PEM');
  return publicPem(value, path);
};

function pem(label: PemLabel, what: string, fault: (der: Uint8Array) => string | undefined): Reader<string> {
  const expected = `${what} in PEM (BEGIN ${label})`;
  return (value, path) => {
    if (typeof value !== 'string' || value.length > maximumPem) refuse(path, expected, value);
    const reason = fault(derOf(value, label, path, expected));
    if (reason !== undefined) throw malformed(reason, path, expected, value);
    return value;
  };
}

function derOf(written: string, label: PemLabel, path: string, expected: string): Uint8Array {
  try {
    return parsePem(written, label);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw malformed(cause.message, path, expected, written, cause);
  }
}

/** As `refuse`, with the reason that a parser gave. */
function malformed(reason: string, path: string, expected: string, value: unknown, cause?: unknown) {
  const problem = `must be ${expected}, but is ${shown(value)}: ${reason.replace(/\.$/, '')}`;
  return trustFault('TRUST_VALUE', path, problem, 'Correct it, or take it out.', cause);
}

export function refusePrivate(path: string, what: string): never {
  throw trustFault(
    'TRUST_PRIVATE_KEY',
    path,
    `holds ${what}; a trust file is shown and passed on`,
    'Put the public key alone here, and treat the private one as known to others.',
  );
}

/** Bytes of canonical base64url without padding, at most `maximum` of them. */
export function base64UrlBytes(value: unknown, path: string, expected: string, maximum: number): Uint8Array {
  if (typeof value !== 'string' || value.length > Math.ceil((maximum * 4) / 3)) refuse(path, expected, value);
  try {
    return fromBase64Url(value);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw malformed(cause.message, path, expected, value, cause);
  }
}

/** An Ed25519 key: base64url of its 44-byte SPKI DER (RFC 8410). */
export const ed25519Key: Reader<string> = (value, path) => {
  const expected = 'an Ed25519 key: base64url of its 44-byte SPKI, without padding';
  const bytes = base64UrlBytes(value, path, expected, ed25519Length);
  if (bytes.length !== ed25519Length || !toHex(bytes).startsWith(ed25519Prefix)) refuse(path, expected, value);
  return value as string;
};

/** A public key of any algorithm: base64url of its SPKI DER. */
export const publicKey: Reader<string> = (value, path) => {
  const expected = 'a public key: base64url of its SPKI, without padding';
  const reason = publicKeyFault(base64UrlBytes(value, path, expected, 2048));
  if (reason !== undefined) throw malformed(reason, path, expected, value);
  return value as string;
};

/** The exact `iss` of a token: https, or http for this machine alone. */
export const issuer: Reader<string> = (value, path) => {
  const expected = 'an https address (http for this machine alone) without user, query or fragment';
  const url = typeof value === 'string' && value.length <= 2048 && URL.canParse(value) ? new URL(value) : undefined;
  const loopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) refuse(path, expected, value);
  if (/[\s@?#]/.test(value as string)) refuse(path, expected, value);
  return value as string;
};
