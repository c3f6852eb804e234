import type { ReadFile } from '../files/readFiles.ts';

let waiting: ReadFile | undefined;

/** Remembers a file that the person dropped on another screen and wants to record; it goes no further than this page. */
export function keepFileToRecord(file: ReadFile): void {
  waiting = file;
}

/** That file, once. */
export function takeFileToRecord(): ReadFile | undefined {
  const file = waiting;
  waiting = undefined;
  return file;
}
