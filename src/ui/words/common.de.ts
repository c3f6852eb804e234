import type { common as commonEnglish, verdictSentences as verdictSentencesEnglish } from './common.en.ts';
import type { Translated } from './words.ts';

/** Words that every screen uses. `{name}` is filled by `fill`. */
export const common: Translated<typeof commonEnglish> = {
  product: 'Affidavit',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Nicht kopiert: markieren und von Hand kopieren',
  rows: {
    shown: 'Von {count} Zeilen sind die ersten {shown} gezeichnet: Die Suche des Browsers findet nur diese.',
    all: 'Alle {count} zeigen',
    copy: 'Alle {count} Zeilen kopieren',
  },
  cancel: 'Abbrechen',
  close: 'Schließen',
  remove: 'Entfernen',
  yourClock: '{moment} nach der eigenen Uhr',
  quoted: '„{text}“',
  skip: 'Zum Inhalt springen',
  navigation: {
    label: 'Hauptnavigation',
    menu: 'Menü',
    overview: 'Übersicht',
    check: 'Prüfen',
    trace: 'Ausführen',
    hosts: 'Hosts',
    networks: 'Netzwerke',
    reports: 'Berichte',
    anchors: 'Anker',
    about: 'Hintergrund',
    help: 'Hilfe',
  },
  page: {
    part: '{part} · Affidavit',
    check: 'Eine Datei prüfen · Affidavit',
    description:
      'Belege für Ausführung prüfen: was lief, womit, wann, und ob die Aufzeichnung seither dieselbe geblieben ist.',
    checkDescription:
      'Eine Bescheinigung oder einen anderen Beleg für Ausführung in diesem Browser prüfen. Nichts, was abgelegt wird, verlässt die Maschine.',
  },
  footer: {
    promise: 'Was hier steht, wurde in diesem Browser geprüft, anhand dessen, was selbst festgelegt wurde.',
    version: 'Version {version}',
    help: 'Hilfe',
    limits: 'Grenzen',
  },
  insecure:
    'Diese Adresse ist kein sicherer Kontext; darum hält der Browser die Kryptographie zurück, die zum Prüfen nötig ist. Die Seite über https öffnen oder auf diesem Rechner als http://localhost.',
};

/** The verdict as the end of a sentence about `it`. */
export const verdictSentences: Translated<typeof verdictSentencesEnglish> = {
  verified: 'Es hält stand.',
  rejected: 'Es hält nicht stand.',
  undetermined: 'Ob es standhält, lässt sich nicht sagen.',
};
