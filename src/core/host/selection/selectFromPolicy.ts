import { utf8 } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { sameDid } from '../../did/didChange.ts';
import type { HostPin } from '../../trust/trust.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import type { KnownValidator } from './parseValidators.ts';
import { selectValidators, type Candidate, type Selection, type SelectionAsked } from './selectValidators.ts';

export interface PolicySelection {
  /** With the chosen alone. */
  readonly policy: HostPin;
  readonly selection: Selection;
  /** SHA3-256 of the canonical JSON of the candidates, by DID: whoever has the same ones can do it again. */
  readonly candidates: string;
}

/**
 * Chooses among the validators that the person's own trust file lists for a host: who operates them, and where, is what stands there; a list from elsewhere adds nothing but their reputation.
 * @throws AuditorError `usage` SELECTION where so many cannot be chosen, or fewer would be than are demanded
 */
export function selectFromPolicy(
  policy: HostPin,
  known: readonly KnownValidator[],
  asked: SelectionAsked,
): PolicySelection {
  if (asked.count < policy.threshold) {
    const words = `Your trust file demands ${policy.threshold} validators for ${policy.name}: ${asked.count} are too few.`;
    throw new AuditorError('usage', 'SELECTION', words);
  }
  const reputations = new Map(known.map(({ did, reputation }) => [sameDid(did), reputation]));
  const candidates = policy.validators
    .map(({ did, operator = '', region = '' }): Candidate => {
      // One whose operator is not known shares it with nobody.
      const own = operator === '' ? sameDid(did) : operator;
      return { did: sameDid(did), operator: own, region, reputation: reputations.get(sameDid(did)) ?? 0 };
    })
    .toSorted((a, b) => (a.did < b.did ? -1 : 1));
  const selection = selectValidators(candidates, asked);
  const chosen = new Set(selection.chosen.map(({ did }) => did));
  return {
    policy: { ...policy, validators: policy.validators.filter(({ did }) => chosen.has(sameDid(did))) },
    selection,
    candidates: sha3Hex(utf8(canonicalJson(candidates.map((each) => ({ ...each }))))),
  };
}
