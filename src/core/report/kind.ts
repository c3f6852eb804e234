import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { reportMessages } from './messages.en.ts';

/** What auditors say of an audit. *Verified* means that an auditor who is pinned says that it holds: a statement, never evidence. */
export const reportKind: Kind = {
  name: 'report',
  title: 'Report of an audit',
  recognise: (content) => /^reports?\//.test(affidavitType(content) ?? ''),
  messages: reportMessages,
  load: async () => (await import('./checker.ts')).reportChecker,
};
