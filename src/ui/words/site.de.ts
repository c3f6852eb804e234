import type { site as english } from './site.en.ts';
import type { Translated } from './words.ts';

/** Words about the site itself. */
export const site: Translated<typeof english> = {
  label: 'Über diese Seite selbst',
  newer: {
    title: 'Eine neue Version ist da: neu laden',
    text: 'Solange diese Seite offen ist, ändert sich ohne Zustimmung nichts. Wer sicher sein will, vergleicht die Digests mit denen, die ihre Hersteller veröffentlichen.',
    do: 'Neu laden',
    later: 'Später',
    own: 'Diese Seite',
    other: 'Die neue',
  },
  former: {
    title: 'Das ist eine andere Version als beim letzten Mal',
    text: 'Der Host dieser Seite hat sie seit dem letzten Besuch ausgetauscht.',
    do: 'Gesehen',
    own: 'Diese Seite',
    other: 'Beim letzten Mal',
  },
  offline: {
    kept: 'Kein Netz. Prüfen geht wie immer, denn dazu braucht es keines; was auf anderen Rechnern liegt, lässt sich lesen, wenn das Netz wieder da ist.',
    close: 'Ausblenden',
  },
};
