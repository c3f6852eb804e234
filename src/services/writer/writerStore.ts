import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { toHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';

export type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

/** What is kept under which key. Numbers are padded, so that keys sort as numbers do. */
export const storeKeys = {
  /** d of an accepted write, by its place in the queue. */
  write: (sequence: number) => `write/${String(sequence).padStart(16, '0')}`,
  /** The queue's index: H(d) of every write that is not final, with its place and size. */
  pending: (hash: string) => `pending/${hash}`,
  /** What became of a transaction that left the queue. */
  transaction: (hash: string) => `transaction/${hash}`,
  batch: 'batch',
  work: 'work',
  chain: (number: number) => `chain/${String(number).padStart(8, '0')}`,
} as const;

export function putJson(key: string, value: unknown): Change {
  return { type: 'put', key, value: new TextEncoder().encode(JSON.stringify(value)) };
}

type Database = ClassicLevel<string, Uint8Array>;

export type OpenDatabase = (path: string) => Database;

const openLevel: OpenDatabase = (path) => new ClassicLevel(path, { keyEncoding: 'utf8', valueEncoding: 'view' });

/** The writer's own disk: a LevelDB whose every commit is flushed before it resolves, and a folder for objects. */
export class WriterStore {
  /** Where objects wait until six buckets have them. */
  readonly objects: string;
  readonly #database: Database;
  /** Set from a failed commit on: LevelDB takes no more writes until it is opened anew. */
  #broken = false;
  #reopening: Promise<void> | undefined;

  private constructor(database: Database, objects: string) {
    this.#database = database;
    this.objects = objects;
  }

  /**
   * @param openDatabase replaced in tests
   * @throws AuditorError `usage` WRITER_LOCKED where another process has it open, `source` IO_… | WRITER_STORE
   */
  static async open(folder: string, openDatabase: OpenDatabase = openLevel): Promise<WriterStore> {
    const objects = await stateFolder(folder, 'objects');
    const path = join(folder, 'database');
    const database = openDatabase(path);
    try {
      await database.open();
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (faultCode(cause) === 'LEVEL_LOCKED') {
        throw new AuditorError(
          'usage',
          'WRITER_LOCKED',
          `Another process is writing with the state folder ${folder}. Stop it, or use another folder.`,
          { cause: error },
        );
      }
      throw databaseFault(`The writer's database ${path} cannot be opened`, cause ?? error);
    }
    return new WriterStore(database, objects);
  }

  /**
   * All of it or nothing; on disk when it resolves. After a failure it is not known whether it is there: it may turn up at the next
   * start, so whoever asked either asks for the same again or takes it back in its next commit.
   * @throws AuditorError `source` IO_… | WRITER_STORE
   */
  async commit(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    try {
      await this.#ready();
      await this.#database.batch([...changes], { sync: true });
    } catch (error) {
      this.#broken = true;
      throw databaseFault('The writer could not write to its disk', (error as { cause?: unknown }).cause ?? error);
    }
  }

  async bytes(keys: readonly string[]): Promise<Uint8Array[]> {
    const found = await this.#read(() => this.#database.getMany([...keys]));
    return found.map((value, index) => {
      if (value !== undefined) return value;
      throw new AuditorError('internal', 'WRITER_STORE', `The writer's database lacks ${keys[index]}.`);
    });
  }

  async json<Value>(key: string): Promise<Value | undefined> {
    const value = await this.#read(() => this.#database.get(key));
    return value === undefined ? undefined : (JSON.parse(new TextDecoder().decode(value)) as Value);
  }

  /** Every entry below `prefix/`, in the order of the keys, which come without the prefix. */
  async *entries<Value>(prefix: string): AsyncGenerator<{ readonly key: string; readonly value: Value }> {
    for await (const [key, value] of this.#database.iterator({ gt: `${prefix}/`, lt: `${prefix}0` })) {
      yield { key: key.slice(prefix.length + 1), value: JSON.parse(new TextDecoder().decode(value)) as Value };
    }
  }

  /** The file that an object waits in. */
  objectFile(chain: string, kind: 'tuple' | 'seq', name: Uint8Array | number): string {
    return join(this.objects, chain, kind, typeof name === 'number' ? String(name) : toHex(name));
  }

  async close(): Promise<void> {
    await this.#reopening?.catch(() => undefined);
    await this.#database.close();
  }

  /** A broken database can still be read, as long as it is open. */
  async #read<Value>(read: () => Promise<Value>): Promise<Value> {
    try {
      if (this.#database.status !== 'open') await this.#ready();
      return await read();
    } catch (error) {
      throw databaseFault('The writer could not read its disk', (error as { cause?: unknown }).cause ?? error);
    }
  }

  /** Opens the database anew where it is broken, once for all who wait for it. */
  async #ready(): Promise<void> {
    if (this.#reopening === undefined && !this.#broken) return;
    this.#reopening ??= this.#reopen().finally(() => (this.#reopening = undefined));
    await this.#reopening;
  }

  async #reopen(): Promise<void> {
    await this.#database.close();
    await this.#database.open();
    this.#broken = false;
  }
}

function databaseFault(what: string, error: unknown): AuditorError {
  const text = error instanceof Error ? error.message : String(error);
  // LevelDB passes on the system's sentence, not its code.
  const full = /no space left|quota/i.test(text);
  const message = full ? `${what}: the disk is full. Free some space.` : `${what}: ${text}.`;
  return new AuditorError('source', full ? 'IO_ENOSPC' : 'WRITER_STORE', message, { cause: error });
}
