import type { Kind } from '../../kinds/kind.ts';
import { certificateMessages } from '../messages.en.ts';
import { certificateKind } from '../recognise.ts';

/** A Blockcerts certificate: an Open Badge (version 2) or a Verifiable Credential (version 3) whose hash is recorded on a ledger. */
export const blockcertsKind: Kind = {
  name: 'blockcerts',
  title: 'Blockcerts certificate',
  recognise: (content) => certificateKind(content) === 'blockcerts',
  messages: certificateMessages,
  load: async () => (await import('./checker.ts')).blockcertsChecker,
};
