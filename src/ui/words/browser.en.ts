import { words } from './words.ts';

/** Words for what a browser lacks. */
export const browser = words('browser', {
  title: 'This browser lacks something that Affidavit needs.',
  next: 'What needs it will not work or stay undetermined; nothing is taken for verified because of it. Use a current Firefox, Chrome, Edge or Safari, or the command line.',
  features: {
    secure: 'Cryptography (WebCrypto): browsers give it to pages over https or from this machine alone.',
    workers: 'Workers, in which everything is judged.',
    storage: 'A store of its own (IndexedDB), where audits, accepted states and keys are kept.',
    ed25519: 'Ed25519 signatures, with which sequencers of chains and many hosts sign.',
    wasm: 'WebAssembly, in which programs are executed again and some proofs are verified.',
    streams: 'Decompression of streams, for evidence that comes compressed.',
    language: 'Parts of today’s JavaScript.',
  },
} as const);
