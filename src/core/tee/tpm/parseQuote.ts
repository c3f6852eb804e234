import { ByteReader } from '../../bytes/byteReader.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { idText } from './algorithms.ts';

/** Where something stands in the object it was read from. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** The registers of one bank that a quote covers. */
export interface PcrSelection {
  /** TPM_ALG_ID of the bank. */
  readonly hash: number;
  /** Register numbers, ascending. */
  readonly registers: readonly number[];
  readonly range: Range;
}

/** What a TPM states about its registers: TPMS_ATTEST of type TPM_ST_ATTEST_QUOTE (TPM 2.0 Library, Part 2, §10.12.8). */
export interface TpmQuote {
  /** The signed bytes, without a size before them. */
  readonly bytes: Uint8Array;
  readonly qualifiedSigner: Uint8Array;
  /** The nonce of whoever asked for the quote. */
  readonly extraData: Uint8Array;
  /** Milliseconds that the TPM has run; no time of day. */
  readonly clock: bigint;
  readonly resetCount: number;
  readonly restartCount: number;
  readonly safe: boolean;
  readonly firmwareVersion: bigint;
  readonly selections: readonly PcrSelection[];
  readonly pcrDigest: Uint8Array;
  readonly ranges: Readonly<Record<QuoteField, Range>>;
}

export type QuoteField =
  'magic' | 'type' | 'qualifiedSigner' | 'extraData' | 'clockInfo' | 'firmwareVersion' | 'pcrSelect' | 'pcrDigest';

/** A statement that is no quote of a TPM: other bytes signed by the same key, or another of the TPM's statements. */
export class NotAQuote extends FormatError {}

export const tpmMagic = 0xff544347;
const quoteType = 0x8018;
const statements: Readonly<Record<number, string>> = {
  0x8014: 'about non-volatile memory',
  0x8015: 'a command audit',
  0x8016: 'a session audit',
  0x8017: 'about another key',
  0x8019: 'of the time',
  0x801a: 'of a creation',
  0x801c: 'a digest of non-volatile memory',
};

/** No TPM has more: TPM2_MAX_PCRS is 32 in practice, banks are a handful, digests and names end at 66 and 68 bytes. */
const maximum = { banks: 16, selectBytes: 4, small: 128 } as const;

/**
 * @throws NotAQuote for something that a TPM did not make, or that is no quote; FormatError (offset in `bytes`) for one that is malformed.
 */
export function parseQuote(bytes: Uint8Array): TpmQuote {
  const reader = new ByteReader(bytes, 'TPM quote', 'big');
  const ranges: Partial<Record<QuoteField, Range>> = {};
  const ranged = <T>(field: QuoteField, read: () => T): T => {
    const offset = reader.position;
    const value = read();
    ranges[field] = { offset, length: reader.position - offset };
    return value;
  };
  const magic = ranged('magic', () => reader.u32('the magic number'));
  if (magic !== tpmMagic) {
    throw new NotAQuote(
      `TPM quote: expected ff544347, which only a TPM may sign, at byte 0, found ${magic.toString(16).padStart(8, '0')}.`,
      0,
    );
  }
  const type = ranged('type', () => reader.u16('the type'));
  if (type !== quoteType) {
    const found = statements[type] ?? 'of a type that nobody has described';
    throw new NotAQuote(`TPM quote: expected type 0x8018 at byte 4, found ${idText(type)}, a statement ${found}.`, 4);
  }
  const qualifiedSigner = ranged('qualifiedSigner', () => sized(reader, 'the name of the key'));
  const extraData = ranged('extraData', () => sized(reader, 'the nonce'));
  const clock = ranged('clockInfo', () => readClock(reader));
  const firmwareVersion = ranged('firmwareVersion', () => reader.u64('the firmware version'));
  const selections = ranged('pcrSelect', () => readSelections(reader));
  const pcrDigest = ranged('pcrDigest', () => sized(reader, 'the digest of the registers'));
  reader.finish('the quote');
  return {
    bytes,
    qualifiedSigner,
    extraData,
    ...clock,
    firmwareVersion,
    selections,
    pcrDigest,
    ranges: ranges as Record<QuoteField, Range>,
  };
}

/** A run of bytes with its length before it (TPM2B_*). */
export function sized(reader: ByteReader, what: string, most: number = maximum.small): Uint8Array {
  const offset = reader.position;
  const length = reader.u16(`the length of ${what}`);
  if (length > most) throw reader.fault(`${what} of at most ${most} bytes`, `${length}`, offset);
  return reader.run(length, what);
}

function readClock(reader: ByteReader): Pick<TpmQuote, 'clock' | 'resetCount' | 'restartCount' | 'safe'> {
  const clock = reader.u64('the clock');
  const resetCount = reader.u32('the count of resets');
  const restartCount = reader.u32('the count of restarts');
  const offset = reader.position;
  const safe = reader.u8('whether the clock is safe');
  if (safe > 1) throw reader.fault('yes (1) or no (0)', `${safe}`, offset);
  return { clock, resetCount, restartCount, safe: safe === 1 };
}

function readSelections(reader: ByteReader): PcrSelection[] {
  const at = reader.position;
  const count = reader.u32('the count of banks');
  if (count > maximum.banks) throw reader.fault(`at most ${maximum.banks} banks`, `${count}`, at);
  return Array.from({ length: count }, () => {
    const offset = reader.position;
    const hash = reader.u16('the bank');
    const length = reader.u8('the length of a selection');
    if (length > maximum.selectBytes)
      throw reader.fault(`at most ${maximum.selectBytes} bytes of selection`, `${length}`, offset + 2);
    const bits = reader.run(length, 'the selection');
    const registers = Array.from({ length: length * 8 }, (_, register) => register).filter(
      (register) => ((bits[register >> 3] ?? 0) >> (register & 7)) & 1,
    );
    return { hash, registers, range: { offset, length: reader.position - offset } };
  });
}
