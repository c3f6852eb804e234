import { copyFile, link, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../../core/chain/limits.ts';
import { segmentName } from '../../core/chain/names.ts';
import { encodeSegment, segmentLength, segmentOf, type SegmentEntry } from '../../core/chain/segment.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { makeFolder } from '../replication/durableFile.ts';
import type { ReplicationService } from '../replication/replicate.ts';

export interface SegmentsOptions {
  /** Where copies of what is stored wait until their segment is. */
  readonly folder: string;
  readonly replication: ReplicationService;
  /** A sentence for the operator: a segment could not be made. Nothing depends on it. */
  readonly onTrouble?: (words: string) => void;
}

/** What a chain's segments are made from: its name, and the number that its next block gets. */
interface ChainEnd {
  readonly genesis: string;
  readonly next: number;
}

/**
 * Segments of 256 numbers beside the single objects (CHAIN.md 20), so that readers need one object for 256 tuples. A cache: what cannot be
 * made is left out, and block-making waits only for two links on the same disk. A segment's parts stay on this disk until six buckets have it, so
 * after a crash the same bytes are made again.
 */
export class Segments {
  readonly #options: SegmentsOptions;
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();
  /** Bytes kept of the segment under way. */
  #kept = { folder: '', bytes: 0 };

  constructor(options: SegmentsOptions) {
    this.#options = options;
  }

  /**
   * Keeps a number's two objects before the writer clears them off its disk. Done again it changes nothing.
   * @param files paths of the attestation and the tuple
   * @throws AuditorError `source` IO_…
   */
  async keep(
    genesis: string,
    k: number,
    files: { readonly attestation: string; readonly tuple: string },
  ): Promise<void> {
    const folder = this.#folderOf(genesis, segmentOf(k));
    try {
      await makeFolder(folder);
      if (this.#kept.folder !== folder) this.#kept = { folder, bytes: await lengthOf(folder) };
      for (const [from, end] of [
        [files.tuple, 'tuple'],
        [files.attestation, 'a'],
      ] as const) {
        await linkOrCopy(from, join(folder, `${k}.${end}`));
        this.#kept.bytes += (await stat(from)).size;
      }
      // Longer than an object may be: no segment then, and no second copy of gigabytes either.
      if (this.#kept.bytes > limits.object) await this.#drop(folder);
    } catch (error) {
      throw ioFault(`What is kept for a segment in ${folder} cannot be written`, error);
    }
  }

  /** Makes every segment of a chain whose last number is final, beside whatever else goes on. Call it after each block and at the start. */
  settled({ genesis, next }: ChainEnd): void {
    if (next % segmentLength === 0) this.#enqueue(() => this.#makeAll(genesis, segmentOf(next)));
  }

  /** The same after a restart: what was left undone is done, of an ended chain what can never become a segment is taken away. */
  resume(chain: ChainEnd & { readonly state: string }): void {
    this.#enqueue(() => this.#makeAll(chain.genesis, segmentOf(chain.next)));
    if (chain.state === 'ended') this.ended(chain);
  }

  /** Nothing more comes to this chain: whole segments are made still, the rest is taken off the disk. */
  ended({ genesis, next }: ChainEnd): void {
    this.#enqueue(async () => {
      await this.#makeAll(genesis, segmentOf(next));
      await this.#drop(join(this.#options.folder, genesis));
    });
  }

  /** Resolves when nothing is under way; what was not finished is made after the next start. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('The writer was stopped.'));
    await this.#last;
  }

  /** Resolves when all that was asked for is done. */
  idle(): Promise<void> {
    return this.#last;
  }

  #enqueue(task: () => Promise<void>): void {
    this.#last = this.#last.then(async () => {
      if (this.#stop.signal.aborted) return;
      try {
        await task();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        const why = error instanceof Error ? error.message : String(error);
        this.#options.onTrouble?.(`A segment was not stored (${why}). Readers take the single objects instead.`);
      }
    });
  }

  async #makeAll(genesis: string, before: number): Promise<void> {
    const kept = (await filesIn(join(this.#options.folder, genesis))).map(Number);
    for (const n of kept.filter((number) => number < before).sort((a, b) => a - b)) await this.#make(genesis, n);
  }

  async #make(genesis: string, n: number): Promise<void> {
    const { replication } = this.#options;
    const folder = this.#folderOf(genesis, n);
    const segment = await readSegment(folder, n);
    if (segment) await replication.replicate(segmentName(genesis, n), segment, this.#stop.signal);
    await this.#drop(folder);
  }

  async #drop(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    if (this.#kept.folder.startsWith(folder)) this.#kept = { folder: '', bytes: 0 };
  }

  #folderOf(genesis: string, n: number): string {
    return join(this.#options.folder, genesis, String(n));
  }
}

/** The segment over a folder's files, or undefined where one is missing or they are too long together. */
async function readSegment(folder: string, n: number): Promise<Uint8Array | undefined> {
  if ((await filesIn(folder)).length < 2 * segmentLength || (await lengthOf(folder)) > limits.object) return undefined;
  const entries: SegmentEntry[] = [];
  for (let k = n * segmentLength; k < (n + 1) * segmentLength; k += 1) {
    const [attestation, tuple] = await Promise.all(['a', 'tuple'].map((end) => readFile(join(folder, `${k}.${end}`))));
    entries.push({
      k,
      attestations: [new Uint8Array(attestation as Buffer)],
      tuples: [new Uint8Array(tuple as Buffer)],
    });
  }
  const segment = encodeSegment(n, entries);
  return segment.length > limits.object ? undefined : segment;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (faultCode(error) === 'EEXIST') return;
    // Some file systems know no links.
    if (faultCode(error) === 'ENOENT') throw error;
    await copyFile(from, to);
  }
}

async function lengthOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesIn(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((total, size) => total + size, 0);
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    throw error;
  }
}
