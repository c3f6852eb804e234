import type { ReadFile } from '../files/readFiles.ts';

let waiting: ReadFile | undefined;

/** Remembers a trust file that was dropped on another screen, to be read on the anchors page. */
export function keepTrustToRead(file: ReadFile): void {
  waiting = file;
}

/** That file, once. */
export function takeTrustToRead(): ReadFile | undefined {
  const file = waiting;
  waiting = undefined;
  return file;
}
