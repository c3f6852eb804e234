import type { TeeRates } from '../measure.ts';

export interface TeePageBench {
  measure(): Promise<TeeRates>;
}

const bench: TeePageBench = {
  measure: () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<{ readonly rates?: TeeRates; readonly fault?: string }>) => {
        worker.terminate();
        if (data.rates) resolve(data.rates);
        else reject(new Error(data.fault));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
    }),
};

Object.assign(globalThis, { bench });
