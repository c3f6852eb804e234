import { anchorWords as english } from '../../core/trust/anchorWords.en.ts';
import type { AnchorWords } from '../../core/trust/describeEntry.ts';
import { words } from './words.ts';

/** Words of the check page. */
export const check = words('check', {
  title: 'Does this document hold?',
  lead: 'Drop a certificate, an attestation, a token or a trust file. It is taken apart and judged here, piece by piece, against what you have pinned.',
  private:
    'Nothing that you drop leaves this machine: this page is not allowed to connect to anything, and the browser enforces it.',
  zoneTitle: 'Drop files anywhere on this page',
  zoneHint:
    'Or paste one: bytes, hex, base64, JSON. Several at once are judged together; folders, ZIP, gzip and PDFs with attachments are opened.',
  zoneAgain: 'Check something else',
  pasteDo: 'Check it',
  trustPinned: 'Judged under the built-in public roots and the {count} that this browser has pinned.',
  trustNone: 'Judged under the built-in public roots alone: this browser has pinned nothing yet.',
  trustSession: 'For this session also under {count} from {names}.',
  trustForget: 'Forget those',
  trustLink: 'See them',
  trustFault: 'What this browser had pinned cannot be read, so nothing counts as pinned: {reason}',
  trustFaultNext: 'Open the anchors page: it lets you download what is stored, and start again.',
  time: {
    title: 'Judge at',
    evidence: 'the time that the evidence is signed with',
    evidenceHint: 'The present, where it carries no signed time.',
    now: 'now',
    nowHint: 'Keys of enclaves live for hours, so old documents no longer hold now.',
    own: 'a time of mine',
    ownHint: 'A time that you know from elsewhere: from a certificate, a record, a contract.',
    label: 'Date and time in UTC',
  },
  filesTitle: 'Files',
  working: 'Being judged',
  progress: '{done} of {total} {unit}',
  pace: '{rate} a second, {time} left',
  cancel: 'Cancel',
  unread: 'Not read',
  removeFile: 'Remove {name}',
  companion: {
    goesWith: 'Goes with {names}',
    alone: 'Goes with evidence',
    headline: '“{name}” is {title}.',
    unknown: 'a file of no kind that is known here',
    serves:
      'It is no evidence by itself, but may settle what is open of: {kinds}. Drop one beside it, and both are judged together.',
    used: 'It is no evidence by itself. It is judged together with {names}.',
    show: 'Show “{name}”',
    certificate: 'The certificate',
  },
  errorTitle: '“{name}” could not be judged.',
  errorNext: {
    usage: 'Change what was asked for and try again.',
    source: 'Try again; reload the page if it stays.',
    internal: 'This is a fault of Affidavit, not of your file. Please report it with the message above.',
  },
  announce: '{name}: {verdict}. {sentence}',
  unknown: {
    headline: '“{name}” is not a kind of evidence that is known here.',
    bytes: 'the bytes {hex}',
    why: 'It begins with {start}. Expected was one of: {expected}.',
    whyText: 'It begins with the text “{start}”. Expected was one of: {expected}.',
    address:
      'It may be fetched from {host}, which then learns that somebody here asked for it. This page is not allowed to connect to anything, so another page does it, and only if you say so.',
    fetch: 'Fetch it from {host}',
    putAway: 'Put it away',
    supported: 'What is supported',
    wrapped:
      'Each of them as a file, or as hex, base64 or PEM, in a JSON string, a data: URL or a fenced block of a message; in folders, in ZIP, tar and gzip archives, and attached to PDFs.',
    next: 'If it was saved by another program, fetch the original. If it is a data file, drop it together with its certificate, or look for it on a chain from the overview.',
  },
  summary: {
    title: '{count} at a glance',
    clear: 'Put all away',
    filter: 'Which files to show',
    all: 'All',
    search: 'Search all rows',
    columns: { name: 'File', kind: 'Kind', state: 'Verdict', why: 'Why' },
    states: { unread: 'Not read', unknown: 'Unknown kind', working: 'Being judged', beside: 'Beside others' },
    companion: 'goes beside evidence',
    none: 'No file is like that.',
  },
  reading: 'Being read: {count} so far',
  origin: {
    pdf: 'It was attached to a PDF. What is drawn on the pages of the PDF was not looked at.',
    fence: 'It was taken out of a fenced block of a text; what stands around it was not looked at.',
    'data-url': 'It was taken out of a data: URL.',
    string: 'It was taken out of a JSON string.',
    text: 'It was written as hex or base64.',
  },
  missing: {
    title: 'Anchors that this would need',
    lead: 'The file names them, so that you know what to ask for. That it names them proves nothing: get each one from somewhere that does not depend on whoever gave you the file, compare, and pin it yourself.',
    pin: 'Pin',
    pinAll: 'Pin all {count}',
    pinned: 'Pinned for this session',
    compareAll: 'I have compared each of them with an independent source',
    keep: 'Keep them in this browser',
    session: 'Pins made here last until you close this page, unless you keep them.',
  },
  trustFile: {
    beside: '“{name}” is a trust file. It counts only if you say so.',
    offer: 'Use it for this session',
    offerHint: 'Everything else on this page is then judged again. It is forgotten when you close the page.',
    used: 'Used for this session.',
    clash: 'It contradicts what is already pinned: {reason}',
  },
  expected: {
    title: 'Digest on the printed certificate',
    drop: 'Drop the certificate’s file to compare it with this.',
    same: 'The file is the one that was printed.',
    other: 'The file is another one than was printed.',
  },
} as const);

/** What an anchor is, and where it can be had without asking whoever made the evidence. Keyed by the last telling part of its path. */
export const anchorWords: AnchorWords = words('anchorWords', structuredClone(english));
