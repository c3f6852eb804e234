import type { overview as overviewEnglish } from './overview.en.ts';
import type { Translated } from './words.ts';

/** Words of the overview. */
export const overview: Translated<typeof overviewEnglish> = {
  title: 'Ist das wirklich geschehen, und ist der Eintrag seither unverändert?',
  lead: [
    'Affidavit prüft Belege dafür, dass ein Programm lief: auf welchen Daten, in welcher Umgebung, zu welcher Zeit.',
    'Es holt die Einträge, prüft jede Unterschrift und jeden Hash in diesem Browser und sagt, was davon standhält.',
    'Vertrauen muss man weder dem, der schrieb, noch dem, der speichert, noch dem Server dieser Seite: nur dem, was selbst festgelegt wurde.',
  ],
  zoneTitle: 'Beliebige Datei hier ablegen',
  zoneHint:
    'Eine Bescheinigung wird geprüft. Jede andere Datei wird auf den festgelegten Ketten gesucht: nur mit ihrem Digest, die Datei bleibt hier.',
  searchLabel: 'Digest eines Eintrags, Höhe eines Blocks, Name einer Kette, Adresse einer Datei',
  searchButton: 'Nachschlagen',
  searchNone:
    '„{text}“ ist weder ein Digest (64 Hex-Ziffern) noch eine Adresse, noch ein Block oder eine Kette, die hier festgelegt ist.',
  chains: 'Beobachtete Ketten',
  chainsNone: 'Noch ist keine Kette festgelegt. Eine Kette wird nur nach dem geprüft, was für sie festgelegt wurde.',
  chainColumns: { name: 'Kette', verdict: 'Letztes Ergebnis', blocks: 'Blöcke', when: 'Angesehen' },
  never: 'noch nicht geprüft',
  open: 'Öffnen',
  local: {
    title: 'Auf diesem Rechner wird eine Kette geschrieben',
    text: 'Die Dienste, die mit dieser Seite gestartet wurden, schreiben „{name}“. Sie festzulegen heißt, ihren Block null, den Schlüssel ihres Sequenzers und ihren Zeitstempeldienst als Maßstab anzunehmen.',
    action: 'Festlegen und beobachten',
    details: 'Was festgelegt würde',
    earlier: 'Sie und {count} festlegen',
    clash: 'Sie lässt sich neben dem Vorhandenen nicht festlegen: {reason}',
    fault: 'Die Dienste kündigen eine Kette an, aber nicht in einer brauchbaren Form: {reason}',
  },
  record: {
    title: 'Datei eintragen',
    text: 'Den Digest einer Datei in die Kette schreiben lassen, um später zu beweisen, dass man sie hatte.',
    action: 'Datei eintragen',
  },
  live: {
    title: 'So sieht das aus',
    text: 'Eine Beispielbescheinigung, soeben in diesem Browser beurteilt, nach der beigelegten Vertrauensdatei und nichts sonst.',
    change: 'Eine Ziffer darin ändern',
    back: 'Die Ziffer zurücksetzen',
    open: 'Jede Prüfung ansehen',
    fault: 'Das Beispiel ließ sich nicht beurteilen.',
  },
  samples: {
    title: 'Erst einmal ausprobieren',
    text: 'Von den Diensten dieses Projekts erzeugt, mit einer simulierten Enklave und einem Entwicklungsschlüssel.',
    fault: 'Das Beispiel ließ sich nicht holen. Bitte noch einmal versuchen.',
    /** By the file’s name; where there is none the host’s own title is shown. */
    titles: {
      'chain.affidavit.json': 'Eine Bescheinigung: Dieser Eintrag wurde zwischen zwei Zeitpunkten geschrieben',
      'tampered.affidavit.json': 'Dieselbe Bescheinigung mit einer früheren Zeit darin',
      'unpinned.affidavit.json': 'Eine Bescheinigung einer Kette, die noch niemand festgelegt hat',
      'attestation.nitro.bin': 'Was die Enklave des Sequenzers (simuliert) über einen Block sagte',
      'other-image.nitro.bin': 'Dasselbe, wo ein anderes Enklaven-Abbild erwartet war: Register nebeneinander',
      'timestamp.jwt': 'Was der Zeitstempeldienst über denselben Block sagte',
      'trust.json': 'Die Vertrauensdatei: wonach all das beurteilt wird',
      'other-image.trust.json': 'Eine Vertrauensdatei, die ein anderes Enklaven-Abbild festlegt',
      'event.trace-proof.json':
        'Ein Beweis, dass ein Programm eine Funktion mit 6 und 7 aufrief und 42 bekam, und sonst nichts von seinem Lauf',
      'tampered.trace-proof.json': 'Derselbe Beweis mit einem anderen Ergebnis darin',
      'run.trace': 'Die ganze Spur dieses Laufs, den noch niemand wiederholt hat',
      'trace.trust.json': 'Die Vertrauensdatei dazu: die Maschine, die unterschrieb',
    },
  },
  dropped: {
    title: '„{name}“',
    isEvidence:
      'Das ist ein Beleg: {kind}. Er wird auf einer eigenen Seite beurteilt, die sich mit nichts verbinden darf.',
    check: 'Prüfen',
    isCompanion: 'Das ist {companion}. Sie kann klären, was bei einem Beleg offen ist, neben dem sie beurteilt wird.',
    isTrust: 'Das ist eine Vertrauensdatei. Nichts daraus wird festgelegt, bevor es gelesen wurde.',
    anchors: 'Ansehen, was sie festlegen würde',
    hashing: 'Der Digest wird berechnet',
    digest: 'Digest der Datei',
    searching: 'Wird auf {chains} gesucht',
    found: 'Eingetragen {between}, auf der Kette „{chain}“.',
    foundAsDigest: 'mit ihrem Digest',
    foundAsBytes: 'mit allen ihren Bytes',
    show: 'Eintrag zeigen',
    absent: 'Sie steht, soweit gezeigt, auf keiner der festgelegten Ketten: weder die Datei noch ihr Digest.',
    unknown: 'Sie wurde nicht gefunden, aber noch ließ sich nicht alles lesen.',
    noChains: 'Um dort zu suchen, eine Kette festlegen.',
    record: 'Eintragen',
    isAddress: 'Das ist eine Adresse. Was sie nennt, wird von {host} nur geholt, wenn es gewünscht ist.',
    close: 'Weglegen',
  },
};
