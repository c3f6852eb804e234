import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { memoryBuckets } from '../../audit/chain/memoryBucket.fixture.ts';
import { withSuccession } from '../../audit/chain/succession.ts';
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
import type { ChainAudit } from '../../core/chain/types.ts';
import type { Attack, ChainEvidence, OtherChain } from './attack.ts';
import { outcomeOfAudit, outcomeOfReport, type Outcome } from './outcome.ts';

/** What the auditor finds, in this process and on the trust as a trust file would give it. */
export async function runAttack(attack: Attack): Promise<Outcome> {
  const evidence = await attack.make();
  switch (evidence.kind) {
    case 'request':
      return evidence.ask();
    case 'chain':
      return auditTogether(evidence);
    case 'file': {
      const content = readContent(evidence.name, utf8(evidence.text));
      const trust = parseTrust(serializeTrust(evidence.trust));
      return outcomeOfReport(await judge(content, { trust, now: 0, companions: [] }, kinds));
    }
    case 'served': {
      const folder = await mkdtemp(join(tmpdir(), 'affidavit-attack-'));
      const { buckets, close } = await evidence.open(folder);
      try {
        const opened = openBuckets(buckets, { openFolder: (url) => openFolder(url, folder) });
        return outcomeOfAudit(await audit(evidence.pin, opened));
      } finally {
        await close();
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

/** The chain beside the others of its trust file, compared as the command line compares them. */
async function auditTogether({ pin, storage, others = [] }: ChainEvidence): Promise<Outcome> {
  const all = [{ pin, storage }, ...others.map((other, index) => ({ ...other, pin: named(other, index) }))];
  const audits: ChainAudit[] = [];
  for (const each of all) if (each.storage) audits.push(await audit(each.pin, memoryBuckets(each.storage)));
  const pins = all.map((each) => each.pin);
  return outcomeOfAudit(withSuccession(audits, pins)[0] as ChainAudit);
}

/** Names are unique in a trust file. */
export const named = ({ pin }: OtherChain, index: number, name = 'row'): ChainPin => ({
  ...pin,
  name: `${name}: beside it, ${index + 1}`,
});

async function audit(pin: ChainPin, buckets: readonly Bucket[]): Promise<ChainAudit> {
  const [parsed] = parseTrust(serializeTrust({ chains: [pin] })).chains ?? [];
  return createChainAuditor({ pin: parsed as ChainPin, buckets, executor: new InProcessExecutor() }).run();
}
