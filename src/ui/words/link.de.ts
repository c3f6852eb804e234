import type { link as english } from './link.en.ts';
import type { Translated } from './words.ts';

/** Words of links that bring evidence with them, or say where it lies. */
export const link: Translated<typeof english> = {
  copy: 'Link darauf kopieren',
  copied: 'Kopiert: Der Link enthält die ganze Bescheinigung',
  copyFailed: 'Nicht kopiert: Der Browser hat es verweigert',
  copyHint:
    'Die Bescheinigung selbst steht im Link, hinter dem #. Diesen Teil schicken Browser nie an einen Server; wer den Link hat, hat die Bescheinigung.',
  name: 'bescheinigung-des-links.json',
  fetching: {
    title: 'Es wird geholt, was der Link nennt',
    text: 'Dieser Link will eine Datei prüfen lassen, die hier liegt:',
    asked:
      'Diese Adresse wird danach gefragt; sie erfährt also, dass jemand sie von hier aus liest. Sonst wird nichts geschickt.',
    own: 'Sie liegt neben dieser Seite.',
    cancel: 'Anhalten',
    stopped: 'Es wurde angehalten.',
    again: 'Noch einmal versuchen',
    instead: 'Prüfseite öffnen',
  },
  came: {
    byLink: 'Das kam im Link selbst. Es wurde an keinen Server geschickt.',
    fetched: 'Das wurde von {address} geholt, weil ein Link es so sagt. Dieser Server wurde danach gefragt.',
    trust: 'Woher es kommt, zählt für das Ergebnis nicht.',
  },
  faults: {
    title: 'Der Link bringt nichts, was sich prüfen lässt.',
    long: 'Er ist länger als die {limit} Zeichen, die ein Link enthalten darf. Um die Datei selbst bitten.',
    text: 'Er wurde beim Kopieren verändert oder abgeschnitten: {reason}',
    packed: 'Er wurde beim Kopieren abgeschnitten oder verändert, oder entpackt ist er länger als eine Bescheinigung.',
    empty: 'Es steht nichts darin.',
    next: 'Den Link noch einmal ganz kopieren, oder um die Datei bitten und sie hier ablegen.',
  },
  fetchFaults: {
    title: 'Was der Link nennt, ließ sich nicht holen.',
    address:
      '„{src}“ ist keine Adresse, die sich holen lässt: Sie muss mit https:// oder http:// beginnen oder der Name einer Datei neben dieser Seite sein.',
    unreachable:
      'Es kam keine Antwort, oder der Server lässt andere Seiten nicht lesen (er muss „Access-Control-Allow-Origin: *“ senden).',
    status: 'Der Server antwortete mit {code}.',
    long: 'Es ist länger als die {limit}, die eine Datei haben darf.',
    empty: 'Der Server antwortete mit einer leeren Datei.',
    slow: 'Es kam nicht innerhalb von 30 Sekunden an.',
    next: 'Die Datei selbst herunterladen und auf der Prüfseite ablegen: Dazu braucht es keines Servers Erlaubnis.',
  },
};
