import { attestationMessages as attestationGerman } from '../../../core/task/attestationMessages.de.ts';
import { hostMessages as hostGerman } from '../../../core/host/messages.de.ts';
import { evmMessages as ledgerGerman } from '../../../core/evm/messages.de.ts';
import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { hostSystem } from '../../../core/host/certificate/hostSystem.ts';
import { hostMessages } from '../../../core/host/messages.en.ts';
import { attestationMessages } from '../../../core/task/attestationMessages.en.ts';
import { hostSays } from '../says/host.ts';
import { start } from '../start.ts';

start({
  name: 'host',
  judge: hostSystem,
  messages: { ...attestationMessages, ...evmMessages, ...evmContractMessages, ...hostMessages, ...certificateMessages },
  german: { ...attestationGerman, ...ledgerGerman, ...evmGerman, ...hostGerman, ...certificateGerman },
  ...hostSays,
  anchors: ({ anchors }) => anchors,
});
