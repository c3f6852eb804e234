import { createWorkerExecutor } from '../../../../audit/pool/createWorkerExecutor.ts';
import { spawnWorker } from '../../../../audit/pool/spawnWorker.ts';
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
import { askTotals, type VerifyTimes } from './verifyTimes.ts';

export interface PageAudit extends AuditRun {
  readonly times: VerifyTimes;
  /** Milliseconds of the longest task of the main thread; 0 where none reached the 50 that browsers report. */
  readonly longest: number;
}

export interface PageBench {
  open(count: number, preload: boolean): Promise<void>;
  audit(workers: number): Promise<PageAudit>;
  parts(sample: number): Promise<BlockParts>;
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
let replay: (() => Promise<void>) | undefined;

function opened(): PackedChain {
  if (!chain) throw new Error('No chain is open.');
  return chain;
}

/** A worker of the product, in which another module is loaded first that times what it verifies. */
function spawnTimed(url: string): Worker {
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
  async audit(workers) {
    const { pin } = opened();
    const executor = createWorkerExecutor(workers, spawnTimed);
    const tasks = longestTask();
    // Snapshots are made as for a page that shows them.
    const auditor = createChainAuditor({ pin, buckets: opened().buckets(), executor, onSnapshot: () => undefined });
    const run = await auditOf(auditor, opened().count);
    const longest = tasks();
    const times = await askTotals(workers);
    executor.close();
    return { ...run, times, longest };
  },
  parts: (sample) => measureParts(opened(), sample),
  naive: (sample) => measureNaive(opened(), sample),
  async record(sample) {
    replay = await recordSignatures(opened(), sample);
  },
  signatures: async () => replay?.(),
  verifyOnly: verifyInWorkers,
  spin,
};

Object.assign(globalThis, { bench });
