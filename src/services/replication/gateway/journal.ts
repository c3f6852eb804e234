import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AuditorError } from '../../../core/verdict/auditorError.ts';
import { syncFolder } from '../durableFile.ts';

/**
 * An append-only file of JSON lines. A line counts once it is whole and on disk: a torn last line (a crash while writing) is cut off
 * when the journal is opened, and a line that could not be written whole (disk full) is cut off at once.
 */
export class Journal<Entry> {
  readonly #file: FileHandle;
  #length: number;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, length: number) {
    this.#file = file;
    this.#length = length;
  }

  /** @throws AuditorError `source` JOURNAL_DAMAGED where a whole line is not JSON */
  static async open<Entry>(path: string): Promise<{ journal: Journal<Entry>; entries: Entry[] }> {
    const file = await open(path, 'a+');
    try {
      await syncFolder(dirname(path));
      const text = await file.readFile('utf8');
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const entries = whole
        .split('\n')
        .filter((line) => line !== '')
        .map((line, index) => {
          try {
            return JSON.parse(line) as Entry;
          } catch (cause) {
            throw new AuditorError('source', 'JOURNAL_DAMAGED', `Line ${index + 1} of ${path} is damaged.`, { cause });
          }
        });
      const length = Buffer.byteLength(whole);
      await file.truncate(length);
      return { journal: new Journal<Entry>(file, length), entries };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Resolves when the line is on disk. Lines are written one after the other. */
  append(entry: Entry): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    const done = this.#queue.then(async () => {
      try {
        await this.#file.appendFile(line);
        await this.#file.datasync();
        this.#length += line.length;
      } catch (error) {
        await this.#file.truncate(this.#length);
        throw error;
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#file.close();
  }
}
