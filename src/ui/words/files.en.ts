import { words } from './words.ts';

/** Words about files that are dropped, pasted or picked. */
export const files = words('files', {
  dropHere: 'Drop the file anywhere',
  dropCancel: 'Let go to read it here. Esc cancels.',
  pick: 'Choose files',
  pastedText: 'pasted text',
  empty: {
    title: '“{name}” is empty.',
    next: 'A file with at least one byte was expected. If it was downloaded, fetch it again.',
  },
  tooLong: {
    title: '“{name}” is too long: {size}, of which at most {limit} are read.',
    next: 'Evidence is far smaller than that. If this is a data set, check the certificate and give the data set beside it on the command line.',
  },
  unreadable: {
    title: '“{name}” could not be read: {reason}',
    next: 'A file that was moved meanwhile cannot be read. Choose it again.',
  },
  entry: {
    title: '“{name}” could not be taken out: {reason}',
    next: 'Unpack the archive with a program that you trust, and give the files in it.',
  },
  tooMany: {
    title: 'More than {limit} files came at once. The rest of them was not looked at.',
    next: 'Give them in parts: folder by folder.',
  },
  pickFolder: 'Choose a folder',
  paste: {
    button: 'Paste text',
    title: 'Paste a file as text',
    label: 'Hex, base64, PEM, a token or JSON',
    use: 'Use it',
  },
  elsewhere: {
    title: { one: '“{name}” was dropped', many: '{count} were dropped' },
    text: 'They are judged on a page of their own, which is not allowed to connect to anything.',
    check: 'Check',
    isKind: '{name} is not for this page: {kind}. The check page judges it.',
    isUnknown: '{name} is not for this page. The check page says what it is.',
    address: '{name} is an address. What it leads to is fetched from {host} only if you want it.',
    notHere: '{count} of what was dropped are not for this page. The check page judges them.',
    fetch: 'Fetch it from {host}',
  },
} as const);
