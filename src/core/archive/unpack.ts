import { bytesSource, headLength, type Source } from '../kinds/source.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { gunzip } from './gzip.ts';
import { TooMuchError } from './inflateStream.ts';
import { archiveLimits, fullBudget, type Budget } from './limits.ts';
import { mayHavePdfFiles, readPdfFiles } from './pdfFiles.ts';
import { isTar, readTar } from './tar.ts';
import { readZipDirectory, readZipEntry } from './zip.ts';

/** How files are packed into one. */
export type Packing = 'zip' | 'gzip' | 'tar' | 'pdf';

/** What came out of an archive: a file, under the archive's name and its own, or why there is none. */
export type Unpacked =
  | { readonly name: string; readonly bytes: Uint8Array; readonly packing: Packing }
  | { readonly name: string; readonly fault: string; readonly packing: Packing };

export interface UnpackOptions {
  readonly signal?: AbortSignal;
  /** Whether a file inside is evidence as it stands, although it is packed: then it is not opened. */
  readonly isEvidence?: (name: string, bytes: Uint8Array) => boolean;
  readonly budget?: Budget;
  readonly depth?: number;
}

/** How a file that begins so is packed; undefined where it is no archive. A PDF may be one: `unpack` then finds nothing in it. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6)) return 'zip';
  if (begins(0x1f, 0x8b, 8)) return 'gzip';
  if (begins(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'pdf';
  return isTar(head) ? 'tar' : undefined;
}

/** What operating systems put into archives beside the files. */
const litter = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]+$)/;

/**
 * The files in an archive, one after the other, none ever written anywhere. Names are for showing. All bounds of `limits.ts` hold for it and everything in it
 * together; where one is met, the last thing that comes says so. Never throws for what is in the archive.
 * @throws AuditorError `source` where the archive itself cannot be read any more; the signal's reason
 */
export async function* unpack(name: string, source: Source, options: UnpackOptions = {}): AsyncGenerator<Unpacked> {
  const head = await source.read(0, Math.min(source.size, headLength));
  const packing = packingOf(head);
  if (packing === undefined) return;
  const inside = { ...options, budget: options.budget ?? fullBudget(), depth: options.depth ?? 0 };
  try {
    yield* entries(name, source, packing, inside);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    yield { name, fault: error.message, packing };
  }
}

type Inside = UnpackOptions & { readonly budget: Budget; readonly depth: number };

async function* entries(name: string, source: Source, packing: Packing, inside: Inside): AsyncGenerator<Unpacked> {
  const { budget, signal } = inside;
  if (packing === 'zip') {
    for (const entry of await readZipDirectory(source)) {
      signal?.throwIfAborted();
      if (entry.isFolder || litter.test(entry.name)) continue;
      yield* one(`${name}/${entry.name}`, packing, inside, () => readZipEntry(source, entry, budget, signal));
    }
    return;
  }
  if (source.size > archiveLimits.packed) {
    throw new FormatError(`It has ${source.size} bytes, of which at most ${archiveLimits.packed} are read at once.`, 0);
  }
  const bytes = await source.read(0, source.size);
  if (packing === 'gzip') {
    const output = await gunzip(bytes, gzipMaximum(bytes.length, budget.bytes), signal);
    if (isTar(output)) yield* tarEntries(name, output, inside);
    else {
      budget.bytes -= output.length;
      yield* one(`${name}/${withoutEnding(name)}`, packing, inside, async () => output);
    }
  } else if (packing === 'tar') yield* tarEntries(name, bytes, inside);
  else if (mayHavePdfFiles(bytes)) {
    for (const file of readPdfFiles(bytes)) {
      yield* one(`${name}/${file.name}`, packing, inside, async () => {
        if ('fault' in file) throw file.fault;
        return takeFrom(budget, file.bytes);
      });
    }
  }
}

async function* tarEntries(name: string, bytes: Uint8Array, inside: Inside): AsyncGenerator<Unpacked> {
  for (const entry of readTar(bytes)) {
    if (litter.test(entry.name)) continue;
    yield* one(`${name}/${entry.name}`, 'tar', inside, async () => {
      if (!entry.bytes) throw new FormatError('It is a link or a device, which is not followed.', 0);
      return takeFrom(inside.budget, entry.bytes);
    });
  }
}

/** One entry, or what is packed in it, or why it cannot be read. */
async function* one(
  name: string,
  packing: Packing,
  inside: Inside,
  read: () => Promise<Uint8Array>,
): AsyncGenerator<Unpacked> {
  const { budget, depth, isEvidence } = inside;
  if (budget.entries <= 0) throw new FormatError(`More than ${archiveLimits.entries} files are packed in it.`, 0);
  budget.entries -= 1;
  let bytes: Uint8Array;
  try {
    bytes = await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    yield { name, fault: error.message, packing };
    return;
  }
  const inner = packingOf(bytes);
  if (inner === undefined || isEvidence?.(name, bytes)) {
    yield { name, bytes, packing };
  } else if (depth < archiveLimits.depth) {
    let found = false;
    for await (const file of unpack(name, bytesSource(bytes), { ...inside, depth: depth + 1 })) {
      found = true;
      yield file;
    }
    // Nothing in it, as in most PDFs: then it is what it is.
    if (!found) yield { name, bytes, packing };
  } else if (inner === 'pdf') yield { name, bytes, packing };
  else {
    yield { name, fault: 'It is packed inside an archive that is itself packed, which is not opened.', packing };
  }
}

function gzipMaximum(packed: number, left: number): number {
  return Math.min(left, Math.max(archiveLimits.free, packed * archiveLimits.ratio));
}

function takeFrom(budget: Budget, bytes: Uint8Array): Uint8Array {
  if (bytes.length > budget.bytes) {
    throw new TooMuchError(`With it more than ${archiveLimits.total} bytes would come out.`, 0);
  }
  budget.bytes -= bytes.length;
  return bytes;
}

/** `certificate.json.gz` says `certificate.json`; the name inside the file is not believed. */
function withoutEnding(name: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return last.replace(/\.(gz|gzip)$/i, '').replace(/\.tgz$/i, '.tar') || 'content';
}
