import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { equivocationMessages } from './equivocation/messages.en.ts';

/** Two attestations of one sequencer that contradict each other (CHAIN.md 32). *Verified* means that the two do contradict. */
export const equivocationKind: Kind = {
  name: 'equivocation',
  title: 'Proof that a sequencer contradicts itself',
  recognise: (content) => affidavitType(content)?.startsWith('equivocation/') ?? false,
  messages: equivocationMessages,
  load: async () => (await import('./equivocation/checker.ts')).equivocationChecker,
};
