import type { EvmPin } from '../../trust/trust.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { maximumHeaders } from './ledgerProof.ts';

/**
 * Numbers of the headers that a certificate under this entry has to hold. With a pinned block, or where a block carries one seal only: all from there (or from the first event) to
 * the last one needed. Where a range of blocks is pinned to validators who seal each by a quorum: those alone that hold something.
 * @param events numbers of blocks with events @param state the block whose state is shown @param head the newest block, for seals on top
 * @throws AuditorError (usage) CERTIFICATE_LENGTH where they would be too many
 */
export function headersNeeded(pin: EvmPin, events: readonly number[], state: number, head: number): number[] {
  const hasQuorum = ['qbft', 'ibft2', 'ibft1'].includes(pin.consensus);
  const needed = [...new Set([...events, state])].sort((a, b) => a - b);
  if (!pin.checkpoint && hasQuorum) return needed;
  const pinned = pin.checkpoint ? [pin.checkpoint.number] : [];
  const end = hasQuorum || pin.consensus === 'ethereum' ? [] : [head];
  const first = Math.min(...needed, ...pinned);
  const last = Math.max(...needed, ...pinned, ...end);
  const count = last - first + 1;
  if (count > maximumHeaders) {
    throw new AuditorError(
      'usage',
      'CERTIFICATE_LENGTH',
      `The certificate would hold ${count} headers; at most ${maximumHeaders} are allowed. Pin a nearer block, or validators for a range of blocks.`,
    );
  }
  return Array.from({ length: count }, (_, index) => first + index);
}
