import type { Kind } from '../../kinds/kind.ts';
import { certificateMessages } from '../messages.en.ts';
import { certificateKind } from '../recognise.ts';

/** A certificate of data that bloxberg issued, as JSON or attached to its PDF. */
export const bloxbergKind: Kind = {
  name: 'bloxberg',
  title: 'bloxberg certificate',
  recognise: (content) => certificateKind(content) === 'bloxberg',
  messages: certificateMessages,
  load: async () => (await import('./checker.ts')).bloxbergChecker,
};
