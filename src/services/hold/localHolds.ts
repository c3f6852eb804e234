import { setMaxListeners } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { holdName } from '../../core/chain/names.ts';
import { ioFault } from '../process/ioFault.ts';
import { retry } from '../process/retry.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { createBucketWriter, ReplicationConflictError, type BucketTarget } from '../replication/bucketWriter.ts';
import { attestHolds } from './attestHolds.ts';
import { bucketTarget } from './bucketTarget.ts';
import { holdMeasurement, holdNsm } from './holdService.ts';
import type { BucketPin, Measurement } from '../../core/trust/trust.ts';
import type { ReplicationService } from '../replication/replicate.ts';
import type { Nsm } from '../sequencer/nsm.ts';

export interface LocalHoldsOptions {
  /** What was attested is kept here: one file a chain. */
  readonly folder: string;
  /** Where the simulator's root is kept: the sequencer's, which must have made it. */
  readonly rootFolder: string;
  readonly credentials: NonNullable<BucketTarget['credentials']>;
  /** The six buckets, as readers pin them. */
  readonly pins: readonly BucketPin[];
  readonly replication: ReplicationService;
  /** A sentence for the operator. */
  readonly onTrouble?: (words: string) => void;
}

/** What stands on the disk before it goes to any bucket, so that a retry after a crash puts the very same bytes. */
interface Kept {
  readonly measurement: Measurement;
  /** The addresses that the documents are about. */
  readonly urls: readonly string[];
  /** One a bucket, base64url. */
  readonly documents: readonly string[];
  /** All of them lie beside the objects. */
  readonly published: boolean;
}

/**
 * The hold service of a local stack: once for each chain it asks the six buckets what protects the chain's objects, and puts what its enclave attests
 * of it beside them. Names are written once, so these speak of the objects that were there then.
 */
export class LocalHolds {
  readonly #options: LocalHoldsOptions;
  readonly #own: Measurement;
  readonly #kept = new Map<string, Kept>();
  readonly #end = new AbortController();
  #nsm: Promise<Nsm> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: LocalHoldsOptions, own: Measurement) {
    this.#options = options;
    this.#own = own;
    // Every bucket of every object listens to it.
    setMaxListeners(0, this.#end.signal);
  }

  static async open(options: LocalHoldsOptions): Promise<LocalHolds> {
    const { folder } = options;
    const holds = new LocalHolds(options, await holdMeasurement());
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        const chain = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
        if (chain === undefined) continue;
        holds.#kept.set(chain, JSON.parse(await readFile(join(folder, name), 'utf8')) as Kept);
      }
    } catch (error) {
      throw ioFault(`The hold attestations in ${folder} cannot be read`, error);
    }
    return holds;
  }

  /**
   * What readers must pin so that they ask for this chain's holds. Nothing where the attestations are about other addresses, of an earlier start: they
   * cannot be replaced, and say nothing about these.
   */
  measurementsFor(chain: string): readonly Measurement[] {
    const kept = this.#kept.get(chain);
    if (!kept) return [this.#own];
    return kept.urls.join(' ') === this.#urls.join(' ') ? [kept.measurement] : [];
  }

  /** Attests a chain unless that was done; one after the other, and again until every bucket has answered. Rejects only when stopped. */
  attest(chain: string): Promise<void> {
    const { signal } = this.#end;
    let told = false;
    const retryable = (error: unknown): boolean => {
      if (signal.aborted) return false;
      if (!told) {
        const reason = error instanceof Error ? error.message || error.name : String(error);
        this.#options.onTrouble?.(`What protects the chain ${chain} was not attested: ${reason} Trying again.`);
      }
      return (told = true);
    };
    const attempt = () =>
      retry(() => this.#attest(chain), { attempts: Infinity, firstWait: 500, longestWait: 10_000, retryable, signal });
    const done = this.#last.then(attempt);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Ends what is under way; what was not published is at the next start. */
  async stop(): Promise<void> {
    this.#end.abort(new DOMException('The hold service stops.', 'AbortError'));
    await this.#last;
  }

  get #urls(): readonly string[] {
    return this.#options.pins.map(({ url }) => url);
  }

  #path(chain: string): string {
    return join(this.#options.folder, `${chain}.json`);
  }

  async #attest(chain: string): Promise<void> {
    const { signal } = this.#end;
    const kept = this.#kept.get(chain) ?? (await this.#ask(chain));
    if (kept.published) return;
    for (const [index, document] of kept.documents.entries()) {
      try {
        await this.#options.replication.replicate(holdName(chain, index), fromBase64Url(document), signal);
      } catch (error) {
        if (!(error instanceof ReplicationConflictError)) throw error;
        // Put there by hand (`--publish`): it stays, and readers judge it.
        this.#options.onTrouble?.(`${holdName(chain, index)} is there already and stays as it is.`);
      }
    }
    await this.#keep(chain, { ...kept, published: true });
  }

  async #ask(chain: string): Promise<Kept> {
    const { pins, credentials, rootFolder } = this.#options;
    const nsm = await (this.#nsm ??= holdNsm(rootFolder));
    const documents = await Promise.all(
      pins.map(async (pin) => {
        const bucket = createBucketWriter({ ...bucketTarget(pin), credentials });
        try {
          const [document] = await attestHolds(nsm, { url: pin.url, bucket }, chain);
          if (!document) throw new Error(`${pin.url} shows nothing of the chain ${chain} yet.`);
          return toBase64Url(document);
        } finally {
          bucket.close();
        }
      }),
    );
    const kept: Kept = { measurement: this.#own, urls: this.#urls, documents, published: false };
    await this.#keep(chain, kept);
    return kept;
  }

  async #keep(chain: string, kept: Kept): Promise<void> {
    await writeFileDurably(this.#path(chain), `${JSON.stringify(kept)}\n`);
    this.#kept.set(chain, kept);
  }
}
