import type { Kind } from '../../kinds/kind.ts';
import { eifMessages } from './messages.en.ts';

const magic = [0x2e, 0x65, 0x69, 0x66];

/** An enclave image file of AWS Nitro Enclaves: what an enclave is started from, and what its registers 0, 1, 2 and 8 measure. */
export const eifKind: Kind = {
  name: 'eif',
  title: 'AWS Nitro enclave image',
  recognise: ({ fileBytes, text }) =>
    magic.every((byte, index) => fileBytes[index] === byte) && (text === undefined || text.includes('\0')),
  streams: true,
  messages: eifMessages,
  load: async () => (await import('./check.ts')).eifChecker,
};
