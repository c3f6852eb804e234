import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { attestationMessages } from '../../core/task/attestationMessages.en.ts';
import { orderMessages } from '../../core/task/ethernity/messages.en.ts';
import { taskMessages } from '../../core/task/messages.en.ts';
import type { Messages } from '../../core/verdict/messages.ts';
import { told } from '../words/told.ts';

/** Words of every check that these pages show: of the ledger, of the task, of orders of Ethernity, and of the attestation document bound to it. */
export const allMessages: Messages = {
  ...told('attestation', attestationMessages),
  ...told('evmContract', evmContractMessages),
  ...told('task', taskMessages),
  ...told('order', orderMessages),
};
