import type { DemoWords } from './words.en.ts';

/** The same words in German. */
export const german: DemoWords = {
  title: 'Eine Bescheinigung auf Ihrer Seite',
  lead: 'Ein einziges Element zeigt Ihren Lesern, ob eine Bescheinigung standhält. Jeder Browser prüft sie selbst; vorher wird nichts grün gezeigt, und nichts wird irgendwohin gesendet.',
  own: 'Hier spielt diese Seite den Herausgeber: Sie nennt Bescheinigungen und die Vertrauensdatei, unter der geurteilt wird.',
  outcomes: 'Drei Ausgänge, als Plakette',
  outcomesText:
    'Eine Bescheinigung, die standhält, eine, die nachträglich verändert wurde, und eine von einer Kette, die in der Vertrauensdatei nicht festgelegt ist.',
  card: 'Als Karte',
  cardText: 'Was darin steht, wie es ausging und warum, und wessen Anker entscheiden.',
  full: 'Vollständig',
  fullText: 'Mit allen Angaben und dem Baum der Prüfungen.',
  frame: 'In einem Rahmen',
  frameText:
    'Für Seiten, deren Richtlinie kein fremdes Programm zulässt: Alles geschieht in einem Dokument dieser Adresse, mit eigener Richtlinie.',
  copyTitle: 'Auf Ihre Seite setzen',
  copyText:
    'Kopieren Sie diese zwei Zeilen. „src“ nennt die Bescheinigung, „trust“ Ihre Vertrauensdatei; ohne sie zählen nur eingebaute öffentliche Wurzeln.',
  frameCode: 'Oder ohne ein Programm von uns auf Ihrer Seite:',
  events: 'Erfahren, wie es ausging:',
  last: 'Was die Elemente dieser Seite zuletzt gemeldet haben',
  nothing: 'Noch nichts',
  digestTitle: 'Das Programm festlegen',
  digestText: 'Mit diesem Attribut führt ein Browser embed.js nur aus, wenn es Byte für Byte das dieses Builds ist:',
  digestMissing: 'Der Digest steht in build.json unter „integrity“, sobald die Seite gebaut ist.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  home: 'Affidavit',
};
