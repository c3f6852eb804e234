import type { record as recordEnglish } from './record.en.ts';
import type { Translated } from './words.ts';

/** Words of recording a file. */
export const record: Translated<typeof recordEnglish> = {
  title: 'Datei eintragen',
  lead: 'Die Kette, die auf diesem Rechner geschrieben wird, nimmt einen Digest der Datei auf, 32 Bytes lang. Die Datei selbst bleibt hier.',
  noWriter: 'Auf diesem Rechner schreibt niemand eine Kette.',
  noWriterNext:
    'Die Dienste mit „npm start“ starten und die Seite unter der Adresse öffnen, die sie ausgeben. Auf einem anderen Host trägt nur der Betreiber ein.',
  zoneTitle: 'Die Datei ablegen, die eingetragen werden soll',
  zoneHint: 'Gesendet wird nur ihr Digest, wenn unten nichts anderes gewählt ist.',
  file: 'Datei',
  digest: 'Digest der Datei',
  choice: {
    legend: 'Was eingetragen wird',
    digest: 'Nur ihr Digest',
    digestHint: 'Zeigt später, dass genau diese Datei da war, ohne sie zu zeigen.',
    bytes: 'Alle ihre Bytes',
    bytesHint: '{size}, die jeder lesen und niemand löschen kann.',
  },
  warning: {
    title: 'Die ganze Datei für immer öffentlich machen?',
    text: [
      '„{name}“ würde an sechs Speicherorte kopiert, wo jeder sie lesen kann.',
      'Sie ist gegen Löschen geschützt. Weder wer sie einträgt noch der Betreiber kann sie zurücknehmen, nicht einmal auf Anordnung eines Gerichts.',
      'Enthält sie Namen, Adressen oder sonst etwas über eine Person, ist das Eintragen sehr wahrscheinlich rechtswidrig.',
      'Den Digest einzutragen beweist dasselbe und zeigt nichts.',
    ],
    confirm: 'Das ist gelesen, und die Bytes von „{name}“ sollen öffentlich werden',
    go: 'Alle ihre Bytes eintragen',
    back: 'Stattdessen den Digest eintragen',
  },
  action: 'Eintragen',
  again: 'Weitere Datei eintragen',
  sending: 'Wird gesendet',
  failed: 'Sie wurde nicht eingetragen: {reason}',
  statesTitle: 'Wie weit es gekommen ist',
  statesHint:
    'Das sind die Angaben des Schreibdienstes. Bewiesen ist nichts, bevor der Eintrag endgültig ist und das eigene Audit ihn gefunden hat.',
  states: {
    accepted: { name: 'Angenommen', meaning: 'Auf der Platte des Schreibdienstes.' },
    batched: { name: 'Gebündelt', meaning: 'In einem Baum mit anderen Einträgen.' },
    stored: { name: 'Gespeichert', meaning: 'An sechs Orten, mit einem Zeitstempel.' },
    sequenced: { name: 'Nummeriert', meaning: 'Innerhalb der Enklave nummeriert.' },
    final: { name: 'Endgültig', meaning: 'Auf der Hauptkette, und jede Nummer bis dorthin ist gezeigt.' },
    forked: { name: 'Abgespalten', meaning: 'Sein Block unterlag einem anderen; er wird noch einmal geschrieben.' },
    unknown: { name: 'Unbekannt', meaning: 'Der Schreibdienst kennt ihn nicht.' },
  },
  show: 'Eintrag zeigen',
  found: 'Das eigene Audit hat ihn gefunden.',
  notPinned: 'Die lokale Kette festlegen, um den Eintrag mit dem eigenen Audit zu finden.',
  announce: 'Stand des Eintrags: {state}.',
};
