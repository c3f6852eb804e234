import { Commitment } from '../../../core/trace/commitment.ts';
import { makeLeafHasher, type LeafBatch } from '../../../core/trace/leafHasher.ts';
import { benchSymbols, callEvent, recordsOf } from './madeRecords.ts';

/** A process with batches of leaves of its own, which it hashes once for each message. */
const events = 1 << 18;
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
await commitment.add(recordsOf(callEvent, events));
await commitment.finish();

process.on('message', () => {
  for (const batch of batches) hashLeaves(batch);
  process.send?.(events);
});
process.send?.(0);
