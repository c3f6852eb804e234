import { words } from './words.ts';

/** Words of links that bring evidence with them, or say where it lies. */
export const link = words('link', {
  copy: 'Copy a link to it',
  copied: 'Copied: the link holds the whole certificate',
  copyFailed: 'Not copied: the browser refused',
  copyHint:
    'The certificate itself stands in the link, behind the #. Browsers never send that part to a server; whoever has the link has the certificate.',
  name: 'certificate-of-the-link.json',
  fetching: {
    title: 'Fetching what the link names',
    text: 'This link asks to check a file that lies at',
    asked: 'That address is asked for it, so it learns that somebody at your address reads it. Nothing else is sent.',
    own: 'It lies beside this page.',
    cancel: 'Stop',
    stopped: 'You have stopped it.',
    again: 'Try again',
    instead: 'Open the check page',
  },
  came: {
    byLink: 'This came in the link itself. It was sent to no server.',
    fetched: 'This was fetched from {address}, because a link said so. That server was asked for it.',
    trust: 'Where it came from does not count for the verdict.',
  },
  faults: {
    title: 'The link brings nothing that can be checked.',
    long: 'It is longer than the {limit} characters that a link may hold. Ask for the file itself.',
    text: 'It was changed or cut off when it was copied: {reason}',
    packed: 'It was cut off or changed when it was copied, or unpacks to more than a certificate is long.',
    empty: 'There is nothing in it.',
    next: 'Copy the link again, whole, or ask for the file and drop it here.',
  },
  fetchFaults: {
    title: 'What the link names could not be fetched.',
    address:
      '“{src}” is no address that can be fetched: it has to begin with https:// or http://, or be the name of a file beside this page.',
    unreachable:
      'There was no answer, or the server does not let other pages read it (it has to send “Access-Control-Allow-Origin: *”).',
    status: 'The server answered with {code}.',
    long: 'It is longer than the {limit} that a file may be.',
    empty: 'The server answered with an empty file.',
    slow: 'It did not arrive within 30 seconds.',
    next: 'Download it yourself, and drop it on the check page: that needs no server’s leave.',
  },
} as const);
