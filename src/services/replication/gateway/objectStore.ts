import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder, moveDurably, syncFolder, writeTemporary } from '../durableFile.ts';
import { Journal } from './journal.ts';
import { keyFault } from './keyName.ts';
import { assertRetentionChange, protection, type Lock } from './retention.ts';
import { S3Error } from './s3Error.ts';

/** One version of an object. Times are milliseconds since 1970. */
export interface ObjectVersion extends Lock {
  readonly id: string;
  readonly modified: number;
  readonly size: number;
  /** Without its quotes. */
  readonly etag: string;
  readonly deleteMarker: boolean;
}

type Entry =
  | { readonly put: string; readonly version: ObjectVersion }
  | { readonly change: string; readonly version: ObjectVersion }
  | { readonly remove: string; readonly id: string };

export interface ObjectStoreOptions {
  readonly folder: string;
  readonly clock: () => number;
  /** Puts bytes on disk under a name that nobody reads yet; replaced in tests. */
  readonly writeTemporary?: (path: string, bytes: Uint8Array) => Promise<void>;
}

/** The hidden folder beside the plain objects: journal, bytes of versions that are not current, uploads not yet moved. */
const hidden = '.versions';

/**
 * Versioned objects over a plain folder: `<folder>/<key>` is the current version's bytes, so the folder can be read as it is; what S3
 * knows beyond that is in `<folder>/.versions/`. A change counts once its line is in the journal; what a crash left undone after that is finished when the store is opened. Files that somebody put into the folder are objects too, without a lock.
 */
export class ObjectStore {
  readonly folder: string;
  readonly #clock: () => number;
  readonly #write: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly #journal: Journal<Entry>;
  /** Newest version first. */
  readonly #objects: Map<string, ObjectVersion[]>;
  #sorted: readonly string[] | undefined;
  /** Keys whose only version came from a file that somebody put into the folder; the journal does not know them yet. */
  readonly #adopted = new Set<string>();
  readonly #locks = new Map<string, Promise<unknown>>();

  private constructor(options: ObjectStoreOptions, journal: Journal<Entry>, objects: Map<string, ObjectVersion[]>) {
    this.folder = options.folder;
    this.#clock = options.clock;
    this.#write = options.writeTemporary ?? writeTemporary;
    this.#journal = journal;
    this.#objects = objects;
  }

  static async open(options: ObjectStoreOptions): Promise<ObjectStore> {
    await makeFolder(join(options.folder, hidden, 'data'));
    await makeFolder(join(options.folder, hidden, 'pending'));
    const { journal, entries } = await Journal.open<Entry>(join(options.folder, hidden, 'journal.jsonl'));
    const store = new ObjectStore(options, journal, new Map());
    for (const entry of entries) store.#apply(entry);
    await store.#finish();
    await store.#adopt();
    return store;
  }

  /** All keys that were ever written, in S3's order (by their UTF-8 bytes; keys here are ASCII). */
  keys(): readonly string[] {
    this.#sorted ??= [...this.#objects.keys()].sort((a, b) => (a < b ? -1 : 1));
    return this.#sorted;
  }

  /** Newest first; empty where the key was never written. */
  versions(key: string): readonly ObjectVersion[] {
    return this.#objects.get(key) ?? [];
  }

  /** Where a version's bytes are. */
  path(key: string, version: ObjectVersion): string {
    return this.versions(key)[0]?.id === version.id ? join(this.folder, ...key.split('/')) : this.#data(version.id);
  }

  /** The newest version, where it has bytes; a file that appeared in the folder is taken in first. */
  async current(key: string): Promise<ObjectVersion | undefined> {
    if (!this.#objects.has(key)) await this.#adoptFile(key);
    return this.versions(key)[0];
  }

  /** Stores a new version and makes it current; resolves when all of it is on disk. @throws S3Error 409 | 412 */
  put(key: string, bytes: Uint8Array, lock: Lock, onlyIfAbsent: boolean): Promise<ObjectVersion> {
    return this.#exclusively(key, async () => {
      const previous = await this.current(key);
      const plain = join(this.folder, ...key.split('/'));
      const there = previous !== undefined && !previous.deleteMarker && (await isFile(plain));
      if (onlyIfAbsent && there) {
        throw new S3Error(
          412,
          'PreconditionFailed',
          'An object of this name exists, and If-None-Match: * was asked for.',
        );
      }
      await this.#assertPath(key, plain);
      const version: ObjectVersion = {
        id: randomBytes(16).toString('hex'),
        modified: this.#clock(),
        size: bytes.length,
        etag: createHash('md5').update(bytes).digest('hex'),
        deleteMarker: false,
        ...lock,
      };
      await this.#write(this.#pending(version.id), bytes);
      try {
        if (there) await this.#keepAside(plain, previous.id);
        await this.#commit({ put: key, version });
      } catch (error) {
        await rm(this.#pending(version.id), { force: true });
        throw error;
      }
      await moveDurably(this.#pending(version.id), plain);
      return version;
    });
  }

  /** A plain DELETE: the object looks gone, every version stays. */
  deleteMarker(key: string): Promise<ObjectVersion> {
    return this.#exclusively(key, async () => {
      const previous = await this.current(key);
      const plain = join(this.folder, ...key.split('/'));
      if (previous !== undefined && !previous.deleteMarker && (await isFile(plain))) {
        await this.#keepAside(plain, previous.id);
      }
      const version: ObjectVersion = {
        id: randomBytes(16).toString('hex'),
        modified: this.#clock(),
        size: 0,
        etag: '',
        deleteMarker: true,
        legalHold: false,
      };
      await this.#commit({ put: key, version });
      await rm(plain, { force: true });
      return version;
    });
  }

  /** Removes one version for good. @throws S3Error 403 where it is protected; nothing happens where there is none of that id */
  remove(key: string, id: string, bypassGovernance: boolean): Promise<ObjectVersion | undefined> {
    return this.#exclusively(key, async () => {
      await this.current(key);
      const version = this.versions(key).find((candidate) => candidate.id === id);
      if (version === undefined) return undefined;
      const reason = protection(version, this.#clock(), bypassGovernance);
      if (reason !== undefined) throw new S3Error(403, 'AccessDenied', `${reason} It cannot be deleted.`);
      const wasCurrent = this.versions(key)[0]?.id === id;
      await this.#commit({ remove: key, id });
      if (wasCurrent) await this.#settle(key);
      else await rm(this.#data(id), { force: true });
      return version;
    });
  }

  /** Changes a version's retention or hold. @throws S3Error 403 where that would weaken it, 404 where there is none of that id */
  setLock(key: string, id: string, change: Partial<Lock>, bypassGovernance: boolean): Promise<void> {
    return this.#exclusively(key, async () => {
      await this.current(key);
      const version = this.versions(key).find((candidate) => candidate.id === id);
      if (version === undefined || version.deleteMarker) {
        throw new S3Error(404, 'NoSuchVersion', 'There is no version of that id.');
      }
      const next = { ...version, ...change };
      assertRetentionChange(version, next, this.#clock(), bypassGovernance);
      await this.#commit({ change: key, version: next });
    });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#locks.values());
    await this.#journal.close();
  }

  async #commit(entry: Entry): Promise<void> {
    const key = keyOf(entry);
    const adopted = this.#adopted.has(key) ? this.versions(key)[0] : undefined;
    if (adopted !== undefined) await this.#journal.append({ put: key, version: adopted });
    this.#adopted.delete(key);
    await this.#journal.append(entry);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    const key = keyOf(entry);
    const versions = this.#objects.get(key) ?? [];
    if (!this.#objects.has(key)) this.#sorted = undefined;
    if ('put' in entry) this.#objects.set(key, [entry.version, ...versions]);
    else if ('change' in entry) {
      this.#objects.set(
        key,
        versions.map((version) => (version.id === entry.version.id ? entry.version : version)),
      );
    } else {
      this.#objects.set(
        key,
        versions.filter(({ id }) => id !== entry.id),
      );
    }
  }

  /** Makes `<folder>/<key>` what the journal says: the current version's bytes, or nothing. */
  async #settle(key: string): Promise<void> {
    const plain = join(this.folder, ...key.split('/'));
    const current = this.versions(key)[0];
    if (current === undefined || current.deleteMarker) {
      await rm(plain, { force: true });
      return;
    }
    for (const candidate of [this.#pending(current.id), this.#data(current.id)]) {
      if (!(await isFile(candidate))) continue;
      await makeFolder(dirname(plain));
      await rename(candidate, plain);
      await syncFolder(dirname(plain));
      return;
    }
  }

  /** Finishes what a crash left between a journal line and its files, and throws away uploads that never counted. */
  async #finish(): Promise<void> {
    const left = new Set(await readdir(join(this.folder, hidden, 'pending')));
    for (const id of await readdir(join(this.folder, hidden, 'data'))) left.add(id);
    for (const [key, versions] of this.#objects) {
      const current = versions[0];
      if (current === undefined || current.deleteMarker || left.has(current.id)) await this.#settle(key);
    }
    for (const id of await readdir(join(this.folder, hidden, 'pending'))) await rm(this.#pending(id), { force: true });
  }

  async #adopt(): Promise<void> {
    for (const entry of await readdir(this.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const key = relative(this.folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (!this.#objects.has(key)) await this.#adoptFile(key);
    }
  }

  async #adoptFile(key: string): Promise<void> {
    if (keyFault(key) !== undefined) return;
    const file = await stat(join(this.folder, ...key.split('/'))).catch(() => undefined);
    if (file === undefined || !file.isFile()) return;
    const modified = Math.trunc(file.mtimeMs);
    const etag = `${file.size.toString(16)}-${modified.toString(16)}`;
    const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
    this.#adopted.add(key);
    this.#apply({ put: key, version: { id, modified, size: file.size, etag, deleteMarker: false, legalHold: false } });
  }

  /** A plain folder cannot hold `a` and `a/b` at once, as S3 can. */
  async #assertPath(key: string, plain: string): Promise<void> {
    try {
      await makeFolder(dirname(plain));
      if (!(await stat(plain).catch(() => undefined))?.isDirectory()) return;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== 'ENOTDIR' && code !== 'EEXIST') throw error;
    }
    throw new S3Error(409, 'InvalidRequest', `${key}: one object's name cannot be the folder of another's here.`);
  }

  async #keepAside(plain: string, id: string): Promise<void> {
    const temporary = this.#pending(`${id}-${randomBytes(4).toString('hex')}`);
    await copyFile(plain, temporary, constants.COPYFILE_EXCL);
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
    await moveDurably(temporary, this.#data(id));
  }

  #data(id: string): string {
    return join(this.folder, hidden, 'data', id);
  }

  #pending(id: string): string {
    return join(this.folder, hidden, 'pending', id);
  }

  /** One change of a key at a time. */
  #exclusively<Result>(key: string, action: () => Promise<Result>): Promise<Result> {
    const result = (this.#locks.get(key) ?? Promise.resolve()).then(action);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#locks.set(key, settled);
    void settled.then(() => {
      if (this.#locks.get(key) === settled) this.#locks.delete(key);
    });
    return result;
  }
}

function keyOf(entry: Entry): string {
  return 'put' in entry ? entry.put : 'change' in entry ? entry.change : entry.remove;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
