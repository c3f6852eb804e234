import { appendFileSync, renameSync, statSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { ioFault } from './ioFault.ts';

const tailLength = 20;

/** A log file that never grows beyond twice its bound: when full it becomes `<path>.1`, in place of the one before. */
export class RollingLog {
  readonly path: string;
  readonly #bound: number;
  readonly #tail: string[] = [];
  #size: number;

  /** @throws AuditorError `source` IO_… where the file cannot be written */
  constructor(path: string, bound = 4 * 1024 * 1024) {
    this.path = path;
    this.#bound = bound;
    try {
      appendFileSync(path, '', { mode: 0o600 });
      this.#size = statSync(path).size;
    } catch (error) {
      throw ioFault(`The log file ${path} cannot be written`, error);
    }
  }

  /** Adds a line. A log that can no longer be written must not stop the service: the line stays in the tail only. */
  write(line: string): void {
    const plain = stripVTControlCharacters(line);
    this.#tail.push(plain);
    if (this.#tail.length > tailLength) this.#tail.shift();
    try {
      if (this.#size > this.#bound) {
        renameSync(this.path, `${this.path}.1`);
        this.#size = 0;
      }
      appendFileSync(this.path, `${plain}\n`, { mode: 0o600 });
      this.#size += Buffer.byteLength(plain) + 1;
    } catch {
      return;
    }
  }

  /** The last lines, for a message about why a service did not start. */
  tail(): string {
    return this.#tail.join('\n');
  }
}
