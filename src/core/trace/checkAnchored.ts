import { toHex0x } from '../evm/hex.ts';
import type { Context } from '../kinds/kind.ts';
import { unknown, type Check, type Plan } from '../verdict/check.ts';
import type { AnchorFound } from './helpers.ts';
import { traceStructHash, type TraceDomain, type TraceMetadata } from './metadata.ts';

/** Whether a signature is meant for a contract at all; without one there is nothing to look for on a ledger. */
export function isAnchorable({ chainId, verifyingContract }: TraceDomain): boolean {
  return chainId !== 0 || /[1-9a-f]/.test(verifyingContract.slice(2));
}

export function anchoredPlan(domain: TraceDomain): readonly Plan[] {
  return isAnchorable(domain) ? [{ code: 'TRACE_ANCHOR' }] : [];
}

/** What the ledger says, where the caller can ask it; else that nobody did. */
export async function checkAnchored(
  metadata: TraceMetadata,
  domain: TraceDomain,
  { trace }: Pick<Context, 'trace'>,
): Promise<{
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly found: AnchorFound | undefined;
}> {
  if (!isAnchorable(domain)) return { checks: [], labels: [], found: undefined };
  const found = await trace?.anchor?.(metadata, domain);
  if (found) return { checks: [found.check], labels: found.labels, found };
  const id = toHex0x(traceStructHash(metadata));
  const params = { id, chainId: domain.chainId, contract: domain.verifyingContract };
  const check = unknown('TRACE_ANCHOR', { params, spec: 'src/contracts/README (TraceAnchor)' });
  return { checks: [check], labels: [], found: undefined };
}
