import type { Kind } from '../kinds/kind.ts';
import { traceMessages } from './messages.en.ts';
import { looksLikeTrace } from './traceFile.ts';

/** Whole traces, for whoever may see everything. */
export const traceKind: Kind = {
  name: 'trace',
  title: 'execution trace',
  recognise: (content) => looksLikeTrace(content.bytes),
  messages: traceMessages,
  load: async () => (await import('./checkTrace.ts')).traceChecker,
};
