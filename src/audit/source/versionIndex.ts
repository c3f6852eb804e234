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
  /** After so many single questions within an area its versions are listed as a whole. */
  readonly patience: number;
  /** How long a whole listing is believed to be all there is, in milliseconds. */
  readonly fresh: number;
  /** How long a bucket that will not list versions is not asked again, in milliseconds. */
  readonly refusal: number;
  /** Pages of one whole listing at most; names beyond are asked for one by one. */
  readonly pages: number;
}

const defaults: VersionIndexOptions = {
  now: () => Date.now(),
  patience: 24,
  fresh: 60_000,
  refusal: 300_000,
  pages: 500,
};

/** What is known of the names below one folder, e.g. `<chain>/seq/`. */
interface Area {
  questions: number;
  listing: boolean;
  listedAt: number;
  /** Names up to this one, in the order of the listing, were all seen. */
  coveredTo: string;
  complete: boolean;
  /** Names with anything but a single live version; all others have nothing that a plain GET does not show. */
  readonly unusual: Map<string, readonly StoredVersion[]>;
}

/**
 * Which versions a versioned bucket holds of a name beyond the one that it shows: a delete marker or a later PUT must not hide what was
 * protected first. A few names are asked for one by one; once there are many, a whole listing runs beside the reads and saves the questions.
 * A bucket that lies here only hides its own versions.
 */
export class VersionIndex {
  readonly #page: VersionPager;
  readonly #options: VersionIndexOptions;
  readonly #areas = new Map<string, Area>();
  #refusedUntil = Number.NEGATIVE_INFINITY;

  constructor(page: VersionPager, options: Partial<VersionIndexOptions> = {}) {
    this.#page = page;
    this.#options = { ...defaults, ...options };
  }

  /**
   * The versions of a name, newest first, at most as many as are ever looked at; undefined where a plain GET shows all there is.
   * `refused` where the bucket does not list versions, `down` where it cannot be asked.
   */
  async versionsOf(
    name: string,
    signal?: AbortSignal,
  ): Promise<readonly StoredVersion[] | undefined | 'refused' | 'down'> {
    if (this.#options.now() < this.#refusedUntil) return 'refused';
    const area = this.#areaOf(name);
    const known = this.#known(area, name);
    if (known !== 'unknown') return known;
    area.questions += 1;
    if (area.questions > this.#options.patience && !area.listing) void this.#listArea(area, name, signal);
    return this.#ask(name, signal);
  }

  #areaOf(name: string): Area {
    const folder = folderOf(name);
    const area = this.#areas.get(folder) ?? {
      questions: 0,
      listing: false,
      listedAt: Number.NEGATIVE_INFINITY,
      coveredTo: '',
      complete: false,
      unusual: new Map<string, readonly StoredVersion[]>(),
    };
    this.#areas.set(folder, area);
    return area;
  }

  #known(area: Area, name: string): readonly StoredVersion[] | undefined | 'unknown' {
    if (this.#options.now() - area.listedAt > this.#options.fresh) return 'unknown';
    if (!area.complete && name >= area.coveredTo) return 'unknown';
    return area.unusual.get(name);
  }

  /** One name alone. The listing begins with the name itself, since it is the first of all that it is a prefix of. */
  async #ask(name: string, signal: AbortSignal | undefined): Promise<readonly StoredVersion[] | 'refused' | 'down'> {
    const page = await this.#page(name, undefined, signal);
    if (page === 'refused') this.#refusedUntil = this.#options.now() + this.#options.refusal;
    if (typeof page === 'string') return page;
    return bounded(page.versions.filter((version) => version.name === name));
  }

  async #listArea(area: Area, name: string, signal: AbortSignal | undefined): Promise<void> {
    area.listing = true;
    const startedAt = this.#options.now();
    try {
      area.unusual.clear();
      Object.assign(area, { coveredTo: '', complete: false, listedAt: startedAt });
      let from: VersionPage['next'];
      let last: StoredVersion[] = [];
      for (let pages = 0; pages < this.#options.pages; pages += 1) {
        const page = await this.#page(folderOf(name), from, signal);
        if (typeof page === 'string') return;
        for (const version of page.versions) {
          const previous = last[0]?.name ?? '';
          // Names come in rising order; a listing that goes back would hide what it passed over.
          if (version.name < previous) return;
          if (version.name !== previous) {
            keep(area, last);
            last = [];
          }
          last.push(version);
        }
        area.coveredTo = last[0]?.name ?? area.coveredTo;
        if (!page.next) {
          keep(area, last);
          area.complete = true;
          return;
        }
        if (from && page.next.key <= from.key && page.next.versionId === from.versionId) return;
        from = page.next;
      }
    } catch {
      // Aborted with the read that began it; what was covered so far stays known.
    } finally {
      area.listing = false;
      area.questions = 0;
    }
  }
}

function keep(area: Area, versions: readonly StoredVersion[]): void {
  const [first] = versions;
  if (first && (versions.length > 1 || first.isMarker)) area.unusual.set(first.name, bounded(versions));
}

/** The newest and the oldest ones: what came first is what its writer protected, and nobody can push it out by adding more. */
function bounded(versions: readonly StoredVersion[]): readonly StoredVersion[] {
  const live = versions.filter(({ isMarker }) => !isMarker);
  if (live.length <= maximumVersions) return live;
  return [...live.slice(0, 1), ...live.slice(1 - maximumVersions)];
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}
