import type { EmbedWords } from './words.en.ts';

/** The same words in German. */
export const german: EmbedWords = {
  name: 'Prüfung durch Affidavit',
  statuses: {
    waiting: 'Noch nicht geprüft',
    checking: 'Wird geprüft',
    error: 'Konnte nicht geprüft werden',
    verified: 'Hält stand',
    rejected: 'Hält nicht stand',
    undetermined: 'Lässt sich nicht sagen',
  },
  waiting: 'Nichts wird als geprüft gezeigt, bevor es auf dieser Seite geprüft wurde.',
  progress: '{done} von {total} {unit}',
  check: 'Jetzt prüfen',
  again: 'Noch einmal prüfen',
  by: 'In Ihrem Browser geprüft, mit dem Programm von {site}.',
  byTrust: 'In Ihrem Browser geprüft mit dem Programm von {site}, unter der Vertrauensdatei dieser Seite.',
  byNone: 'In Ihrem Browser geprüft mit dem Programm von {site}. Diese Seite nennt keine Vertrauensdatei.',
  under:
    'Unter der Vertrauensdatei dieser Seite: Wer diese Seite gemacht hat, hat gewählt, wessen Schlüsseln und Wurzeln geglaubt wird.',
  without:
    'Diese Seite nennt keine Vertrauensdatei. Geglaubt wird deshalb nur eingebauten öffentlichen Wurzeln, und was mehr braucht, lässt sich nicht sagen.',
  trustFile: 'Vertrauensdatei',
  trustDigest: 'Digest der Vertrauensdatei',
  evidence: 'Nachweis',
  elsewhere: 'Selbst prüfen',
  elsewhereHint:
    'Die Seite ringsum könnte alles zeigen. Prüfen Sie unter einer Adresse, die Sie gewählt haben, und unter Ihrer eigenen Vertrauensdatei.',
  claim: 'Was darin steht',
  checks: 'Was geprüft wurde',
  about: 'Wessen Anker entscheiden',
  frame: 'Urteil von Affidavit über eine Bescheinigung',
  noSource: 'Diese Seite nennt keine Bescheinigung zum Prüfen: Das Element braucht eine Adresse in „src“.',
  badAddress: '„{address}“ ist keine Adresse, die geholt werden kann.',
  noPart:
    'Der Teil von Affidavit, der prüft, konnte von {site} nicht geladen werden. Vielleicht fehlt das Netz, an der Adresse liegen nicht alle Dateien, oder die Richtlinie dieser Seite verbietet es.',
  noFrame:
    'Der Rahmen von {site} hat nicht geantwortet. Vielleicht fehlt das Netz, oder die Richtlinie dieser Seite verbietet Rahmen von dort (frame-src).',
  down: '{address} konnte nicht geholt werden: Vielleicht fehlt das Netz, der Server erlaubt anderen Seiten das Lesen nicht (CORS), oder die Richtlinie dieser Seite verbietet es (connect-src).',
  late: '{address} kam nicht innerhalb von {seconds} Sekunden an.',
  refused: '{address} konnte nicht geholt werden: Der Server antwortete mit {status}.',
  tooLong: '{address} ist länger als die {limit} Bytes, die hier gelesen werden.',
  badTrust: 'Die Vertrauensdatei dieser Seite kann nicht gelesen werden. {reason}',
  unknownKind: 'Das ist kein Nachweis einer Art, die Affidavit kennt. {reason}',
};
