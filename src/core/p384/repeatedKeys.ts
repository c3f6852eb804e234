import { AuditorError } from '../verdict/auditorError.ts';
import type { Point } from './curve.ts';
import type { P384Kernel } from './p384Kernel.ts';

/** Keys that have a table at the same time. */
export const places = 4;
/** So many signatures under a key go to the platform before its table is made: by then they have cost about as much as the table does. */
export const usesBeforeTable = 64;
/** So many of the first that the table vouches for, and then one in so many, are put to the platform as well. */
export const firstOfBoth = 8;
export const everyOfBoth = 256;
/** Keys whose signatures are counted. */
const keysCounted = 256;

/** A public key that WebCrypto has imported. */
export interface P384Key {
  /** The same for the same point. */
  readonly name: string;
  readonly point: Point;
}

interface Use {
  signatures: number;
  place: number | undefined;
  /** Signatures that its table vouched for. */
  vouched: number;
}

/** Decides a signature without a table, as `crypto.subtle.verify` does. */
type Platform = () => Promise<boolean>;

/**
 * Who decides a signature: the platform, or for keys that sign again and again a table of the kernel (README.md, "Rules"). What the kernel does not vouch for, the
 * platform decides; so the answer is the platform's wherever the kernel is right, and where the two are seen to differ the kernel is never asked again.
 */
export class RepeatedKeys {
  readonly #makeKernel: () => P384Kernel | undefined;
  #kernel: P384Kernel | undefined;
  #isMade = false;
  /** The one used last comes last. */
  readonly #uses = new Map<string, Use>();

  /** @param makeKernel with `places` places; called when the first table is to be made */
  constructor(makeKernel: () => P384Kernel | undefined) {
    this.#makeKernel = makeKernel;
  }

  /**
   * Whether r ‖ s is a signature of the key over the data, hashed with SHA-384.
   * @throws AuditorError (internal) where the kernel vouched for a signature that the platform refuses
   */
  async verify(key: P384Key, signature: Uint8Array, data: Uint8Array, platform: Platform): Promise<boolean> {
    const use = this.#count(key);
    if (use.place === undefined) return platform();
    const digest = await crypto.subtle.digest('SHA-384', data as Uint8Array<ArrayBuffer>);
    if (!this.#vouches(use, new Uint8Array(digest), signature)) return platform();
    const number = use.vouched++;
    if (number >= firstOfBoth && number % everyOfBoth !== 0) return true;
    if (await platform()) return true;
    this.#end();
    throw new AuditorError(
      'internal',
      'P384_DISAGREES',
      'A signature of P-384 holds by this program’s own arithmetic and does not by the platform’s. Nothing that was verified with it since the page or program began can be relied on: start it again, and report this.',
    );
  }

  #count(key: P384Key): Use {
    const use = this.#uses.get(key.name) ?? { signatures: 0, place: undefined, vouched: 0 };
    this.#uses.delete(key.name);
    this.#uses.set(key.name, use);
    if (use.place === undefined && ++use.signatures > usesBeforeTable) this.#learn(key.point, use);
    if (this.#uses.size > keysCounted) {
      for (const [name, oldest] of this.#uses) {
        if (oldest.place !== undefined) continue;
        this.#uses.delete(name);
        break;
      }
    }
    return use;
  }

  /** Makes the key's table, in the place of the key that was not used for longest where there is no other. */
  #learn(point: Point, use: Use): void {
    if (!this.#isMade) {
      this.#isMade = true;
      this.#kernel = this.#makeKernel();
    }
    if (!this.#kernel) return;
    const holders = [...this.#uses.values()].filter(({ place }) => place !== undefined);
    let place = holders.length;
    const oldest = holders[0];
    if (oldest && holders.length === places) {
      place = oldest.place as number;
      Object.assign(oldest, { signatures: 0, place: undefined, vouched: 0 });
    }
    if (this.#attempt((kernel) => kernel.learn(place, point))) use.place = place;
    else this.#end();
  }

  #vouches({ place }: Use, digest: Uint8Array, signature: Uint8Array): boolean {
    // Its place may have gone to another key while the digest was made.
    if (place === undefined) return false;
    return this.#attempt((kernel) => kernel.examine(place, digest, signature) === 'holds');
  }

  /** What the kernel says; where it comes to no end it is not asked again. */
  #attempt(ask: (kernel: P384Kernel) => boolean): boolean {
    if (!this.#kernel) return false;
    try {
      return ask(this.#kernel);
    } catch {
      this.#end();
      return false;
    }
  }

  /** From now on the platform decides everything. */
  #end(): void {
    this.#kernel = undefined;
    for (const use of this.#uses.values()) use.place = undefined;
  }
}
