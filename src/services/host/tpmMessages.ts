import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';

/** Whole numbers of 1, 2, 4 and 8 bytes, big endian as TPMs write them. */
export const u16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);
export const u32 = (value: number): Uint8Array => concatBytes(u16(value >>> 16), u16(value & 0xffff));
const u64 = (value: number): Uint8Array => concatBytes(u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32));
export const sized = (bytes: Uint8Array): Uint8Array => concatBytes(u16(bytes.length), bytes);
/** Event logs are little endian. */
const le16 = (value: number): Uint8Array => u16(value).reverse();
const le32 = (value: number): Uint8Array => u32(value).reverse();

const algorithm = { ecc: 0x0023, sha256: 0x000b, none: 0x0010, ecdsa: 0x0018, p256: 3 } as const;
/** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted, sign: a key that signs what its TPM made and nothing else. */
const restrictedSigning = 0x0005_0072;

/** TPMT_PUBLIC of a restricted P-256 signing key (TPM 2.0 Part 2 §12.2.4); 32 bytes for each coordinate. */
export function encodePublicArea(x: Uint8Array, y: Uint8Array): Uint8Array {
  return concatBytes(
    u16(algorithm.ecc),
    u16(algorithm.sha256),
    u32(restrictedSigning),
    sized(new Uint8Array()),
    u16(algorithm.none),
    u16(algorithm.ecdsa),
    u16(algorithm.sha256),
    u16(algorithm.p256),
    u16(algorithm.none),
    sized(x),
    sized(y),
  );
}

export interface QuoteFields {
  /** TPM2B_NAME of the signing key, without its length. */
  readonly signer: Uint8Array;
  readonly nonce: Uint8Array;
  /** Milliseconds since the TPM was started. */
  readonly clock: number;
  readonly resets: number;
  readonly firmware: number;
  readonly registers: readonly number[];
  /** SHA-256 over the values of the registers, in order. */
  readonly digest: Uint8Array;
}

/** TPMS_ATTEST of a quote over SHA-256 registers (TPM 2.0 Part 2 §10.12.12). */
export function encodeQuote({ signer, nonce, clock, resets, firmware, registers, digest }: QuoteFields): Uint8Array {
  const select = new Uint8Array(3);
  for (const register of registers) select[register >> 3] = (select[register >> 3] ?? 0) | (1 << (register & 7));
  return concatBytes(
    u32(0xff544347),
    u16(0x8018),
    sized(signer),
    sized(nonce),
    u64(clock),
    u32(resets),
    u32(0),
    Uint8Array.of(1),
    u64(firmware),
    u32(1),
    u16(algorithm.sha256),
    Uint8Array.of(3),
    select,
    sized(digest),
  );
}

/** TPMT_SIGNATURE of r ‖ s, 32 bytes each, whose leading zeros TPMs leave out. */
export function encodeSignature(value: Uint8Array): Uint8Array {
  const trimmed = (half: Uint8Array): Uint8Array => half.subarray(half.findIndex((byte) => byte !== 0));
  return concatBytes(
    u16(algorithm.ecdsa),
    u16(algorithm.sha256),
    sized(trimmed(value.subarray(0, 32))),
    sized(trimmed(value.subarray(32))),
  );
}

/** TPM2B_NAME: algorithm and digest of the public area. */
export function nameOf(digestOfPublicArea: Uint8Array): Uint8Array {
  return concatBytes(u16(algorithm.sha256), digestOfPublicArea);
}

export interface MeasuredEvent {
  readonly register: number;
  /** TCG PC Client Platform Firmware Profile 1.06, table 27. */
  readonly type: number;
  /** What was extended: 32 bytes. */
  readonly digest: Uint8Array;
  /** What is said about it. */
  readonly data: Uint8Array;
}

/** A log in the crypto-agile form with SHA-256 digests (TCG PC Client Platform Firmware Profile 1.06 §10.2). */
export function encodeEventLog(events: readonly MeasuredEvent[]): Uint8Array {
  const head = concatBytes(
    utf8('Spec ID Event03\0'),
    le32(0),
    Uint8Array.of(0, 2, 0, 2),
    le32(1),
    le16(algorithm.sha256),
    le16(32),
    Uint8Array.of(0),
  );
  return concatBytes(
    concatBytes(le32(0), le32(3), new Uint8Array(20), le32(head.length), head),
    ...events.map(({ register, type, digest, data }) =>
      concatBytes(le32(register), le32(type), le32(1), le16(algorithm.sha256), digest, le32(data.length), data),
    ),
  );
}

/** Public area, quote with signature and values, and log as one file: `Attestation` of google/go-tpm-tools, proto/attest.proto. */
export function encodeAttestation(parts: {
  readonly publicArea: Uint8Array;
  readonly quote: Uint8Array;
  readonly signature: Uint8Array;
  readonly values: ReadonlyMap<number, Uint8Array>;
  readonly log: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const registers = concatBytes(
    number(1, algorithm.sha256),
    ...[...parts.values].map(([register, value]) => field(2, concatBytes(number(1, register), field(2, value)))),
  );
  return concatBytes(
    field(1, parts.publicArea),
    field(2, concatBytes(field(1, parts.quote), field(2, parts.signature), field(3, registers))),
    field(3, parts.log),
  );
}

const field = (place: number, bytes: Uint8Array): Uint8Array =>
  concatBytes(varint((place << 3) | 2), varint(bytes.length), bytes);
/** Zero is the default, which is left out. */
const number = (place: number, value: number): Uint8Array =>
  value === 0 ? new Uint8Array() : concatBytes(varint(place << 3), varint(value));

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
