// oxlint-disable-next-line import/default -- the bundler makes it
import VerifyOnly from './verifyOnly.ts?worker';

const milliseconds = 1_000;

/** Verifications a second of so many workers together that do nothing else and know nothing of each other. */
export async function verifyInWorkers(count: number): Promise<number> {
  const workers = Array.from({ length: count }, () => new VerifyOnly());
  const ask = (worker: Worker, time: number) =>
    new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(time);
    });
  try {
    // All have begun before one is timed.
    await Promise.all(workers.map((worker) => ask(worker, 0)));
    const rates = await Promise.all(workers.map((worker) => ask(worker, milliseconds)));
    return rates.reduce((sum, rate) => sum + rate, 0);
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
