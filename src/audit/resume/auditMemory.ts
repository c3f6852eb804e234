/**
 * Where an audit leaves what it has found, so that it can be continued. It only keeps: what it gives back is checked by whoever reads it. One
 * memory belongs to one identity (see `memoryIdentity`).
 */
export interface AuditMemory {
  /** The parts that were saved, in order; nothing where there are none. */
  load(): Promise<readonly string[]>;
  /** Adds a part behind those that are there: `index` of them. */
  save(index: number, part: string): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
}
