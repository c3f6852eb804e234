import type { ChainAuditor } from '../../../audit/chain/chainAuditor.ts';
import { walk } from '../../../core/verdict/check.ts';

export interface AuditRun {
  readonly seconds: number;
  readonly blocks: number;
  readonly signatures: number;
}

/** Runs an audit and times it. @throws Error where it does not verify the whole chain: a figure of anything else would be worth nothing. */
export async function auditOf(auditor: ChainAuditor, count: number): Promise<AuditRun> {
  const start = performance.now();
  const { verdict, counts, stop, checks } = await auditor.run();
  const seconds = (performance.now() - start) / 1000;
  if (verdict !== 'verified' || counts.blocks !== count) {
    const open = [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code }) => code);
    throw new Error(
      `The audit of the bench is ${verdict} with ${counts.blocks} of ${count} blocks (${stop.reason}): ${open.join(', ')}.`,
    );
  }
  return { seconds, blocks: counts.blocks, signatures: counts.signatures };
}
