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
    next: 'A folder cannot be read, and neither can a file that was moved meanwhile. Choose the file itself and try again.',
  },
} as const);
