import { maximumVersions } from '../../core/chain/decodeShards.ts';
import type { StoredVersion, VersionPage } from './listing.ts';

/** Asks for one page of the versions of names that begin with a prefix, from a marker on. */
export type VersionPager = (
  prefix: string,
  from: VersionPage['next'],
  signal: AbortSignal | undefined,
) => Promise<VersionPage | 'refused' | 'down'>;

export interface VersionIndexOptions {
  readonly now: () => number;
  /** After so many questions for single names within a folder it is listed as a whole. */
  readonly patience: number;
  /** How long a listing is believed about names that it has, and about those that it does not have, which may be written any moment. Milliseconds. */
  readonly fresh: number;
  readonly absentFresh: number;
  /** How long a bucket that will not list versions is not asked again, in milliseconds. */
  readonly refusal: number;
  /** Pages of one listing at most; names beyond are asked for one by one. */
  readonly pages: number;
}

const defaults: VersionIndexOptions = {
  now: () => Date.now(),
  patience: 24,
  fresh: 60_000,
  absentFresh: 5_000,
  refusal: 300_000,
  pages: 250,
};

/**
 * What is stored under a name. `plain`: one live version, which a plain GET shows; `[]`: nothing; else every version that is looked at.
 * `refused` where the bucket does not list versions, `down` where it cannot be asked.
 */
export type Stored = 'plain' | readonly StoredVersion[] | 'refused' | 'down';

/** All that a folder held when it was listed. */
interface Listing {
  readonly startedAt: number;
  /** Names in order. */
  readonly names: ReadonlySet<string>;
  /** Those with anything but a single live version. */
  readonly unusual: ReadonlyMap<string, readonly StoredVersion[]>;
  /** Names before this one were all seen; undefined where all were. */
  readonly coveredTo: string | undefined;
  /** The name at which the listing broke off, of which there may be more versions. */
  readonly brokenOffAt: string | undefined;
}

/**
 * Which versions a versioned bucket holds of each name: a delete marker or a later PUT must not hide what was protected first. A folder that is read
 * name by name is listed as a whole, so that a read costs one request and what is not there costs none. A bucket that lies here only hides
 * what is its own.
 */
export class VersionIndex {
  readonly #page: VersionPager;
  readonly #options: VersionIndexOptions;
  readonly #folders = new Map<string, { questions: number; listing: boolean; known: Listing | undefined }>();
  #refusedUntil = Number.NEGATIVE_INFINITY;

  constructor(page: VersionPager, options: Partial<VersionIndexOptions> = {}) {
    this.#page = page;
    this.#options = { ...defaults, ...options };
  }

  /** What is stored under a name, from a listing that is fresh enough, else asked for. */
  async stored(name: string, signal?: AbortSignal): Promise<Stored> {
    if (this.#isRefused()) return 'refused';
    const folder = this.#folder(folderOf(name));
    const known = this.#lookUp(folder.known, name);
    if (known) return known;
    folder.questions += 1;
    if (folder.questions > this.#options.patience && !folder.listing) {
      // Nobody waits for it, and whoever reads on meets what went wrong by himself.
      this.list(folderOf(name), signal).catch(() => undefined);
    }
    return this.ask(name, signal);
  }

  /** What is stored under a name now. Its own entries come first in the listing, since it is the first of all that it is a prefix of. */
  async ask(name: string, signal?: AbortSignal): Promise<Stored> {
    if (this.#isRefused()) return 'refused';
    const page = await this.#ask(name, undefined, signal);
    return typeof page === 'string' ? page : storedOf(page.versions.filter((version) => version.name === name));
  }

  /** The names that begin with a prefix, in order, what a delete marker hides included. The listing of a whole folder is kept. */
  async list(prefix: string, signal?: AbortSignal): Promise<readonly string[] | 'refused' | 'down'> {
    if (this.#isRefused()) return 'refused';
    const folder = prefix.endsWith('/') ? this.#folder(prefix) : undefined;
    if (folder) folder.listing = true;
    try {
      const listing = await this.#list(prefix, signal);
      if (typeof listing === 'string') return listing;
      if (folder) folder.known = listing;
      return [...listing.names];
    } finally {
      if (folder) Object.assign(folder, { listing: false, questions: 0 });
    }
  }

  #folder(name: string) {
    const folder = this.#folders.get(name) ?? { questions: 0, listing: false, known: undefined };
    this.#folders.set(name, folder);
    return folder;
  }

  #isRefused(): boolean {
    return this.#options.now() < this.#refusedUntil;
  }

  #lookUp(listing: Listing | undefined, name: string): Stored | undefined {
    if (!listing || name === listing.brokenOffAt) return undefined;
    const age = this.#options.now() - listing.startedAt;
    if (listing.names.has(name)) return age <= this.#options.fresh ? (listing.unusual.get(name) ?? 'plain') : undefined;
    const covered = listing.coveredTo === undefined || name < listing.coveredTo;
    return covered && age <= this.#options.absentFresh ? [] : undefined;
  }

  async #ask(prefix: string, from: VersionPage['next'], signal: AbortSignal | undefined) {
    const page = await this.#page(prefix, from, signal);
    if (page === 'refused') this.#refusedUntil = this.#options.now() + this.#options.refusal;
    return page;
  }

  async #list(prefix: string, signal: AbortSignal | undefined): Promise<Listing | 'refused' | 'down'> {
    const startedAt = this.#options.now();
    const names = new Set<string>();
    const unusual = new Map<string, readonly StoredVersion[]>();
    let last: StoredVersion[] = [];
    const take = (): void => {
      const stored = storedOf(last);
      const [first] = last;
      if (first && typeof stored !== 'string') unusual.set(first.name, stored);
    };
    const until = (coveredTo: string | undefined): Listing => {
      take();
      const brokenOffAt = coveredTo === undefined ? undefined : last[0]?.name;
      return { startedAt, names, unusual, coveredTo, brokenOffAt };
    };
    let from: VersionPage['next'];
    for (let pages = 0; pages < this.#options.pages; pages += 1) {
      const page = await this.#ask(prefix, from, signal);
      if (typeof page === 'string') return pages === 0 ? page : until(last[0]?.name ?? '');
      for (const version of page.versions) {
        const previous = last[0]?.name ?? '';
        if (!version.name.startsWith(prefix)) continue;
        // Names come in rising order; one that goes back would hide what it passed over.
        if (version.name < previous) return until('');
        if (version.name !== previous) {
          take();
          last = [];
          names.add(version.name);
        }
        last.push(version);
      }
      if (!page.next) return until(undefined);
      from = page.next;
    }
    return until(last[0]?.name ?? '');
  }
}

/** The newest and the oldest ones: what came first is what its writer protected, and nobody can push it out by adding more. */
function storedOf(versions: readonly StoredVersion[]): 'plain' | readonly StoredVersion[] {
  const live = versions.filter(({ isMarker }) => !isMarker);
  if (versions.length === 1 && live.length === 1) return 'plain';
  if (live.length <= maximumVersions) return live;
  return [...live.slice(0, 1), ...live.slice(1 - maximumVersions)];
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}
