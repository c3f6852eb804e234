import { networkMessages as networkGerman } from '../../../core/network/messages.de.ts';
import { evmMessages as ledgerGerman } from '../../../core/evm/messages.de.ts';
import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { networkSystem } from '../../../core/network/certificate/networkSystem.ts';
import { networkMessages } from '../../../core/network/messages.en.ts';
import { networkSays } from '../says/network.ts';
import { start } from '../start.ts';

start({
  name: 'network',
  judge: networkSystem,
  messages: { ...evmMessages, ...evmContractMessages, ...networkMessages, ...certificateMessages },
  german: { ...ledgerGerman, ...evmGerman, ...networkGerman, ...certificateGerman },
  ...networkSays,
  anchors: ({ anchors }) => anchors,
});
