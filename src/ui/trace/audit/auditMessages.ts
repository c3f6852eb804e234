import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { traceMessages } from '../../../core/trace/messages.en.ts';
import type { Messages } from '../../../core/verdict/messages.ts';
import { told } from '../../words/told.ts';

/** Words of every check that a trace and its anchor have: of the trace and of the ledger. */
export const auditMessages: Messages = {
  ...told('evmContract', evmContractMessages),
  ...told('trace', traceMessages),
};
