import { spawnWorker } from '../../../../audit/pool/spawnWorker.ts';
import type { Piece } from '../measure.ts';
// oxlint-disable-next-line import/default -- the bundler makes it
import workerUrl from './worker.ts?worker&url';

export interface TeePageBench {
  /** Does a piece of work so many times in the worker; milliseconds that it took there, or null where it cannot be run. */
  run(piece: Piece, count: number): Promise<number | null>;
}

export interface Answer {
  readonly milliseconds?: number | null;
  readonly fault?: string;
}

const worker = spawnWorker(workerUrl) as Worker;

// One question at a time.
const bench: TeePageBench = {
  run: (piece, count) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data: { milliseconds, fault } }: MessageEvent<Answer>) => {
        if (milliseconds === undefined) reject(new Error(fault));
        else resolve(milliseconds);
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ piece, count });
    }),
};

Object.assign(globalThis, { bench });
