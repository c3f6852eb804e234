import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { traceMessages } from './messages.en.ts';

/** Events of a trace, given away one by one. */
export const traceProofKind: Kind = {
  name: 'trace-proof',
  title: 'proof about an execution trace',
  recognise: (content) => affidavitType(content)?.startsWith('trace-proof/') ?? false,
  messages: traceMessages,
  load: async () => (await import('./checkProof.ts')).proofChecker,
};
