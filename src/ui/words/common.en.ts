import { labelWords as english } from '../../core/verdict/labelWords.en.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { words } from './words.ts';

/** Words that every screen uses. `{name}` is filled by `fill`. */
export const common = words('common', {
  product: 'Affidavit',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Not copied: select it and copy by hand',
  rows: {
    shown: 'Of {count} rows the first {shown} are drawn: your browser’s own search finds these alone.',
    all: 'Show all {count}',
    copy: 'Copy all {count} rows',
  },
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  yourClock: '{moment} on your clock',
  quoted: '“{text}”',
  skip: 'Skip to the content',
  navigation: {
    label: 'Main',
    menu: 'Menu',
    overview: 'Overview',
    check: 'Check',
    trace: 'Run',
    hosts: 'Hosts',
    networks: 'Networks',
    reports: 'Reports',
    anchors: 'Anchors',
    about: 'About',
    help: 'Help',
  },
  page: {
    /** In the browser's tab: of a part of the app, and of the check page. */
    part: '{part} · Affidavit',
    check: 'Check a file · Affidavit',
    description:
      'Audit evidence of execution: what ran, on what, when, and whether the record has stayed the same since.',
    checkDescription:
      'Check a certificate or any evidence of execution inside your browser. Nothing you drop leaves your machine.',
  },
  footer: {
    promise: 'What you see was verified inside this browser, against what you pinned.',
    version: 'Version {version}',
    help: 'Help',
    limits: 'Limits',
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
export const labelWords: typeof english = words('labelWords', structuredClone(english));
