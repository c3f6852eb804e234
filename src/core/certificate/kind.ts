import { chainMessages } from '../chain/messages.en.ts';
import { affidavitType } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { certificateMessages } from './messages.en.ts';

/** Certificates of all five systems, of every version: an unknown version is recognised and refused in words. */
export const certificateKind: Kind = {
  name: 'certificate',
  title: 'Affidavit certificate',
  recognise: (content) => affidavitType(content)?.startsWith('certificate/') ?? false,
  messages: { ...certificateMessages, ...chainMessages },
  load: async () => (await import('./checker.ts')).certificateChecker,
};
