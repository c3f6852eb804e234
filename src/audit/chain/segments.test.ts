import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { certificateKind } from '../../core/certificate/kind.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { Storage } from '../../core/chain/chain.fixture.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import { segmentName } from '../../core/chain/names.ts';
import { encodeSegment, type SegmentEntry } from '../../core/chain/segment.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import type { Bucket } from '../source/bucket.ts';
import { open, status, world } from './audit.fixture.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';

const made = await world.chain(260);
const pin = world.pin(made.blocks[0]);
const objectOf = (name: string): Uint8Array => decodeShards(made.storage.answers(name)).objects[0]?.bytes as Uint8Array;
const entries: readonly SegmentEntry[] = made.blocks.slice(0, 256).map((block, k) => ({
  k,
  attestations: [objectOf(made.storage.seq(k))],
  tuples: [block.tuple],
}));
const genesis = pin.genesis as string;

let storage: Storage;
beforeEach(() => {
  storage = new Storage(genesis);
  for (const [index, bucket] of made.storage.buckets.entries()) {
    for (const [name, versions] of bucket) storage.buckets[index]?.set(name, versions);
  }
});

async function audited(buckets: readonly Bucket[] = memoryBuckets(storage)) {
  const read: string[] = [];
  const telling = buckets.map((bucket) => ({
    ...bucket,
    read: (...request: Parameters<Bucket['read']>) => {
      read.push(request[0]);
      return bucket.read(...request);
    },
  }));
  const auditor = createChainAuditor({ pin, buckets: telling, executor: new InProcessExecutor() });
  return { audit: await auditor.run(), auditor, tuplesRead: new Set(read.filter((name) => name.includes('/tuple/'))) };
}

const put = (changed: readonly SegmentEntry[] = entries) =>
  storage.put(segmentName(genesis, 0), encodeSegment(0, changed));

describe('segments', () => {
  it('spare the tuples in them, and nothing else differs', async () => {
    const without = await audited();
    expect(without.tuplesRead.size).toBe(260);
    put();
    const { audit, tuplesRead } = await audited();
    expect(tuplesRead.size).toBe(4);
    expect(audit).toEqual(without.audit);
    expect(audit).toMatchObject({ verdict: 'verified', counts: { blocks: 260, signatures: 260 * 3 + 4 } });
  });

  it('are found without listings', async () => {
    put();
    const { audit, tuplesRead } = await audited(
      memoryBuckets(storage).map((bucket) => ({ ...bucket, list: async () => [] })),
    );
    expect(tuplesRead.size).toBe(4);
    expect(audit.verdict).toBe('verified');
  });

  it('junk under their name is listed, and the single objects count', async () => {
    storage.put(segmentName(genesis, 0), new Uint8Array(100));
    const { audit, tuplesRead } = await audited();
    expect(tuplesRead.size).toBe(260);
    expect(audit.verdict).toBe('verified');
    expect(audit.junk).toMatchObject([{ name: 'seg/0', code: 'CHAIN_SEGMENT_FORM', buckets: [0, 1, 2, 3, 4, 5] }]);
  });

  it('a tuple in them that is not valid is read by itself', async () => {
    const forged = (entries[7] as SegmentEntry).tuples[0]?.slice() as Uint8Array;
    forged[forged.length - 1] = forged.at(-1) === 65 ? 66 : 65;
    put(entries.map((entry, k) => (k === 7 ? { ...entry, tuples: [forged] } : entry)));
    const { audit, tuplesRead } = await audited();
    expect(audit.verdict).toBe('verified');
    expect([...tuplesRead]).toContain(storage.tuple(made.blocks[7] as (typeof made.blocks)[number]));
    expect(tuplesRead.size).toBe(5);
  });

  it('never stand for a single number: one that only a segment has is a gap', async () => {
    put();
    storage.remove(storage.seq(100));
    const { audit } = await audited();
    expect(audit).toMatchObject({ verdict: 'undetermined', stop: { reason: 'gap', k: 100 } });
  });

  it('every number that they name is fetched, far beyond the end too', async () => {
    const far = made.blocks[259] as (typeof made.blocks)[number];
    const document = await world.attest(made.blocks[0] as (typeof made.blocks)[number], far, { k: 256 * 9 + 5 });
    storage.put(segmentName(genesis, 9), encodeSegment(9, [{ k: 256 * 9 + 5, attestations: [document], tuples: [] }]));
    const nothing = await audited();
    expect(nothing.audit).toMatchObject({ stop: { reason: 'equivocation' }, verdict: 'rejected' });
    const next = await world.block({ parent: far });
    const single = await world.attest(made.blocks[0] as (typeof made.blocks)[number], next, { k: 256 * 9 + 6 });
    storage.put(segmentName(genesis, 9), encodeSegment(9, [{ k: 256 * 9 + 6, attestations: [single], tuples: [] }]));
    storage.putAttestation(256 * 9 + 6, single);
    const buckets = memoryBuckets(storage).map((bucket): Bucket => ({
      ...bucket,
      list: async (prefix, limit) => (prefix.endsWith('/seg/') ? bucket.list(prefix, limit) : []),
    }));
    const { audit } = await audited(buckets);
    expect(audit).toMatchObject({ highest: 256 * 9 + 6, stop: { reason: 'gap', k: 260 } });
  });

  it('a document in one that contradicts what is shown rejects the chain', async () => {
    const other = await world.block({ parent: made.blocks[50] as (typeof made.blocks)[number] });
    const document = await world.attest(made.blocks[0] as (typeof made.blocks)[number], other, { k: 51 });
    put(entries.map((entry) => (entry.k === 51 ? { ...entry, attestations: [document] } : entry)));
    const { audit } = await audited();
    expect(audit).toMatchObject({ verdict: 'rejected', stop: { reason: 'equivocation', k: 51 } });
    expect(status(audit, 'CHAIN_EQUIVOCATION')).toBe('fail');
  });

  it('give certificates of tuples that survive nowhere else', async () => {
    put();
    const lost = [3, 77, 200];
    for (const k of lost) storage.remove(storage.tuple(made.blocks[k] as (typeof made.blocks)[number]));
    const { auditor } = await audited();
    const { transactions } = made.blocks[200] as (typeof made.blocks)[number];
    const certified = await auditor.certify(transactionHash(transactions[0] as Uint8Array));
    expect(certified.result).toBe('certificate');
    const text = certified.result === 'certificate' ? certified.text : '';
    const content = readContent('c.json', utf8(text));
    const report = await judge(content, { trust: { chains: [pin] }, now: 0, companions: [] }, [certificateKind]);
    expect(report.verdict).toBe('verified');
    for (const bucket of [0, 1, 2, 3]) storage.remove(segmentName(genesis, 0), [bucket]);
    const without = await auditor.certify(transactionHash(transactions[0] as Uint8Array));
    expect(without).toMatchObject({ result: 'unknown', reason: 'The buckets no longer give what was read before.' });
  }, 600_000);

  it('a lost one is no loss', async () => {
    put();
    for (const bucket of [0, 1, 2, 3]) storage.remove(segmentName(genesis, 0), [bucket]);
    const { audit, tuplesRead } = await audited();
    expect(tuplesRead.size).toBe(260);
    expect(audit.verdict).toBe('verified');
    expect(open(audit)).toEqual([]);
  });
});
