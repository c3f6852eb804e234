import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { certificateKind } from '../../core/certificate/kind.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge, type Report } from '../../core/kinds/judge.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { world } from './audit.fixture.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

/** The checkpoint's number, and the record's: as far apart as where a checkpoint is made every thousand blocks. */
const from = 6;
const last = from + 1000;
const made = await world.chain(last + 1);
const pin = world.pin(made.blocks[0]);
const stamp = (k: number): string => made.storage.tuple(made.blocks[k] as (typeof made.blocks)[number]).slice(-64);
const checkpoint = { k: from, height: from, timestampHash: stamp(from) };
const pinned: ChainPin = { ...pin, checkpoint };
const record = made.blocks[last]?.transactions[0] as Uint8Array;

let text = '';
let audit: ChainAudit;

const check = (pins: readonly ChainPin[]): Promise<Report> => {
  const content = readContent('c.affidavit.json', utf8(text));
  return judge(content, { trust: { chains: pins }, now: 0, companions: [] }, [certificateKind]);
};

beforeAll(async () => {
  const buckets = memoryBuckets(made.storage);
  const auditor = createChainAuditor({ pin: pinned, buckets, executor: new InProcessExecutor() });
  audit = await auditor.run();
  const certified = await auditor.certify(transactionHash(record));
  if (certified.result !== 'certificate') throw new Error(certified.reason);
  ({ text } = certified);
}, 600_000);

it('an audit begins at the checkpoint, and says so', () => {
  expect(audit).toMatchObject({ verdict: 'verified', labels: expect.arrayContaining(['from checkpoint']) });
  expect(audit.mainChain[0]).toMatchObject({ k: from, height: from });
});

describe('a certificate from a checkpoint a thousand blocks back', () => {
  it('is a file of at most a megabyte, with the thousand blocks and none before', () => {
    const { proof, labels } = JSON.parse(text) as { proof: { from: number; transcript: unknown[] }; labels: string[] };
    expect([proof.from, proof.transcript.length]).toEqual([from, 1001]);
    expect(labels).toContain('from checkpoint');
    expect(utf8(text).length).toBeLessThanOrEqual(1_000_000);
  });

  it('holds for whoever has pinned that checkpoint', async () => {
    const report = await check([pinned]);
    expect([report.verdict, report.labels.includes('from checkpoint')]).toEqual(['verified', true]);
  });

  it('does not hold for who has pinned none, or one of another block', async () => {
    expect((await check([pin])).verdict).not.toBe('verified');
    for (const other of [
      { ...checkpoint, timestampHash: stamp(from + 1) },
      { ...checkpoint, height: from + 1 },
      { ...checkpoint, k: from - 1, height: from - 1, timestampHash: stamp(from - 1) },
    ]) {
      expect([other, (await check([{ ...pin, checkpoint: other }])).verdict]).not.toEqual([other, 'verified']);
    }
  });

  it('holds from a later checkpoint too, which it passes', async () => {
    const later = { k: from + 1, height: from + 1, timestampHash: stamp(from + 1) };
    expect((await check([{ ...pin, checkpoint: later }])).verdict).toBe('verified');
  });
});
