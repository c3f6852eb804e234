import type { Measurement } from '../trust/trust.ts';
import { meets } from './judgeChain.ts';
import type { AttestedSequence } from './types.ts';

/** Of several valid documents for one ⟨y, k⟩ the one that the checks take: by a pinned image if there is one, the latest of those (CHAIN.md 6). */
export function bestDocument(
  sequences: readonly AttestedSequence[],
  pins: readonly Measurement[],
): AttestedSequence | undefined {
  const meeting = sequences.filter((sequence) => meets(sequence, pins));
  const candidates = meeting.length > 0 ? meeting : sequences;
  return [...candidates].sort((a, b) => b.documentTime - a.documentTime || (a.object < b.object ? -1 : 1))[0];
}
