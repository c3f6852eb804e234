import type { Note } from '../../verdict/check.ts';
import type { HoldVerification, VerifiedHold } from './verifyHold.ts';

/** Hold attestations as they go into the judgement: what counts, and remarks on what does not. */
export interface HoldEvidence {
  readonly holds: readonly VerifiedHold[];
  readonly refused: readonly Note[];
}

export const noHolds: HoldEvidence = { holds: [], refused: [] };

export function judgeableHolds(
  found: readonly { readonly name: string; readonly verification: HoldVerification | undefined }[],
): HoldEvidence {
  const holds: VerifiedHold[] = [];
  const refused: Note[] = [];
  for (const { name, verification } of found) {
    if (verification?.ok) holds.push(verification.hold);
    else refused.push({ code: 'CHAIN_HOLD_REFUSED', params: { name, reason: verification?.reason ?? '' } });
  }
  return { holds, refused };
}
