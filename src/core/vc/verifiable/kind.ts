import type { Kind } from '../../kinds/kind.ts';
import { verifiableMessages } from './messages.en.ts';
import { certificateKind, isVerifiableCredential } from '../recognise.ts';

/** A credential of the W3C, signed by Data Integrity suites: one proof, a set, or a chain. */
export const verifiableKind: Kind = {
  name: 'vc',
  title: 'verifiable credential',
  recognise: (content) => certificateKind(content) === undefined && isVerifiableCredential(content),
  messages: verifiableMessages,
  load: async () => (await import('./checker.ts')).verifiableChecker,
};
