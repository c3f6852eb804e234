import type { help as english } from './help.en.ts';
import type { Translated } from './words.ts';

export const help: Translated<typeof english> = {
  title: 'Hilfe',
  lead: 'Wer ein Programm für andere ausführt, kann danach alles Mögliche darüber sagen. Affidavit prüft, was sich belegen lässt: dass dieser Code lief, mit diesen Daten, in dieser Umgebung, zu dieser Zeit, und dass der Eintrag seither gleich geblieben ist.',
  contents: 'Auf dieser Seite',
  first: {
    title: 'Für den ersten Besuch',
    steps: [
      {
        title: 'Ein Beispiel prüfen.',
        text: 'In der Übersicht liegen einige: eines, das standhält, ein verändertes, und eines, bei dem es sich noch nicht sagen lässt.',
        action: 'Zu den Beispielen',
        href: '#/',
      },
      {
        title: 'Nachsehen, warum.',
        text: 'Unter dem Urteil steht jede einzelne Prüfung mit ihrem Grund und den Bytes, auf denen sie beruht. Die entscheidende ist schon geöffnet.',
        action: 'Eine Datei prüfen',
        href: 'check.html',
      },
      {
        title: 'Wählen, wem zu glauben ist.',
        text: 'Nur was selbst festgelegt wurde, entscheidet. Die Seite der Anker zeigt alles davon; ohne Festlegung heißt es „Lässt sich nicht sagen“, niemals „Hält stand“.',
        action: 'Zu den Ankern',
        href: '#/anchors',
      },
    ],
  },
  jobs: [
    {
      title: 'Eine zugesandte Bescheinigung prüfen',
      text: 'Die Datei fallen lassen: Bescheinigungen, Attestierungen von Hardware, Nachweise, unterschriebene Token, PDF-Dateien, die so etwas enthalten. Was es ist, sagt der Inhalt. Sie verlässt den Rechner nie: Die Seite, die prüft, darf sich mit nichts verbinden.',
      caption:
        'Drei Antworten, jede mit eigener Form. Was fehlt, nicht erreichbar oder nicht festgelegt ist, gilt nie als gut.',
      action: 'Eine Datei prüfen',
      href: 'check.html',
      command: 'npm run -s check -- --trust trust.json FILE',
    },
    {
      title: 'Belegen, dass etwas eingetragen wurde oder eine Aufgabe lief',
      text: 'Den Digest einer Datei eintragen oder die Aufgabe auf ihrem Ledger öffnen. Ist ihr Block endgültig, lässt sich eine Bescheinigung ausstellen: eine Datei, oder eine Seite, die sich selbst prüft; beide kann jeder ohne Netz prüfen.',
      caption:
        'So zeigt sich, dass ein Eintrag in einem Block steht, ohne dass der Rest gezeigt wird: Jedes Paar wird zum Kasten darüber gehasht, bis zur Wurzel.',
      action: 'Eine Datei eintragen',
      href: '#/record',
      command: 'npm run -s certify -- --trust trust.json my-data.csv',
    },
    {
      title: 'Einem Audit unterziehen, was ein Betreiber geschrieben hat',
      text: 'Die Kette festlegen und öffnen: Jeder Block wird gelesen und geprüft, vom ersten bis zum letzten, der gezeigt wird. Gabelungen, Lücken, Widersprüche und verlorene Kopien werden genannt, mit den Bytes, die sie zeigen. Was sich ergab, wird zu einem Bericht zum Unterschreiben (Berichte).',
      caption:
        'Der Reißverschluss: auf einer Seite Blöcke, auf der anderen ihre Zeitstempel. Geschlossen, wo beides passt, offen, wo etwas nicht gezeigt wurde, gebrochen, wo sie einander widersprechen.',
      action: 'Zu den Ketten',
      href: '#/',
      command: 'npm run -s audit -- --trust trust.json',
    },
    {
      title: 'Ein Programm nur dort starten, wo andere für die Maschine bürgen',
      text: 'Validatoren verschiedener Betreiber wählen, und wie viele davon einig sein müssen. Jeder sieht sich den Host selbst an und gibt erst dann seinen Teil des Schlüssels heraus; vorher öffnet niemand das Programm.',
      caption:
        'Sitze von Validatoren. Hinter dem dritten steht die Linie, die zu erreichen ist: Die beiden, die hier zählen, genügen nicht.',
      action: 'Starten',
      href: '#/launch',
      command: 'npm run -s launch -- run --trust trust.json --host URL --validator URL --image FILE',
    },
    {
      title: 'Etwas mit dem Urteil daneben veröffentlichen',
      text: 'Eine Bescheinigung als Seite speichern, die sich selbst prüft, und neben den Artikel oder den Download stellen. Eine solche Seite kommt mit dem Beleg und beweist darum nichts gegen den Absender: Sie sagt das, und wie sich anderswo prüfen lässt.',
      caption:
        'Jeder Digest, den Leute vergleichen, hat seine eigene Rosette: Zwei am Telefon können sie vergleichen. Daneben steht immer der Digest selbst.',
      action: 'Eine Datei prüfen',
      href: 'check.html',
      command: 'npm run -s certify -- --wrap CERTIFICATE.json --html certificate.html',
    },
    {
      title: 'Läufen, Aufgaben und Netzwerken folgen',
      text: 'Hier ein Programm ausführen und die Spur dessen behalten, was es tat, einen Schritt davon belegen, es anderswo noch einmal ausführen und vergleichen. Die Aufgaben eines Ledgers lesen, und wie ein Netzwerk von Knoten zu seinen Stimmen kam.',
      caption:
        'Was jeder Knoten eines Netzwerks tat, hat eine Form und ein Wort, aber nicht die Farbe eines Urteils: Eine Stimme ist hier niemandes Urteil.',
      action: 'Ein Programm ausführen',
      href: '#/trace',
      command: 'npm run -s trace -- run --program program.wasm --out run.trace',
    },
    {
      title: 'Die schreibende Seite betreiben',
      text: 'Ein Befehl startet alle Dienste auf diesem Rechner, mit Stellvertretern für das, was im Ernst Dritten gehört; zu jedem steht im Quelltext, wie er wirklich eingerichtet wird. Was so geschrieben wurde, sagt das überall.',
      caption:
        'Das Etikett dessen, was anderen nichts beweist: Es steht auf jeder Seite und in jeder Bescheinigung, die darauf beruht.',
      action: 'Was simuliert ist',
      href: '#/about',
      command: 'npm ci && npm start',
    },
  ],
  commandOf: 'Befehl: {title}',
  command: 'Als Befehl',
  outcomes: ['geschlossen: hält stand', 'offen: lässt sich noch nicht sagen', 'gebrochen: hält nicht stand'],
  zipper:
    'Bild eines Reißverschlusses: sieben Paare von Zähnen geschlossen, eines gebrochen, zwei offen, weil sie nicht gezeigt wurden.',
  seats: {
    label:
      'Bild von fünf Sitzen: zwei haben unterschrieben, einer mit einem Schlüssel, der schon zählt, zwei fehlen; drei sind nötig.',
    names: ['Nord', 'Süd', 'Ost', 'West', 'Mitte'],
  },
  glossary: {
    title: 'Zehn Wörter',
    terms: [
      [
        'Anker',
        'Was als gegeben gilt, etwa die Wurzel eines Herstellers oder der erste Block einer Kette, und worauf jedes Urteil am Ende beruht.',
      ],
      [
        'Bescheinigung',
        'Eine Datei mit allem, was nötig ist, um eine Aussage ohne Netz zu prüfen, bis auf die eigenen Anker.',
      ],
      [
        'Kette',
        'Blöcke von Einträgen, jeder an den vorigen und an einen Zeitstempel gebunden, so dass sich später nichts ändern lässt, ohne dass sie reißt.',
      ],
      [
        'Digest',
        'Ein Fingerabdruck von 32 Bytes: Zwei Dateien mit demselben sind dieselbe Datei, und über ihren Inhalt verrät er nichts.',
      ],
      [
        'Enklave',
        'Ein Teil eines Rechners, in den auch sein Betreiber nicht sehen kann und der beweisen kann, welches Programm in ihm läuft.',
      ],
      ['Beleg', 'Bytes, die jemand vorzeigt und die erst dann etwas beweisen, wenn jede Prüfung bestanden ist.'],
      ['Quorum', 'So viele aus einer Gruppe, wie einig sein müssen, damit es zählt, was immer die übrigen tun.'],
      ['Siegel', 'Die Unterschrift eines Validators unter einem Block eines Ledgers.'],
      [
        'Zeitstempel',
        'Die unterschriebene Aussage eines Dienstes, einen Digest zu einer bestimmten Zeit gesehen zu haben.',
      ],
      [
        'Spur',
        'Die Liste dessen, was ein Programm tat, Schritt für Schritt; einzelne Schritte lassen sich zeigen, die übrigen nicht.',
      ],
    ],
  },
  more: {
    title: 'Mehr',
    reports: 'Unterschreiben, was ein Audit ergeben hat, oder die Berichte anderer zusammennehmen',
    limits: 'Wer noch täuschen könnte',
    about: 'Wie entschieden wird, und wie es ohne diese Seite geht',
    keys: 'Die Taste ? zeigt, was Tasten auf jeder Seite tun.',
  },
};
