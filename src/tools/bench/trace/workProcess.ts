import { Commitment } from '../../../core/trace/commitment.ts';
import { makeLeafHasher, type LeafBatch } from '../../../core/trace/leafHasher.ts';
import { spinSteps } from '../spin.ts';
import { benchSymbols, callEvent, recordsOf } from './madeRecords.ts';
import { rawKernel } from './rawKernel.ts';
import type { Asked, Done, WorkName } from './twoProcesses.ts';

/** A process that hashes batches of leaves of its own, or permutes, or counts: on each message for so long. What it does first is not counted. */
const hashLeaves = makeLeafHasher({ leafEncoding: 'rec16' });
const batches: LeafBatch[] = [];
const commitment = new Commitment({
  leafEncoding: 'rec16',
  eventsPerLeaf: 1,
  symbols: benchSymbols,
  isTraced: () => true,
  keepLeavesUpTo: 0,
  hashLeaves: (batch) => {
    batches.push(batch);
    return hashLeaves(batch);
  },
});
await commitment.add(recordsOf(callEvent, 1 << 18));
await commitment.finish();

let next = 0;
const work: Readonly<Record<WorkName, () => number>> = {
  hash: () => {
    const batch = batches[next++ % batches.length] as LeafBatch;
    hashLeaves(batch);
    return batch.count;
  },
  keccak: rawKernel(),
  spin: spinSteps,
};

/** For at least so many milliseconds, whatever another process does meanwhile: nobody waits for the slower one. */
function workFor({ name, milliseconds }: Asked): Done {
  const before = process.cpuUsage();
  const start = performance.now();
  let amount = 0;
  do amount += work[name]();
  while (performance.now() - start < milliseconds);
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { amount, elapsed, processor: (user + system) / 1000 };
}

for (const name of Object.keys(work) as WorkName[]) workFor({ name, milliseconds: 100 });
process.on('message', (asked) => process.send?.(workFor(asked as Asked)));
process.send?.('ready');
