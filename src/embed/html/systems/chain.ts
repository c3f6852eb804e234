import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { chainMessages as chainGerman } from '../../../core/chain/messages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { chainSystem } from '../../../core/chain/certificate/chainSystem.ts';
import { chainMessages } from '../../../core/chain/messages.en.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { fact, timeFact } from '../facts.ts';
import { momentOf } from '../format.ts';
import { words } from '../language.ts';
import { start } from '../start.ts';

start({
  name: 'chain',
  judge: chainSystem,
  messages: { ...chainMessages, ...certificateMessages },
  german: { ...chainGerman, ...certificateGerman },
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
  anchors: ({ anchors, claim }) => ({ chains: [{ ...anchors, name: `chain ${String(claim.genesis).slice(0, 8)}` }] }),
});
