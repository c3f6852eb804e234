import type { Verdict } from '../../core/verdict/status.ts';
import { words } from './words.ts';

/** Words that every screen uses. `{name}` is filled by `fill`. */
export const common = words('common', {
  product: 'Affidavit',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Not copied: select it and copy by hand',
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  download: 'Download',
  yourClock: '{moment} on your clock',
  none: 'none',
  quoted: '“{text}”',
  skip: 'Skip to the content',
  navigation: {
    label: 'Main',
    overview: 'Overview',
    check: 'Check',
    trace: 'Run',
    anchors: 'Anchors',
    about: 'About',
  },
  footer: {
    promise: 'What you see was verified inside this browser, against what you pinned.',
    version: 'Version {version}',
  },
  keys: {
    title: 'Keys',
    search: 'Go to the search box',
    help: 'Show this list',
    escape: 'Cancel a drag, close a window',
    tree: 'Move between checks, open and close them',
    rows: 'Move between blocks',
    troubles: 'Go to the next, the previous problem of a chain',
    open: 'Show the keys',
  },
  insecure:
    'This address is not a secure context, so the browser withholds the cryptography that verification needs. Open the page over https, or on this machine as http://localhost.',
} as const);

/** The verdict as the end of a sentence about `it`. */
export const verdictSentences: Record<Verdict, string> = words('verdictSentences', {
  verified: 'It holds.',
  rejected: 'It does not hold.',
  undetermined: 'Cannot tell whether it holds.',
});

/** What a label means (DESIGN §3.5); shown wherever the label is. */
export const labelWords: Readonly<Record<string, { readonly title: string; readonly meaning: string }>> = words(
  'labelWords',
  {
    simulated: {
      title: 'Simulated',
      meaning:
        'The enclave is a simulator: no hardware vouches for it. Good for trying things out, worth nothing as evidence.',
    },
    development: {
      title: 'Development key',
      meaning: 'A key that is published for development signed this, so anybody could have. Worth nothing as evidence.',
    },
    'development consensus': {
      title: 'Development consensus',
      meaning:
        'One machine runs all validators of this ledger, so their seals agree with one another and prove nothing to others.',
    },
    debug: {
      title: 'Debug enclave',
      meaning: 'The enclave ran in debug mode: its operator could look inside and change it.',
    },
    'own root': {
      title: 'Own root',
      meaning: 'Judged under a root that this chain’s pin names, not under the built-in public root.',
    },
    'certifies no content': {
      title: 'Certifies no content',
      meaning: 'The certificate is about the digest of nothing, or about no digest: it says nothing about any file.',
    },
    'recorded nowhere': {
      title: 'Recorded nowhere',
      meaning: 'Issued for a test and put on no ledger: anyone could have made it.',
    },
    'test network': {
      title: 'Test network',
      meaning: 'Recorded on a network for tests, which anyone may run, reset or shut down.',
    },
    'from checkpoint': {
      title: 'From a checkpoint',
      meaning: 'The audit began at a pinned checkpoint: nothing before it was judged.',
    },
    'earlier trees unread': {
      title: 'Earlier trees unread',
      meaning: 'Some earlier blocks’ contents were not read, so the same thing may also have been recorded before.',
    },
  },
);
