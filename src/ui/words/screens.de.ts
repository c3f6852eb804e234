import type { screens as screensEnglish } from './screens.en.ts';
import type { Translated } from './words.ts';

/** Words of the small screens. */
export const screens: Translated<typeof screensEnglish> = {
  notFound: {
    title: 'Unter dieser Adresse gibt es nichts.',
    next: 'Vielleicht wurde sie beim Kopieren abgeschnitten.',
    back: 'Zur Übersicht',
  },
  broken: {
    title: 'Diese Seite ließ sich nicht anzeigen.',
    next: 'Aus dem, was hier zu sehen ist, wurde nichts gefolgert. Die Seite neu laden; bleibt es dabei, bitte die Meldung berichten.',
    reload: 'Seite neu laden',
  },
  check: {
    title: 'Geprüft wird auf einer eigenen Seite',
    text: 'Diese Seite darf sich mit nichts verbinden; was dort abgelegt wird, bleibt also auf diesem Rechner.',
    open: 'Prüfseite öffnen',
  },
};
