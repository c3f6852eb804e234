import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { chainMessages as chainGerman } from '../../../core/chain/messages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { chainSystem } from '../../../core/chain/certificate/chainSystem.ts';
import { chainMessages } from '../../../core/chain/messages.en.ts';
import { chainSays } from '../says/chain.ts';
import { start } from '../start.ts';

start({
  name: 'chain',
  judge: chainSystem,
  messages: { ...chainMessages, ...certificateMessages },
  german: { ...chainGerman, ...certificateGerman },
  ...chainSays,
  anchors: ({ anchors, claim }) => ({ chains: [{ ...anchors, name: `chain ${String(claim.genesis).slice(0, 8)}` }] }),
});
