import { chainMessages } from '../chain/messages.en.ts';
import { evmContractMessages } from '../evm/contractMessages.en.ts';
import { evmMessages } from '../evm/messages.en.ts';
import { hostMessages } from '../host/messages.en.ts';
import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { networkMessages } from '../network/messages.en.ts';
import { attestationMessages } from '../task/attestationMessages.en.ts';
import { taskMessages } from '../task/messages.en.ts';
import { traceMessages } from '../trace/messages.en.ts';
import { certificateMessages } from './messages.en.ts';

/** Certificates of all five systems, of every version: an unknown version is recognised and refused in words. */
export const certificateKind: Kind = {
  name: 'certificate',
  title: 'Affidavit certificate',
  recognise: (content) =>
    content.wrapped !== undefined || (affidavitType(content)?.startsWith('certificate/') ?? false),
  messages: {
    ...attestationMessages,
    ...evmMessages,
    ...evmContractMessages,
    ...taskMessages,
    ...traceMessages,
    ...chainMessages,
    ...hostMessages,
    ...networkMessages,
    ...certificateMessages,
  },
  load: async () => (await import('./checker.ts')).certificateChecker,
};
