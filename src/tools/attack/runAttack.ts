import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { memoryBuckets } from '../../audit/chain/memoryBucket.fixture.ts';
import { openFolder } from '../../audit/node/openFolder.ts';
import { InProcessExecutor } from '../../audit/pool/inProcessExecutor.ts';
import type { Bucket } from '../../audit/source/bucket.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { Attack } from './attack.ts';
import { outcomeOfAudit, outcomeOfReport, type Outcome } from './outcome.ts';

/** What the auditor finds, in this process and on the trust as a trust file would give it. */
export async function runAttack(attack: Attack): Promise<Outcome> {
  const evidence = await attack.make();
  switch (evidence.kind) {
    case 'request':
      return evidence.ask();
    case 'chain':
      return audit(evidence.pin, memoryBuckets(evidence.storage));
    case 'file': {
      const content = readContent(evidence.name, utf8(evidence.text));
      const trust = parseTrust(serializeTrust(evidence.trust));
      return outcomeOfReport(await judge(content, { trust, now: 0, companions: [] }, kinds));
    }
    case 'served': {
      const folder = await mkdtemp(join(tmpdir(), 'affidavit-attack-'));
      const { buckets, close } = await evidence.open(folder);
      try {
        return await audit(evidence.pin, openBuckets(buckets, { openFolder: (url) => openFolder(url, folder) }));
      } finally {
        await close();
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

async function audit(pin: ChainPin, buckets: readonly Bucket[]): Promise<Outcome> {
  const [parsed] = parseTrust(serializeTrust({ chains: [pin] })).chains ?? [];
  const auditor = createChainAuditor({ pin: parsed as ChainPin, buckets, executor: new InProcessExecutor() });
  return outcomeOfAudit(await auditor.run());
}
