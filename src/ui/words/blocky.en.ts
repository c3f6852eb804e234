import { words } from './words.ts';

/** Words of the view of outputs of the Blocky Attestation Service. */
export const blocky = words('blocky', {
  headline: {
    verified: 'This call of “{function}” was signed by a key that the enclave image attests which you pinned.',
    rejected: 'This says that it is an attested call of a function.',
    undetermined: 'This is a call of “{function}”, signed by a key that an enclave attests.',
    unread: 'This says that it is an attested call of a function.',
  },
  call: 'The signed call',
  calls: 'Signed call {number}',
  callHint: 'What is signed, and not what stands beside it. When the function was called is not attested.',
  function: 'Function',
  code: 'Program, SHA3-512',
  input: 'Input, SHA3-512',
  secrets: 'Secrets, SHA3-512',
  empty: 'none (the hash of nothing)',
  output: 'Output',
  unreadCall: 'The call could not be read.',
  key: 'Who signed it',
  platform: 'Platform',
  publicKey: 'Public key (secp256k1)',
  noKey: 'none is attested',
  documents: 'Attested by',
  document: '{module}, at ',
  noDocuments: 'nothing',
  notTee: 'This is not a trusted execution environment. Anyone with any machine could have made this.',
} as const);
