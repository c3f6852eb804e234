import { nitroRootsOf } from '../../core/chain/chainContext.ts';
import { asksForHolds, judgeHolds } from '../../core/chain/hold/judgeHolds.ts';
import { verifyHold, type VerifiedHold } from '../../core/chain/hold/verifyHold.ts';
import { createNitroVerifier } from '../../core/tee/nitro/nitroVerifier.ts';
import { combine, verdictOf } from '../../core/verdict/status.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { Note } from '../../core/verdict/check.ts';

/** A file that may be a hold attestation. */
export interface HoldFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An audit judged again with hold attestations that came beside it (CHAIN.md 34); as it was where the chain's pin asks for none. */
export async function withHolds(audit: ChainAudit, pin: ChainPin, files: readonly HoldFile[]): Promise<ChainAudit> {
  if (!asksForHolds(pin) || !audit.checks.some(({ code }) => code === 'CHAIN_HOLD')) return audit;
  const nitro = createNitroVerifier(nitroRootsOf(pin));
  const holds: VerifiedHold[] = [];
  const refused: Note[] = [];
  for (const { name, bytes } of files) {
    const verified = await verifyHold(nitro, pin, bytes);
    if (verified.ok) holds.push(verified.hold);
    else refused.push({ code: 'CHAIN_HOLD_REFUSED', params: { name, reason: verified.reason } });
  }
  const blocks = [...audit.mainChain, ...audit.forks.flatMap((fork) => fork.blocks), ...audit.orphans];
  const check = judgeHolds(pin, blocks, holds, refused);
  const checks = audit.checks.map((each) => (each.code === 'CHAIN_HOLD' ? check : each));
  return { ...audit, checks, verdict: verdictOf(combine(checks.map(({ status }) => status))) };
}
