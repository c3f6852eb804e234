import { toHex } from '../../bytes/hex.ts';
import type { Progress } from '../../kinds/kind.ts';
import type { Source } from '../../kinds/source.ts';
import { crc32 } from './crc32.ts';
import { headerLength, sectionHeaderLength, type EifImage, type EifSection } from './image.ts';
import { readExactly } from './parse.ts';
import { createSha384, type Sha384 } from './sha384.ts';

/** What an image measures: what the registers of an enclave hold that was started from it. Lower-case hex, 48 bytes each. */
export interface EifMeasurement {
  /** Kernel, command line and all ramdisks. */
  readonly image: string;
  /** Kernel, command line and the first ramdisk. */
  readonly boot: string;
  /** The other ramdisks. */
  readonly application: string;
  readonly crc: number;
  /** Sections that are small enough to be kept. */
  readonly cmdline: Uint8Array;
  readonly metadata: Uint8Array | undefined;
  readonly signature: Uint8Array | undefined;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const pieceLength = 4 * 1024 * 1024;
/** How much of a command line is kept for showing; Linux takes 2 to 4 KiB. */
const shownCmdline = 4096;

interface Piece {
  readonly offset: number;
  readonly length: number;
  /** Undefined for the header of a section. */
  readonly section: EifSection | undefined;
}

/**
 * Measures an image of any length in one pass, 4 MiB at a time, the next piece on its way while one is hashed (AWS: `eif_hasher.rs`,
 * `eif_reader.rs`). Kernel, command line and first ramdisk are hashed once: up to the second ramdisk, PCR0 and PCR1 have the same state.
 * @throws AuditorError `source` where the file cannot be read (any more); the signal's reason
 */
export async function measureEif(
  source: Source,
  image: EifImage,
  { signal, onProgress }: MeasureOptions = {},
): Promise<EifMeasurement> {
  const whole = createSha384();
  let boot: Sha384 | undefined;
  const application = createSha384();
  const firstRamdisk = image.sections.find(({ type }) => type === 'ramdisk');
  const kept = new Map<string, Uint8Array>();
  let crc = crc32(image.header.subarray(0, headerLength - 4));
  const pieces = [...piecesOf(image)];
  let coming = read(source, pieces[0]);
  for (const [index, piece] of pieces.entries()) {
    signal?.throwIfAborted();
    const bytes = await coming;
    coming = read(source, pieces[index + 1]);
    // It is awaited in the next turn, or never, where this one ends in an error.
    coming.catch(() => undefined);
    crc = crc32(bytes, crc);
    const { section } = piece;
    if (section?.type === 'kernel' || section?.type === 'cmdline' || section?.type === 'ramdisk') {
      const isApplication = section.type === 'ramdisk' && section !== firstRamdisk;
      if (isApplication) {
        boot ??= whole.fork();
        application.update(bytes);
      } else boot?.update(bytes);
      whole.update(bytes);
    }
    if (section) keep(kept, section, piece, bytes);
    const done = piece.offset + piece.length;
    onProgress?.({ done: megabytes(done), total: megabytes(image.size), unit: 'MB' });
  }
  boot ??= whole.fork();
  return {
    image: registerOf(whole.digest()),
    boot: registerOf(boot.digest()),
    application: registerOf(application.digest()),
    crc,
    cmdline: kept.get('cmdline') ?? new Uint8Array(),
    metadata: kept.get('metadata'),
    signature: kept.get('signature'),
  };
}

/** A register that begins as zeros and takes in one digest: SHA-384(0⁴⁸ ‖ digest). */
export function registerOf(digest: Uint8Array): string {
  const hash = createSha384();
  hash.update(new Uint8Array(48));
  hash.update(digest);
  return toHex(hash.digest());
}

function* piecesOf({ sections }: EifImage): Generator<Piece> {
  for (const section of sections) {
    const start = section.offset + sectionHeaderLength;
    yield { offset: section.offset, length: sectionHeaderLength, section: undefined };
    // What is kept comes in one piece: its length is bounded.
    const step = section.type === 'metadata' || section.type === 'signature' ? section.size : pieceLength;
    for (let at = 0; at < section.size; at += step) {
      yield { offset: start + at, length: Math.min(step, section.size - at), section };
    }
  }
}

async function read(source: Source, piece: Piece | undefined): Promise<Uint8Array> {
  return piece ? readExactly(source, piece.offset, piece.length) : new Uint8Array();
}

function keep(kept: Map<string, Uint8Array>, section: EifSection, piece: Piece, bytes: Uint8Array): void {
  const { type, offset } = section;
  if (type === 'metadata' || type === 'signature') kept.set(type, bytes.slice());
  if (type === 'cmdline' && piece.offset === offset + sectionHeaderLength) kept.set(type, bytes.slice(0, shownCmdline));
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
