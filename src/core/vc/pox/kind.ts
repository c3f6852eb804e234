import type { Kind } from '../../kinds/kind.ts';
import { certificateMessages } from '../messages.en.ts';
import { certificateKind } from '../recognise.ts';

/** A certificate of an execution: bloxberg's, with an order of a Proof-of-eXecution contract in its metadata. */
export const poxKind: Kind = {
  name: 'pox',
  title: 'Proof-of-eXecution certificate',
  recognise: (content) => certificateKind(content) === 'pox',
  messages: certificateMessages,
  load: async () => (await import('./checker.ts')).poxChecker,
};
