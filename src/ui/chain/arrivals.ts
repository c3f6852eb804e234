/** Tells which rows have come in while the person was looking, so that only their teeth are seen to close. */
export class Arrivals {
  #known: number | undefined;

  /** Whether a row with this number is newer than everything drawn before. */
  isNew(k: number): boolean {
    return this.#known !== undefined && k > this.#known;
  }

  /** All rows up to this number have been drawn. */
  drawn(k: number | undefined): void {
    this.#known = k;
  }
}
