/**
 * Where an audit leaves what it has found, so that it can be continued. It only keeps: what it gives back is checked by whoever reads it, under
 * a key that is kept elsewhere. One memory belongs to one identity (see `memoryIdentity`).
 */
export interface AuditMemory {
  /**
   * The key that parts are sealed with (see `memoryKey`), which whoever can write the parts must not have. Made where there is none; after
   * `clear` it is another one, so that nothing older counts again.
   */
  key(): Promise<CryptoKey>;
  /** The parts that were saved, in order; nothing where there are none. */
  load(): Promise<readonly string[]>;
  /** Adds a part behind those that are there: `index` of them. */
  save(index: number, part: string): Promise<void>;
  /** Forgets everything, the key too. */
  clear(): Promise<void>;
}
