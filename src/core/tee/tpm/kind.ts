import type { Kind } from '../../kinds/kind.ts';
import { opensLikeAttestation, opensLikeAzure, opensLikeQuote } from './evidence.ts';
import { isHclReport } from './hclReport.ts';
import { tpmMessages } from './messages.en.ts';

/** A quote of a TPM 2.0, alone or with what vouches for its key. */
export const tpmKind: Kind = {
  name: 'tpm',
  title: 'TPM 2.0 quote',
  recognise: ({ bytes, text }) =>
    opensLikeQuote(bytes) || isHclReport(bytes) || opensLikeAttestation(bytes) || opensLikeAzure(text),
  messages: tpmMessages,
  load: async () => (await import('./check.ts')).tpmChecker,
};
