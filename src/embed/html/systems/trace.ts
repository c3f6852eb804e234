import { traceMessages as traceGerman } from '../../../core/trace/messages.de.ts';
import { evmMessages as ledgerGerman } from '../../../core/evm/messages.de.ts';
import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { attestationMessages as attestationGerman } from '../../../core/task/attestationMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { attestationMessages } from '../../../core/task/attestationMessages.en.ts';
import { traceSystem } from '../../../core/trace/certificate/traceSystem.ts';
import { traceMessages } from '../../../core/trace/messages.en.ts';
import { traceSays } from '../says/trace.ts';
import { start } from '../start.ts';

start({
  name: 'trace',
  judge: traceSystem,
  messages: {
    ...attestationMessages,
    ...evmMessages,
    ...evmContractMessages,
    ...traceMessages,
    ...certificateMessages,
  },
  german: { ...attestationGerman, ...ledgerGerman, ...evmGerman, ...traceGerman, ...certificateGerman },
  ...traceSays,
  anchors: ({ anchors }) => anchors,
});
