import type { BucketAnswer } from '../../../core/chain/types.ts';
import type { ChainPin } from '../../../core/trust/trust.ts';
import type { Bucket } from '../../../audit/source/bucket.ts';

/** Numbers in one file of a fixture. */
export const packLength = 256;
/** Shards of a number: six of its attestation, then six of its tuple, each in the order of the buckets. */
const shardsOfNumber = 12;
const shardsOfPack = packLength * shardsOfNumber;
/** Behind the chain's identity and a slash. */
const areaAt = 65;
/** Files that are kept when a chain is read as a stream, and files that are read ahead of it. */
const keptPacks = 3;
const packsAhead = 1;

export interface FixtureIndex {
  readonly pin: ChainPin;
  readonly count: number;
  /** H(t) of each number, hex. */
  readonly tuples: readonly string[];
}

/**
 * One file. Its shards are made views when they are read: thousands of views for each file that is open would be more for the collector than all that
 * the audit itself keeps.
 */
interface Pack {
  readonly bytes: Uint8Array;
  /** Where each shard begins, and the last one ends. */
  readonly bounds: Uint32Array;
}

export function tableLength(numbers: number): number {
  return 4 * shardsOfNumber * numbers;
}

/** The shards of a fixture's first `count` numbers, behind six buckets: a chain's beginning is a chain. Page and Node alike. */
export class PackedChain {
  readonly pin: ChainPin;
  readonly count: number;
  readonly #index: FixtureIndex;
  readonly #load: (pack: number) => Promise<Uint8Array>;
  /** The number of each H(t). A bucket should cost an audit next to nothing. */
  readonly #numbers = new Map<string, number>();
  readonly #packs = new Map<number, Promise<Pack>>();
  /** Those that were read before anything is measured. */
  readonly #ready: Pack[] = [];
  #keepsAll = false;

  constructor(index: FixtureIndex, count: number, load: (pack: number) => Promise<Uint8Array>) {
    this.pin = index.pin;
    this.count = Math.min(count, index.count);
    this.#index = index;
    this.#load = load;
    for (let k = 0; k < this.count; k++) this.#numbers.set(index.tuples[k] as string, k);
  }

  /** Its first numbers, in memory. */
  async first(count: number): Promise<PackedChain> {
    const part = new PackedChain(this.#index, Math.min(count, this.count), this.#load);
    await part.preload();
    return part;
  }

  /** Reads everything into memory before anything is measured. */
  async preload(): Promise<void> {
    this.#keepsAll = true;
    for (let pack = 0; pack * packLength < this.count; pack++) this.#ready[pack] = await this.#pack(pack);
  }

  buckets(): readonly Bucket[] {
    return Array.from({ length: 6 }, (_, bucket) => ({
      url: `https://bucket-${bucket}.example`,
      read: (name: string) => this.#read(bucket, name),
      // An audit needs no listing; a real one would take time that says nothing about verification.
      list: () => Promise.resolve([]),
    }));
  }

  /** The six shards of one object, as one job of an audit has them. */
  async answers(area: 'seq' | 'tuple', k: number): Promise<readonly BucketAnswer[]> {
    const first = (k % packLength) * shardsOfNumber + (area === 'seq' ? 0 : 6);
    const pack = await this.#pack(Math.floor(k / packLength));
    return Array.from({ length: 6 }, (_, bucket) => [shardOf(pack, first + bucket)]);
  }

  #read(bucket: number, name: string): Promise<BucketAnswer> {
    const slot = this.#slotOf(name);
    if (slot === undefined) return Promise.resolve('missing');
    const shard = (slot % shardsOfPack) + bucket;
    const ready = this.#ready[Math.floor(slot / shardsOfPack)];
    if (ready) return Promise.resolve([shardOf(ready, shard)]);
    return this.#pack(Math.floor(slot / shardsOfPack)).then((pack) => [shardOf(pack, shard)]);
  }

  /** Where the first of a name's six shards stands among those of all numbers. */
  #slotOf(name: string): number | undefined {
    const rest = name.slice(areaAt);
    if (rest.startsWith('tuple/')) {
      const k = this.#numbers.get(rest.slice('tuple/'.length));
      return k === undefined ? undefined : k * shardsOfNumber + 6;
    }
    const k = rest.startsWith('seq/') ? Number(rest.slice('seq/'.length)) : Number.NaN;
    return k < this.count ? k * shardsOfNumber : undefined;
  }

  #pack(pack: number): Promise<Pack> {
    const known = this.#packs.get(pack);
    if (known) return known;
    const read = this.#open(pack);
    if (this.#keepsAll) return read;
    for (let next = pack + 1; next <= pack + packsAhead; next++) if (next * packLength < this.count) this.#open(next);
    for (const oldest of this.#packs.keys()) {
      if (this.#packs.size <= keptPacks) break;
      this.#packs.delete(oldest);
    }
    return read;
  }

  #open(pack: number): Promise<Pack> {
    const known = this.#packs.get(pack);
    if (known) return known;
    const opened = this.#load(pack).then(cut);
    this.#packs.set(pack, opened);
    return opened;
  }
}

/** How many numbers a file holds stands nowhere: the table says where its shards end, and with them the file. */
function cut(bytes: Uint8Array): Pack {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let numbers = packLength; numbers > 0; numbers--) {
    const bounds = boundsOf(view, numbers);
    if (bounds) return { bytes, bounds };
  }
  throw new Error('A file of the fixture is damaged: delete the folder and run the bench again.');
}

function boundsOf(view: DataView, numbers: number): Uint32Array | undefined {
  let end = tableLength(numbers);
  if (end > view.byteLength) return undefined;
  const bounds = new Uint32Array(numbers * shardsOfNumber + 1);
  bounds[0] = end;
  for (let shard = 1; shard < bounds.length; shard++) bounds[shard] = end += view.getUint32(4 * (shard - 1), true);
  return end === view.byteLength ? bounds : undefined;
}

function shardOf({ bytes, bounds }: Pack, shard: number): Uint8Array {
  return bytes.subarray(bounds[shard], bounds[shard + 1]);
}
