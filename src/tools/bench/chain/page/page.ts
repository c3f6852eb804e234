import { createWorkerExecutor } from '../../../../audit/pool/createWorkerExecutor.ts';
import { spawnWorker } from '../../../../audit/pool/spawnWorker.ts';
import type { WorkerExecutor } from '../../../../audit/pool/workerExecutor.ts';
import { createChainAuditor } from '../../../../audit/chain/chainAuditor.ts';
import { auditOf, type AuditRun } from '../auditRun.ts';
import { measureParts, recordSignatures, type BlockParts } from '../blockParts.ts';
import { PackedChain, type FixtureIndex } from '../packedChain.ts';
import { spin } from '../../spin.ts';
// oxlint-disable-next-line import/default -- the bundler makes it
import timerUrl from './timeVerify.ts?worker&url';
import { measureNaive } from './measureNaive.ts';
import { longestTask } from './longestTask.ts';
import { verifyInWorkers } from './verifyInWorkers.ts';
import { takeTotals, type VerifyTimes } from './verifyTimes.ts';

export interface PageAudit extends AuditRun {
  readonly times: VerifyTimes;
  /** Milliseconds of the longest task of the main thread; 0 where none reached the 50 that browsers report. */
  readonly longest: number;
}

export interface PageBench {
  open(count: number, preload: boolean): Promise<void>;
  /** Of the first `count` blocks, or of all. Workers are kept for the next audit with as many, as the product keeps them. */
  audit(workers: number, count?: number): Promise<PageAudit>;
  /** Ends all workers that are kept, so that the next audit is as the first of a visit. */
  cool(): void;
  parts(sample: number, warmUp: number): Promise<BlockParts>;
  /** Blocks a second of the naive verifier. */
  naive(sample: number): Promise<number>;
  /** Prepares `signatures`. */
  record(sample: number): Promise<void>;
  /** Makes the recorded verifications once more, and nothing else. */
  signatures(): Promise<void>;
  /** Verifications of ES384 a second of so many workers that do nothing else. */
  verifyOnly(workers: number): Promise<number>;
  spin(): number;
}

let chain: PackedChain | undefined;
const executors = new Map<number, WorkerExecutor>();
let timedWorkers = 0;
let replay: (() => Promise<void>) | undefined;

function opened(): PackedChain {
  if (!chain) throw new Error('No chain is open.');
  return chain;
}

/** A worker of the product, in which another module is loaded first that times what it verifies. */
function spawnTimed(url: string): Worker {
  timedWorkers += 1;
  const lines = [timerUrl, url].map((each) => `import ${JSON.stringify(new URL(each, location.href).href)};`);
  return spawnWorker(URL.createObjectURL(new Blob(lines, { type: 'text/javascript' }))) as Worker;
}

const bench: PageBench = {
  async open(count, preload) {
    const index = (await (await fetch('/fixture/index.json')).json()) as FixtureIndex;
    chain = new PackedChain(index, count, async (pack) => {
      const response = await fetch(`/fixture/${pack}.pack`);
      return new Uint8Array(await response.arrayBuffer());
    });
    if (preload) await chain.preload();
  },
  async audit(workers, count = opened().count) {
    const part = count === opened().count ? opened() : await opened().first(count);
    const executor = executors.get(workers) ?? createWorkerExecutor(workers, spawnTimed);
    executors.set(workers, executor);
    const tasks = longestTask();
    // Snapshots are made as for a page that shows them.
    const { pin } = part;
    const auditor = createChainAuditor({ pin, buckets: part.buckets(), executor, onSnapshot: () => undefined });
    const run = await auditOf(auditor, part.count);
    return { ...run, times: await takeTotals(timedWorkers), longest: tasks() };
  },
  cool() {
    for (const executor of executors.values()) executor.close();
    executors.clear();
    timedWorkers = 0;
  },
  parts: (sample, warmUp) => measureParts(opened(), sample, warmUp),
  naive: (sample) => measureNaive(opened(), sample),
  async record(sample) {
    replay = await recordSignatures(opened(), sample);
  },
  signatures: async () => replay?.(),
  verifyOnly: verifyInWorkers,
  spin,
};

Object.assign(globalThis, { bench });
