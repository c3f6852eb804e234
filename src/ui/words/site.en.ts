import { words } from './words.ts';

/** Words about the site itself: that there is a newer build, that this is one, that there is no network. */
export const site = words('site', {
  label: 'About this page itself',
  newer: {
    title: 'A new version is here: reload',
    text: 'Nothing changes while this page is open, unless you say so. Compare the digests with those that its makers publish, if you want to be sure.',
    do: 'Reload',
    later: 'Later',
    own: 'This page',
    other: 'The new one',
  },
  former: {
    title: 'This is another version than the last time',
    text: 'The host of this page has exchanged it since you were here.',
    do: 'I have seen it',
    own: 'This page',
    other: 'The last time',
  },
  offline: {
    kept: 'No network. Checking works as always, since it needs none; what lies on other machines can be read when the network is back.',
    close: 'Hide',
  },
} as const);
