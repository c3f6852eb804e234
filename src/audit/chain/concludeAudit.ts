import { labelsOf } from '../../core/chain/chainContext.ts';
import type { HoldEvidence } from '../../core/chain/hold/holdEvidence.ts';
import { judgeChain, judgeNotPinned } from '../../core/chain/judgeChain.ts';
import type { OmcResult, OmcState } from '../../core/chain/omc.ts';
import { successionFacts } from '../../core/chain/successor/successionFacts.ts';
import type { BucketFindings, ChainAudit, Equivocation, Junk } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { combine, verdictOf } from '../../core/verdict/status.ts';

/** What only reading the buckets told. */
export interface AuditStorage {
  readonly buckets: readonly BucketFindings[];
  readonly unreadable: readonly string[];
  readonly unsequenced: number;
  readonly junk: readonly Junk[];
  readonly equivocation: readonly Equivocation[];
  readonly holds?: HoldEvidence;
}

/** The audit's result as of now (CHAIN.md G): the main chain, the checks over it, and what was found beside it. */
export async function concludeAudit(
  pin: ChainPin,
  state: OmcState,
  result: OmcResult,
  storage: AuditStorage,
): Promise<ChainAudit> {
  const checks = judgeChain({ pin, state, result }, storage);
  const junk = [...result.junk, ...storage.junk];
  return {
    kind: 'chain',
    chain: pin.name,
    genesis: pin.genesis ?? null,
    verdict: verdictOf(combine(checks.map((check) => check.status))),
    timeSource: 'signed',
    labels: (await labelsOf(pin)).sort(),
    stop: result.stop,
    tip: result.main.at(-1) ?? null,
    counts: {
      blocks: result.main.length,
      attestations: result.attestations,
      forks: result.forks.length,
      orphans: result.orphans.length,
      unsequenced: storage.unsequenced,
      junk: junk.length,
      signatures: result.signatures,
    },
    forks: result.forks,
    orphans: result.orphans,
    equivocation: storage.equivocation,
    junk,
    storage: storage.buckets,
    missingTrees: result.main.filter((block) => block.leaves === null).map((block) => block.k),
    checks,
    ...successionFacts(state, result),
    mainChain: result.main,
  };
}

/** A chain whose identity is not pinned is not read at all (CHAIN.md 11). */
export function concludeNotPinned(pin: ChainPin, part: string): ChainAudit {
  return {
    kind: 'chain',
    chain: pin.name,
    genesis: pin.genesis ?? null,
    verdict: 'undetermined',
    timeSource: 'signed',
    labels: [],
    stop: { reason: 'not pinned', part },
    tip: null,
    counts: { blocks: 0, attestations: 0, forks: 0, orphans: 0, unsequenced: 0, junk: 0, signatures: 0 },
    forks: [],
    orphans: [],
    equivocation: [],
    junk: [],
    storage: [],
    missingTrees: [],
    checks: judgeNotPinned(part),
    highest: null,
    predecessor: null,
    mainChain: [],
  };
}
