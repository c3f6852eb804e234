import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import type { SealedBlock } from './qbftMessages.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';

/** Sealed blocks on disk, from block zero on: one line of JSON each. A line that a crash has torn is cut off. */
export class BlockStore {
  readonly path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** @throws AuditorError `source` IO_… */
  static async open(path: string): Promise<{ store: BlockStore; blocks: SealedBlock[] }> {
    try {
      const text = await readFile(path).catch((error: unknown) => {
        if (faultCode(error) === 'ENOENT') return Buffer.alloc(0);
        throw error;
      });
      const whole = text.subarray(0, text.lastIndexOf(10) + 1);
      if (whole.length < text.length) await truncate(path, whole.length);
      const lines = whole.toString('utf8').split('\n').slice(0, -1);
      const blocks = lines.map((line) => JSON.parse(line) as SealedBlock);
      return { store: new BlockStore(path, await open(path, 'a', 0o600)), blocks };
    } catch (error) {
      throw ioFault(`The blocks in ${path} cannot be read`, error);
    }
  }

  /** @throws AuditorError `source` IO_… */
  async append(block: SealedBlock): Promise<void> {
    try {
      await this.#file.appendFile(`${JSON.stringify(block)}\n`);
    } catch (error) {
      throw ioFault(`The blocks in ${this.path} cannot be written`, error);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
