import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { toBase64Url } from '../../bytes/base64.ts';
import { toHex } from '../../bytes/hex.ts';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** Big-endian whole numbers of 1, 2, 4 and 8 bytes, as TPMs write them. */
export const u8 = (value: number): Uint8Array => Uint8Array.of(value);
export const u16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);
export const u32 = (value: number): Uint8Array => concatBytes(u16(value >>> 16), u16(value & 0xffff));
const u64 = (value: number): Uint8Array => concatBytes(u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32));
export const sized = (bytes: Uint8Array): Uint8Array => concatBytes(u16(bytes.length), bytes);
const le32 = (value: number): Uint8Array => u32(value).reverse();
const le16 = (value: number): Uint8Array => u16(value).reverse();

const hashes = {
  sha1: { id: 0x0004, digest: sha1 },
  sha256: { id: 0x000b, digest: sha256 },
} as const;
export type Bank = keyof typeof hashes;

export interface QuoteOptions {
  readonly magic?: number;
  readonly type?: number;
  readonly nonce?: Uint8Array;
  readonly bank?: Bank;
  readonly values?: ReadonlyMap<number, Uint8Array>;
}

/** Register values of a machine that was never started, but for the given ones. */
export function registersOf(values: Readonly<Record<number, Uint8Array>> = {}): Map<number, Uint8Array> {
  return new Map([0, 1, 2, 3].map((register) => [register, values[register] ?? new Uint8Array(32).fill(register + 1)]));
}

/** A quote over registers, laid out by hand after TPM 2.0 Part 2 §10.12.8, so that the reader is not tested with itself. */
export function makeQuote({
  magic = 0xff544347,
  type = 0x8018,
  nonce = utf8('nonce'),
  bank = 'sha256',
  values = registersOf(),
}: QuoteOptions = {}): Uint8Array {
  const select = new Uint8Array(3);
  for (const register of values.keys()) select[register >> 3] = (select[register >> 3] ?? 0) | (1 << (register & 7));
  const sorted = [...values].sort(([a], [b]) => a - b).map(([, value]) => value);
  return concatBytes(
    u32(magic),
    u16(type),
    sized(concatBytes(u16(0x000b), sha256(utf8('a key')))),
    sized(nonce),
    u64(123_456_789),
    u32(3),
    u32(1),
    u8(1),
    u64(0x2020_0312_0012),
    u32(1),
    u16(hashes[bank].id),
    u8(3),
    select,
    sized(sha256(concatBytes(...sorted))),
  );
}

export interface TestKey {
  readonly jwk: JsonWebKey;
  readonly pem: string;
  /** TPMT_SIGNATURE over the bytes; over SHA-1 only of an EC key. */
  readonly sign: (bytes: Uint8Array, hash?: 'SHA-1' | 'SHA-256') => Promise<Uint8Array>;
  /** TPMT_PUBLIC. */
  readonly publicArea: (attributes?: number) => Uint8Array;
}

/** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted, sign. */
export const restrictedSigning = 0x0005_0072;

export async function makeRsaKey(scheme: 'RSASSA' | 'RSAPSS' = 'RSASSA'): Promise<TestKey> {
  const name = scheme === 'RSASSA' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS';
  const algorithm = { name, hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const jwk = await crypto.subtle.exportKey('jwk', publicKey);
  const modulus = Uint8Array.from(atob((jwk.n ?? '').replace(/-/g, '+').replace(/_/g, '/')), (character) =>
    character.charCodeAt(0),
  );
  return {
    jwk: { kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' },
    pem: await pemOf(publicKey),
    sign: async (bytes) => {
      const value = new Uint8Array(
        await crypto.subtle.sign({ name, saltLength: 32 }, privateKey, bytes as Uint8Array<ArrayBuffer>),
      );
      return concatBytes(u16(scheme === 'RSASSA' ? 0x0014 : 0x0016), u16(0x000b), sized(value));
    },
    publicArea: (attributes = restrictedSigning) =>
      concatBytes(
        u16(1),
        u16(0x000b),
        u32(attributes),
        sized(new Uint8Array()),
        u16(0x0010),
        u16(0x0014),
        u16(0x000b),
        u16(2048),
        u32(0),
        sized(modulus),
      ),
  };
}

export async function makeEcKey(): Promise<TestKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const jwk = await crypto.subtle.exportKey('jwk', publicKey);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    jwk,
    pem: await pemOf(publicKey),
    sign: async (bytes, hash = 'SHA-256') => {
      const value = new Uint8Array(
        await crypto.subtle.sign({ name: 'ECDSA', hash }, privateKey, bytes as Uint8Array<ArrayBuffer>),
      );
      const trimmed = (half: Uint8Array): Uint8Array => half.subarray(half.findIndex((byte) => byte !== 0));
      return concatBytes(
        u16(0x0018),
        u16(hash === 'SHA-1' ? 0x0004 : 0x000b),
        sized(trimmed(value.subarray(0, 32))),
        sized(trimmed(value.subarray(32))),
      );
    },
    publicArea: (attributes = restrictedSigning) =>
      concatBytes(
        u16(0x23),
        u16(0x000b),
        u32(attributes),
        sized(new Uint8Array()),
        u16(0x0010),
        u16(0x0018),
        u16(0x000b),
        u16(3),
        u16(0x0010),
        sized(raw.subarray(1, 33)),
        sized(raw.subarray(33)),
      ),
  };
}

async function pemOf(key: CryptoKey): Promise<string> {
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', key));
  const base64 = btoa(String.fromCharCode(...spki));
  return `-----BEGIN PUBLIC KEY-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;
}

export interface TestEvent {
  readonly register: number;
  readonly type: number;
  readonly data: Uint8Array;
  /** The digest's own input where it is not the description. */
  readonly measured?: Uint8Array;
}

/** A crypto-agile log with SHA-1 and SHA-256 digests. */
export function makeLog(events: readonly TestEvent[]): Uint8Array {
  const spec = concatBytes(
    utf8('Spec ID Event03\0'),
    le32(0),
    Uint8Array.of(0, 2, 0, 2),
    le32(2),
    le16(4),
    le16(20),
    le16(0x0b),
    le16(32),
    u8(0),
  );
  const first = concatBytes(le32(0), le32(3), new Uint8Array(20), le32(spec.length), spec);
  return concatBytes(
    first,
    ...events.map(({ register, type, data, measured = data }) =>
      concatBytes(
        le32(register),
        le32(type),
        le32(2),
        le16(4),
        sha1(measured),
        le16(0x0b),
        sha256(measured),
        le32(data.length),
        data,
      ),
    ),
  );
}

/** What registers of SHA-256 hold after these events, worked out beside the code under test. */
export function valuesAfter(
  events: readonly TestEvent[],
  registers: readonly number[],
  start = 0,
): Map<number, Uint8Array> {
  return new Map(
    registers.map((register) => {
      let value = new Uint8Array(32) as Uint8Array;
      if (register === 0) value[31] = start;
      for (const { register: into, type, data, measured = data } of events) {
        if (into === register && type !== 3) value = sha256(concatBytes(value, sha256(measured)));
      }
      return [register, value];
    }),
  );
}

/** What `tpm2_pcrread` prints. */
export function printed(values: ReadonlyMap<number, Uint8Array>, bank: Bank = 'sha256'): string {
  return `  ${bank}:\n${[...values].map(([register, value]) => `    ${register} : 0x${toHex(value).toUpperCase()}\n`).join('')}`;
}

const field = (number: number, bytes: Uint8Array): Uint8Array =>
  concatBytes(varint((number << 3) | 2), varint(bytes.length), bytes);
const numberField = (number: number, value: number): Uint8Array =>
  value === 0 ? new Uint8Array() : concatBytes(varint(number << 3), varint(value));

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

export interface AttestationOptions {
  readonly publicArea: Uint8Array;
  readonly quotes: readonly {
    readonly quote: Uint8Array;
    readonly signature: Uint8Array;
    readonly values?: ReadonlyMap<number, Uint8Array>;
  }[];
  readonly log?: Uint8Array;
}

/** The message of go-tpm-tools. */
export function makeAttestation({ publicArea, quotes, log }: AttestationOptions): Uint8Array {
  const registers = (values: ReadonlyMap<number, Uint8Array>): Uint8Array =>
    concatBytes(
      numberField(1, 0x000b),
      ...[...values].map(([register, value]) => field(2, concatBytes(numberField(1, register), field(2, value)))),
    );
  return concatBytes(
    field(1, publicArea),
    ...quotes.map(({ quote, signature, values }) =>
      field(
        2,
        concatBytes(field(1, quote), field(2, signature), values ? field(3, registers(values)) : new Uint8Array()),
      ),
    ),
    log ? field(3, log) : new Uint8Array(),
  );
}

/** What a paravisor keeps: a report of the processor, and runtime data with the key. */
export function makeHcl(report: Uint8Array, runtimeData: Uint8Array): Uint8Array {
  return concatBytes(
    utf8('HCLA'),
    new Uint8Array(28),
    report,
    le32(20 + runtimeData.length),
    le32(1),
    le32(2),
    le32(1),
    le32(runtimeData.length),
    runtimeData,
  );
}

export function runtimeDataOf(jwk: JsonWebKey): Uint8Array {
  return utf8(
    JSON.stringify({
      keys: [{ kid: 'HCLAkPub', key_ops: ['sign'], kty: jwk.kty, e: jwk.e, n: jwk.n }],
      'vm-configuration': {},
    }),
  );
}

export function azureJson(
  quote: Uint8Array,
  signature: Uint8Array,
  values: ReadonlyMap<number, Uint8Array>,
  hcl: Uint8Array,
  vcek?: Uint8Array,
): string {
  return JSON.stringify({
    platform: 'az-snp',
    evidence: {
      version: 1,
      tpm_quote: { signature: toHex(signature), message: toHex(quote), pcrs: [...values.values()].map(toHex) },
      hcl_report: toBase64Url(hcl),
      ...(vcek && { vcek: toBase64Url(vcek) }),
    },
  });
}
