import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { evmMessages } from './messages.en.ts';

/** Headers of a ledger with what is proven against them. */
export const evmBlockKind: Kind = {
  name: 'evm-block',
  title: 'blocks of a ledger',
  recognise: (content) => affidavitType(content)?.startsWith('evm-block/') === true,
  messages: evmMessages,
  load: async () => (await import('./check.ts')).evmBlockChecker,
};
