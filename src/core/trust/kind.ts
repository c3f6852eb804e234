import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { trustMessages } from './messages.en.ts';

/** A trust file as evidence: well formed or not. Judging it pins nothing; a person does that, after reading what it would pin. */
export const trustKind: Kind = {
  name: 'trust',
  title: 'trust file',
  recognise: (content) => affidavitType(content)?.startsWith('trust/') ?? false,
  messages: trustMessages,
  load: async () => (await import('./checkTrust.ts')).trustChecker,
};
