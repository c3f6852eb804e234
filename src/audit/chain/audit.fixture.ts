import { ChainWorld, type Storage } from '../../core/chain/chain.fixture.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { walk, type Check } from '../../core/verdict/check.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { createChainAuditor, type ChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';

/** One world for all tests of a file: making its keys takes longer than most chains. */
export const world: ChainWorld = await ChainWorld.make();

export const auditorOf = (pin: ChainPin, storage: Storage): ChainAuditor =>
  createChainAuditor({ pin, buckets: memoryBuckets(storage), executor: new InProcessExecutor() });

export const auditOf = (pin: ChainPin, storage: Storage): Promise<ChainAudit> => auditorOf(pin, storage).run();

export const numbers = (blocks: readonly { k: number }[]): number[] => blocks.map(({ k }) => k);

export const status = (audit: { readonly checks: readonly Check[] }, code: string): string | undefined =>
  [...walk(audit.checks)].find((check) => check.code === code)?.status;

/** Codes of all checks that do not pass, parents and informing buckets left out. */
export const open = (audit: ChainAudit): string[] =>
  [...walk(audit.checks)]
    .filter((check) => check.status !== 'pass' && (!check.children || check.code === 'CHAIN_STORAGE'))
    .map((check) => check.code)
    .filter((code) => code !== 'CHAIN_BUCKET');

export function withoutMember<T extends object>(value: T, member: keyof T): T {
  const copy = { ...value };
  delete copy[member];
  return copy;
}
