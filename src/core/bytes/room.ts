/** Bytes of one room. */
export const roomLength = 64 * 1024;

const free: Uint8Array<ArrayBuffer>[] = [];
const keptAtMost = 256;

/**
 * Room for bytes that are needed for a moment. An array of some kilobytes lies outside of the engine's heap, and a new one for every document costs
 * more than what is done with it; so rooms are taken, filled, and given back. What is in one is anything, and nothing may look at it any more
 * once it was given back.
 */
export function takeRoom(): Uint8Array<ArrayBuffer> {
  return free.pop() ?? new Uint8Array(roomLength);
}

export function giveRoom(room: Uint8Array<ArrayBuffer>): void {
  if (free.length < keptAtMost) free.push(room);
}

/** Gives room for so many bytes. */
export interface Places {
  place(length: number): Uint8Array<ArrayBuffer>;
}

/** An array of its own for everything. */
export const ownPlaces: Places = { place: (length) => new Uint8Array(length) };

/** Rooms that are filled piece by piece, and given back together. */
export class Rooms implements Places {
  readonly #taken: Uint8Array<ArrayBuffer>[] = [];
  #used = roomLength;

  /** Room for so many bytes; of its own where it is too long for any. */
  place(length: number): Uint8Array<ArrayBuffer> {
    if (length > roomLength) return new Uint8Array(length);
    if (this.#used + length > roomLength) {
      this.#taken.push(takeRoom());
      this.#used = 0;
    }
    const from = this.#used;
    // On a boundary of eight bytes, as a new array would be.
    this.#used += (length + 7) & ~7;
    return (this.#taken.at(-1) as Uint8Array<ArrayBuffer>).subarray(from, from + length);
  }

  giveBack(): void {
    for (const room of this.#taken.splice(0)) giveRoom(room);
    this.#used = roomLength;
  }
}
