import { words } from './words.ts';

/** Words of the small screens. */
export const screens = words('screens', {
  notFound: {
    title: 'There is nothing at this address.',
    next: 'It may have been cut off when it was copied.',
    back: 'Go to the overview',
  },
  broken: {
    title: 'This page could not be shown.',
    next: 'Nothing was concluded from what you see here. Reload the page; if it stays, please report the message.',
    reload: 'Reload the page',
  },
  check: {
    title: 'Checking happens on a page of its own',
    text: 'That page may not connect to anything, so whatever you drop on it stays on this machine.',
    open: 'Open the check page',
  },
} as const);
