import type { files as filesEnglish } from './files.en.ts';
import type { Translated } from './words.ts';

/** Words about files that are dropped, pasted or picked. */
export const files: Translated<typeof filesEnglish> = {
  dropHere: 'Die Datei irgendwo ablegen',
  dropCancel: 'Zum Lesen loslassen. Esc bricht ab.',
  pick: 'Dateien auswählen',
  pastedText: 'eingefügter Text',
  empty: {
    title: '„{name}“ ist leer.',
    next: 'Erwartet wurde eine Datei mit mindestens einem Byte. Wurde sie heruntergeladen, noch einmal holen.',
  },
  tooLong: {
    title: '„{name}“ ist zu lang: {size}, davon werden höchstens {limit} gelesen.',
    next: 'Belege sind weit kleiner. Ist es ein Datensatz, die Bescheinigung prüfen und den Datensatz auf der Befehlszeile dazulegen.',
  },
  unreadable: {
    title: '„{name}“ ließ sich nicht lesen: {reason}',
    next: 'Ein Ordner lässt sich nicht lesen, ebenso wenig eine Datei, die inzwischen verschoben wurde. Die Datei selbst auswählen und noch einmal versuchen.',
  },
};
