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
    next: 'Eine Datei, die inzwischen verschoben wurde, lässt sich nicht lesen. Sie noch einmal auswählen.',
  },
  entry: {
    title: '„{name}“ ließ sich nicht herausnehmen: {reason}',
    next: 'Das Archiv mit einem vertrauten Programm entpacken und die Dateien darin ablegen.',
  },
  tooMany: {
    title: 'Mehr als {limit} Dateien kamen auf einmal. Der Rest wurde nicht angesehen.',
    next: 'In Teilen ablegen: Ordner für Ordner.',
  },
  pickFolder: 'Ordner auswählen',
  paste: {
    button: 'Text einfügen',
    title: 'Eine Datei als Text einfügen',
    label: 'Hex, Base64, PEM, ein Token oder JSON',
    use: 'Verwenden',
  },
  elsewhere: {
    title: { one: '„{name}“ wurde abgelegt', many: '{count} wurden abgelegt' },
    text: 'Beurteilt wird auf einer eigenen Seite, die sich mit nichts verbinden darf.',
    check: 'Prüfen',
    isKind: '{name} ist nichts für diese Seite: {kind}. Die Prüfseite beurteilt die Datei.',
    isUnknown: '{name} ist nichts für diese Seite. Die Prüfseite sagt, was es ist.',
    address: '{name} ist eine Adresse. Was sie nennt, wird von {host} nur geholt, wenn es gewünscht ist.',
    notHere: 'Nicht für diese Seite: {count} von dem, was abgelegt wurde. Die Prüfseite beurteilt sie.',
    fetch: 'Von {host} holen',
  },
};
