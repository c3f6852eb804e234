import { afterEach, describe, expect, it } from 'vitest';
import { serveChain, type ChainFunctions } from '../../core/chain/serveChain.ts';
import type { Between } from '../../core/chain/evaluateTogether.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { batches } from './batches.ts';
import { FakeWorker } from './fakeWorker.fixture.ts';
import { WorkerExecutor } from './workerExecutor.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

const pin: ChainPin = { name: 'a chain' };

/** A function over jobs that does one after the other. */
const eachOf =
  <Job, Finding>(evaluate: (job: Job) => Finding | Promise<Finding>) =>
  async (_context: ChainPin, jobs: readonly Job[], between: Between): Promise<Finding[]> => {
    const findings: Finding[] = [];
    for (const job of jobs) {
      await between();
      findings.push(await evaluate(job));
    }
    return findings;
  };

type AttestationJob = Parameters<ChainFunctions<ChainPin>['attestations']>[1][number];
type TupleJob = Parameters<ChainFunctions<ChainPin>['tuples']>[1][number];

const tellAttestation = ({ k, answers }: AttestationJob) => ({
  k,
  sequences: [],
  strays: [],
  junk: [],
  shards: [],
  signatures: answers.flat().length,
});

/** Functions that tell what they were given: shard states carry the lengths of what arrived. */
const telling: ChainFunctions<ChainPin> = {
  open: async (given) => given,
  attestations: eachOf(tellAttestation),
  tuples: eachOf(({ timestampHash, answers }: TupleJob) => {
    const [first] = answers;
    const transactions = typeof first === 'object' ? (first[0] ?? null) : null;
    const tuple = { u: '', merkle: '', parent: '', block: '', timestampHash, time: 0, kid: '', transactions };
    return { timestampHash, tuple, junk: [], shards: [], signatures: 0 };
  }),
  segment: async (_context, { n, known = [], answers }) => ({
    n,
    object: known[0] ?? null,
    documents: [],
    tuples: [],
    strays: [],
    junk: [],
    shards: [],
    signatures: answers.flat().length,
  }),
  entry: ({ k }, attestation, tuple) => {
    const [document, block] = [attestation[0], tuple[0]];
    if (typeof document !== 'object' || typeof block !== 'object') return null;
    return { k, timestamp: 't', document: document[0] as Uint8Array, block: block[0] as Uint8Array };
  },
  hold: async (_pin, document) => ({ ok: false, code: 'CHAIN_HOLD_FORM', reason: `${document.length} bytes` }),
  certificate: async ({ hash }) => `a certificate of ${hash}`,
};

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const jobOf = (length: number) => ({ answers: [[new Uint8Array(length)], 'down' as const] });

const open: WorkerExecutor[] = [];
afterEach(() => {
  for (const executor of open.splice(0)) executor.close();
});

async function start(functions: Partial<ChainFunctions<ChainPin>> = {}, size = 2) {
  const workers: FakeWorker[] = [];
  const executor = new WorkerExecutor(() => {
    const worker = new FakeWorker((post) => serveChain({ ...telling, ...functions }, post, pause));
    workers.push(worker);
    return worker;
  }, size);
  open.push(executor);
  await executor.open(pin);
  return { executor, workers };
}

const attestationJobs = (count: number) =>
  Array.from({ length: count }, (_, k) => ({ k, answers: [[Uint8Array.of(k)], 'down', 'missing'] as const }));

describe('verification in workers', () => {
  it('returns one finding a job in the order of the jobs, in few messages', async () => {
    const { executor, workers } = await start();
    const findings = await executor.attestations(attestationJobs(100));
    expect(findings.map(({ k }) => k)).toEqual(Array.from({ length: 100 }, (_, k) => k));
    expect(workers.flatMap(({ received }) => received).length).toBeLessThan(10);
  });

  it('carries transaction hashes both ways', async () => {
    const { executor } = await start();
    const hashes = Uint8Array.from({ length: 64 }, (_, index) => index);
    const findings = await executor.tuples([
      { timestampHash: 'aa', answers: [[hashes]] },
      { timestampHash: 'bb', answers: ['down'] },
    ]);
    expect(findings.map(({ tuple }) => tuple?.transactions)).toEqual([hashes, null]);
  });

  it('carries segments, and what is known of a name', async () => {
    const seen: (readonly string[])[] = [];
    const { executor } = await start({
      tuples: eachOf(({ timestampHash, known }: TupleJob) => {
        seen.push(known);
        return { timestampHash, tuple: null, junk: [], shards: [], signatures: 0 };
      }),
    });
    const answers = [[Uint8Array.of(1)], 'down'] as const;
    const found = await executor.segments([
      { n: 3, answers },
      { n: 4, answers, known: ['ab'] },
    ]);
    expect(found.map(({ n, object }) => [n, object])).toEqual([
      [3, null],
      [4, 'ab'],
    ]);
    await executor.tuples([{ timestampHash: 'aa', answers, known: ['cd'] }]);
    expect(seen).toEqual([['cd']]);
  });

  it('reads entries again, each from its own answers', async () => {
    const { executor } = await start();
    const key = (k: number) => ({ k, object: 'aa', timestampHash: 'bb' });
    const entries = await executor.entries([
      { key: key(3), attestation: [[Uint8Array.of(1)], 'down'], tuple: [[Uint8Array.of(2)]] },
      { key: key(4), attestation: ['missing'], tuple: [[Uint8Array.of(5)]] },
      { key: key(5), attestation: [[Uint8Array.of(6)]], tuple: [[Uint8Array.of(7)]] },
    ]);
    expect(entries).toEqual([
      { k: 3, timestamp: 't', document: Uint8Array.of(1), block: Uint8Array.of(2) },
      null,
      { k: 5, timestamp: 't', document: Uint8Array.of(6), block: Uint8Array.of(7) },
    ]);
  });

  it('carries documents that may be hold attestations', async () => {
    const { executor } = await start();
    const found = await executor.holds([new Uint8Array(3), new Uint8Array(5)]);
    expect(found.map((each) => !each.ok && each.reason)).toEqual(['3 bytes', '5 bytes']);
    expect(await executor.holds([])).toEqual([]);
  });

  it('makes a certificate', async () => {
    const { executor } = await start();
    const request = {
      pin,
      hash: 'ab',
      height: 1,
      transactions: new Uint8Array(32),
      entries: [],
      earlierTreesUnread: false,
    };
    expect(await executor.certificate(request)).toBe('a certificate of ab');
  });

  it('answers no jobs without asking a worker', async () => {
    const { executor } = await start();
    expect(await executor.attestations([])).toEqual([]);
  });

  it('refuses jobs before a chain is open', async () => {
    const executor = new WorkerExecutor(() => new FakeWorker(() => () => undefined), 1);
    await expect(executor.attestations(attestationJobs(1))).rejects.toMatchObject({
      kind: 'usage',
      code: 'CHAIN_NOT_OPEN',
    });
  });

  it('fails to open with what the worker says', async () => {
    const failing = start({
      open: async () => {
        throw new AuditorError('usage', 'CHAIN_PIN', 'The pinned key is none.');
      },
    });
    await expect(failing).rejects.toMatchObject({
      kind: 'usage',
      code: 'CHAIN_PIN',
      message: 'The pinned key is none.',
    });
  });

  it('turns a throw in a worker into an internal error, never into findings', async () => {
    const { executor } = await start({
      attestations: async () => {
        throw new RangeError('off by one');
      },
    });
    await expect(executor.attestations(attestationJobs(3))).rejects.toMatchObject({ kind: 'internal' });
  });

  it('stops between two jobs of a batch when cancelled', async () => {
    let begun = 0;
    const controller = new AbortController();
    const { executor, workers } = await start(
      {
        attestations: eachOf((job: AttestationJob) => {
          begun += 1;
          if (begun === 3) controller.abort(new Error('stop'));
          return tellAttestation(job);
        }),
      },
      1,
    );
    await expect(executor.attestations(attestationJobs(90), controller.signal)).rejects.toThrow('stop');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(begun).toBeLessThan(45);
    expect(workers[0]?.terminated).toBe(false);
    expect(await executor.attestations(attestationJobs(2))).toHaveLength(2);
  });
});

describe('batches', () => {
  it('keep order and stay within both bounds', () => {
    const jobs = Array.from({ length: 10 }, (_, index) => jobOf(index));
    const lengths = (bytes: number, ...each: readonly number[]) =>
      batches(each.map(jobOf), { jobs: 4, bytes }).map(({ length }) => length);
    expect(batches(jobs).flat()).toEqual(jobs);
    expect(batches(jobs, { jobs: 4, bytes: 100 }).map(({ length }) => length)).toEqual([4, 4, 2]);
    expect(lengths(100, 60, 60, 10)).toEqual([1, 2]);
    // One that is too large goes alone.
    expect(lengths(100, 5, 500, 5)).toEqual([1, 1, 1]);
  });

  it('of nothing are none', () => {
    expect(batches([])).toEqual([]);
  });
});
