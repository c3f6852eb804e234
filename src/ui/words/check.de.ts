import type { check as checkEnglish } from './check.en.ts';
import type { Translated } from './words.ts';

/** Words of the check page. */
export const check: Translated<typeof checkEnglish> = {
  title: 'Hält dieses Dokument stand?',
  lead: 'Eine Bescheinigung, eine Attestierung, ein Token oder eine Vertrauensdatei ablegen. Sie wird hier zerlegt und Stück für Stück danach beurteilt, was festgelegt wurde.',
  private:
    'Nichts, was hier abgelegt wird, verlässt diesen Rechner: Diese Seite darf sich mit nichts verbinden, und der Browser setzt das durch.',
  zoneTitle: 'Dateien irgendwo auf dieser Seite ablegen',
  zoneHint:
    'Oder einfügen: Bytes, Hex, Base64, JSON. Mehrere zugleich werden zusammen beurteilt; Ordner, ZIP, gzip und PDFs mit Anhängen werden geöffnet.',
  zoneAgain: 'Etwas anderes prüfen',
  pasteDo: 'Prüfen',
  trustPinned:
    'Beurteilt nach den eingebauten öffentlichen Wurzeln und dem, was in diesem Browser festgelegt ist ({count}).',
  trustNone:
    'Beurteilt allein nach den eingebauten öffentlichen Wurzeln: In diesem Browser ist noch nichts festgelegt.',
  trustSession: 'Für diese Sitzung auch nach dem, was aus {names} stammt ({count}).',
  trustForget: 'Diese vergessen',
  trustLink: 'Ansehen',
  trustFault:
    'Was in diesem Browser festgelegt war, lässt sich nicht lesen; darum gilt nichts als festgelegt: {reason}',
  trustFaultNext: 'Auf der Seite der Anker lässt sich das Gespeicherte herunterladen und neu beginnen.',
  time: {
    title: 'Beurteilen zum Zeitpunkt',
    evidence: 'mit dem der Beleg unterschrieben ist',
    evidenceHint: 'Die Gegenwart, wo er keine unterschriebene Zeit trägt.',
    now: 'jetzt',
    nowHint: 'Schlüssel von Enklaven leben nur Stunden; alte Dokumente halten jetzt nicht mehr stand.',
    own: 'ein eigener',
    ownHint: 'Ein Zeitpunkt, der anderswoher bekannt ist: aus einer Bescheinigung, einem Eintrag, einem Vertrag.',
    label: 'Datum und Uhrzeit in UTC',
  },
  filesTitle: 'Dateien',
  working: 'Wird beurteilt',
  progress: '{done} von {total} {unit}',
  pace: '{rate} je Sekunde, noch {time}',
  cancel: 'Abbrechen',
  unread: 'Nicht gelesen',
  removeFile: '{name} entfernen',
  companion: {
    goesWith: 'Gehört zu {names}',
    alone: 'Gehört zu einem Beleg',
    headline: '„{name}“ ist {title}.',
    unknown: 'eine Datei keiner hier bekannten Art',
    serves:
      'Für sich allein ist sie kein Beleg, kann aber klären, was hier offen ist: {kinds}. Einen solchen Beleg ablegen, dann werden beide zusammen beurteilt.',
    used: 'Für sich allein ist sie kein Beleg. Sie wird zusammen mit {names} beurteilt.',
    show: '„{name}“ zeigen',
    certificate: 'Das Zertifikat',
  },
  errorTitle: '„{name}“ konnte nicht beurteilt werden.',
  errorNext: {
    usage: 'Die Eingabe ändern und noch einmal versuchen.',
    source: 'Noch einmal versuchen; bleibt es dabei, die Seite neu laden.',
    internal: 'Das ist ein Fehler von Affidavit, nicht der Datei. Bitte mit der Meldung oben berichten.',
  },
  announce: '{name}: {verdict}. {sentence}',
  unknown: {
    headline: '„{name}“ ist keine hier bekannte Art von Beleg.',
    bytes: 'den Bytes {hex}',
    why: 'Sie beginnt mit {start}. Erwartet wurde eines von: {expected}.',
    whyText: 'Sie beginnt mit dem Text „{start}“. Erwartet wurde eines von: {expected}.',
    address:
      'Das Dokument lässt sich von {host} holen; dort erfährt man dann, dass jemand danach gefragt hat. Diese Seite darf sich mit nichts verbinden; darum tut es eine andere, und nur auf Wunsch.',
    fetch: 'Von {host} holen',
    putAway: 'Entfernen',
    supported: 'Was unterstützt wird',
    wrapped:
      'Jede Art als Datei oder als Hex, Base64 oder PEM, in einer JSON-Zeichenkette, einer data:-URL oder einem Codeblock einer Nachricht; in Ordnern, in ZIP-, tar- und gzip-Archiven und an PDFs angehängt.',
    next: 'Falls ein anderes Programm sie gespeichert hat, das Original holen. Ist es eine Datendatei, sie zusammen mit ihrer Bescheinigung ablegen oder von der Übersicht aus auf einer Kette suchen.',
  },
  summary: {
    title: '{count} auf einen Blick',
    clear: 'Alle entfernen',
    filter: 'Welche Dateien gezeigt werden',
    all: 'Alle',
    search: 'Alle Zeilen durchsuchen',
    columns: { name: 'Datei', kind: 'Art', state: 'Ergebnis', why: 'Warum' },
    states: {
      unread: 'Nicht gelesen',
      unknown: 'Unbekannte Art',
      working: 'Wird beurteilt',
      beside: 'Gehört zu anderen',
    },
    companion: 'gehört zu einem Beleg',
    none: 'Keine Datei ist so.',
  },
  reading: 'Wird gelesen, bisher: {count}',
  origin: {
    pdf: 'Der Beleg war an ein PDF angehängt. Was auf den Seiten des PDFs gezeichnet ist, wurde nicht angesehen.',
    fence: 'Der Beleg wurde aus dem Codeblock eines Textes genommen; was darum herum steht, wurde nicht angesehen.',
    'data-url': 'Der Beleg wurde aus einer data:-URL genommen.',
    string: 'Der Beleg wurde aus einer JSON-Zeichenkette genommen.',
    text: 'Der Beleg war als Hex oder Base64 geschrieben.',
  },
  missing: {
    title: 'Anker, die dafür nötig wären',
    lead: 'Die Datei nennt sie, damit bekannt ist, wonach zu fragen wäre. Dass sie sie nennt, beweist nichts: Jeden aus einer Quelle holen, die nicht von dem abhängt, von dem die Datei stammt, vergleichen und selbst festlegen.',
    pin: 'Festlegen',
    pinAll: 'Alle festlegen ({count})',
    pinned: 'Für diese Sitzung festgelegt',
    compareAll: 'Jeder davon ist mit einer unabhängigen Quelle verglichen',
    keep: 'In diesem Browser behalten',
    session: 'Was hier festgelegt wird, gilt bis zum Schließen der Seite, wenn es nicht behalten wird.',
  },
  trustFile: {
    beside: '„{name}“ ist eine Vertrauensdatei. Sie zählt nur auf ausdrücklichen Wunsch.',
    offer: 'Für diese Sitzung verwenden',
    offerHint: 'Alles andere auf dieser Seite wird dann neu beurteilt. Beim Schließen der Seite ist sie vergessen.',
    used: 'Für diese Sitzung verwendet.',
    clash: 'Sie widerspricht dem, was schon festgelegt ist: {reason}',
  },
  expected: {
    title: 'Digest auf der gedruckten Bescheinigung',
    drop: 'Die Datei der Bescheinigung ablegen, um sie hiermit zu vergleichen.',
    same: 'Die Datei ist die, die gedruckt wurde.',
    other: 'Die Datei ist eine andere als die gedruckte.',
  },
};
