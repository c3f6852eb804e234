import { fill } from '../../../core/verdict/messages.ts';
import { fact, timeFact } from '../facts.ts';
import { momentOf } from '../format.ts';
import { words } from '../language.ts';
import type { SystemSays } from '../systemPage.ts';

/** What a certificate of this system says, in a sentence and in lines. */
export const chainSays: SystemSays = {
  headline: ({ claim }, report) => {
    const { chain } = words().headlines;
    const details = (report?.details ?? {}) as { readonly chain?: unknown };
    const params = { after: momentOf(claim.after), before: momentOf(claim.before), chain: String(details.chain ?? '') };
    return fill(report?.verdict === 'verified' ? chain.verified : chain.says, params);
  },
  facts: ({ claim }) => [
    ...timeFact('after', claim.after),
    ...timeFact('before', claim.before),
    ...fact('hash', claim.hash),
    ...fact('genesis', claim.genesis),
    ...fact('sequencerKey', claim.sequencerKey),
    ...fact('height', claim.height),
    ...fact('leaf', claim.leaf),
  ],
};
