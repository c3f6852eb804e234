import type { Kind } from '../../kinds/kind.ts';
import { blockyMessages } from './messages.en.ts';

const mark = '"enclave_attested_application_public_key"';

/** What `bky-as attest-fn-call` of the Blocky Attestation Service prints: an enclave's key, attested by Nitro, and a function call signed by it. */
export const blockyKind: Kind = {
  name: 'blocky',
  title: 'Blocky attested function call',
  recognise: ({ text }) => text !== undefined && /^\s*\{/.test(text) && text.slice(0, 65_536).includes(mark),
  messages: blockyMessages,
  load: async () => (await import('./check.ts')).blockyChecker,
};
