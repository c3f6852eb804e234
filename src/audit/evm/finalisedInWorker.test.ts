import { describe, expect, it } from 'vitest';
import type { EvmPin } from '../../core/trust/trust.ts';
import { unknown } from '../../core/verdict/check.ts';
import type { WorkerPort } from '../pool/workerPort.ts';
import { finalisedInWorker, type FinalisedReply } from './finalisedInWorker.ts';

const pin: EvmPin = { chainId: 1, consensus: 'ethereum', rpc: ['https://one.example'] };

/** A worker that answers as it is told, and remembers what it was asked and whether it still runs. */
function fakeWorker(answer: { message?: FinalisedReply; error?: string }) {
  const listeners = new Map<string, (event: never) => void>();
  const seen = { asked: [] as unknown[], runs: true };
  const port: WorkerPort = {
    postMessage: (message) => {
      seen.asked.push(message);
      if (answer.message) listeners.get('message')?.({ data: answer.message } as never);
      if (answer.error !== undefined) listeners.get('error')?.({ message: answer.error } as never);
    },
    terminate: () => void (seen.runs = false),
    addEventListener: (type: string, listener: (event: never) => void) => void listeners.set(type, listener),
  };
  return { seen, spawn: () => port };
}

describe('the finalised block, found in a worker', () => {
  it('comes back as the worker says it, which then ends', async () => {
    const message = { pin, check: unknown('EVM_LIGHT_CLIENT', { params: { reason: 'Nobody answers.' } }) };
    const worker = fakeWorker({ message });
    expect(await finalisedInWorker(pin, ['https://one.example'], new AbortController().signal, worker.spawn)).toBe(
      message,
    );
    expect(worker.seen).toEqual({ asked: [{ pin, rpc: ['https://one.example'] }], runs: false });
  });

  it('is an error, and no verdict, where the worker breaks', async () => {
    for (const answer of [{ error: 'out of memory' }, { message: { error: 'out of memory' } }]) {
      const worker = fakeWorker(answer);
      const running = finalisedInWorker(pin, [], new AbortController().signal, worker.spawn);
      await expect(running).rejects.toMatchObject({ kind: 'internal', code: 'WORKER_BROKEN' });
      await expect(running).rejects.toThrow('out of memory');
      expect(worker.seen.runs).toBe(false);
    }
  });

  it('ends with the cancel', async () => {
    const worker = fakeWorker({});
    const stop = new AbortController();
    const running = finalisedInWorker(pin, [], stop.signal, worker.spawn);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(worker.seen.runs).toBe(false);
  });
});
