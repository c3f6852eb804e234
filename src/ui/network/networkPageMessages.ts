import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { networkMessages } from '../../core/network/messages.en.ts';
import { attestationMessages } from '../../core/task/attestationMessages.en.ts';
import type { Messages } from '../../core/verdict/messages.ts';
import { told } from '../words/told.ts';

/** Words of every check of a network's page: of the ledger, of the network, of documents of its nodes. */
export const networkPageMessages: Messages = {
  ...told('attestation', attestationMessages),
  ...told('evmContract', evmContractMessages),
  ...told('network', networkMessages),
};
