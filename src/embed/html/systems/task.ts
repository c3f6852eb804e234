import { taskMessages as taskGerman } from '../../../core/task/messages.de.ts';
import { evmMessages as ledgerGerman } from '../../../core/evm/messages.de.ts';
import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { attestationMessages as attestationGerman } from '../../../core/task/attestationMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { attestationMessages } from '../../../core/task/attestationMessages.en.ts';
import { taskSystem } from '../../../core/task/certificate/taskSystem.ts';
import { taskMessages } from '../../../core/task/messages.en.ts';
import { taskSays } from '../says/task.ts';
import { start } from '../start.ts';

start({
  name: 'task',
  judge: taskSystem,
  messages: { ...attestationMessages, ...evmMessages, ...evmContractMessages, ...taskMessages, ...certificateMessages },
  german: { ...attestationGerman, ...ledgerGerman, ...evmGerman, ...taskGerman, ...certificateGerman },
  ...taskSays,
  anchors: ({ anchors }) => anchors,
});
