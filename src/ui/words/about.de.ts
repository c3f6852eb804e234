import type { about as aboutEnglish } from './about.en.ts';
import type { Translated } from './words.ts';

/** Words of the about page. */
export const about: Translated<typeof aboutEnglish> = {
  title: 'Wie das funktioniert, und warum man es nicht glauben muss',
  version: {
    title: 'Dieses Programm',
    version: 'Version',
    build: 'Digest des Builds',
    compare: 'Wie man ihn vergleicht',
    compareText:
      'Der Digest geht über jede Datei dieser Seite. Dieselbe Quelle ergibt auf jedem Rechner denselben Digest: selbst bauen, oder jede Datei dieses Hosts holen, hashen und vergleichen lassen. Das ist mehr wert als das, was diese Seite über sich sagt, denn eine veränderte Seite könnte jeden Digest zeigen.',
    commands: [
      ['Selbst bauen: der Digest steht in dist/build.json', 'npm ci && npm run build'],
      ['Zweimal bauen und sehen, dass nichts abweicht', 'npm run reproduce'],
      ['Diesen Host mit dem eigenen Build vergleichen', 'npm run reproduce -- --against {address}'],
    ],
    bill: 'Woraus es besteht',
    billLink: 'sbom.cdx.json',
    billText: 'Jedes Paket mit Version und Digest (CycloneDX).',
    offline: 'Ohne Netz',
    isKept:
      'Diese Version ist in diesem Browser aufbewahrt: Sie öffnet sich ohne Netz. Eine andere läuft hier nie, ohne genannt zu werden.',
    isNotKept: 'In diesem Browser (noch) nicht aufbewahrt: Ohne Netz öffnet sich die Seite vielleicht nicht.',
    noBuild: 'Diese Seite wurde nicht gebaut, sondern wird zum Entwickeln ausgeliefert; darum hat sie keinen Digest.',
    licence: 'Lizenz',
    licenceText: 'Apache-2.0',
    list: 'Der Digest jeder Datei',
    listLink: 'build.json',
  },
  trust: {
    limits: 'Grenzen, und wer noch täuschen könnte',
    title: 'Wie Vertrauen hier funktioniert',
    items: [
      [
        'Nichts, was über eine Leitung kommt, wird geglaubt.',
        'Weder der Speicher noch der Betreiber noch der Server dieser Seite. Alles wird anhand seiner Unterschriften und Hashes geprüft, in Workern in diesem Browser.',
      ],
      [
        'Vertraut wird einer kurzen Liste, die jeder selbst aufstellt.',
        'Schlüssel, Wurzeln, Messwerte und Block null einer Kette werden auf der Seite der Anker festgelegt, einzeln oder aus einer Datei. Ein Ergebnis sagt, welche davon es verwendet hat.',
      ],
      [
        'Es gibt drei Antworten, nicht zwei.',
        'Hält stand, hält nicht stand, lässt sich nicht sagen. Was fehlt, unerreichbar oder nicht festgelegt ist, gilt nie als gut.',
      ],
      [
        'Eine echte Enklave ist noch nicht die richtige.',
        'Dass irgendeine echte Enklave unterschrieb und dass in ihr der Code lief, der für diese Rolle erwartet wird, sind zwei Prüfungen.',
      ],
      [
        'Eine Bescheinigung sagt „eingetragen zwischen zwei Zeitpunkten“.',
        'Sie sagt nie, dass etwas das erste seiner Art sei oder dass es zuvor nicht existiert habe.',
      ],
    ],
  },
  zipper: {
    title: 'Warum ein Reißverschluss',
    text: 'Ein Block trägt den Hash des Zeitstempels vor ihm; ein Zeitstempel trägt den Hash seines Blocks. So greifen Blöcke und Zeitstempel ineinander wie die Zähne eines Reißverschlusses, und kein Zahn lässt sich herausnehmen oder austauschen, ohne dass alle späteren aufgehen. Eine Enklave nummeriert die Blöcke, und jede Nummer wird an sechs Orten aufbewahrt; eine fehlende fällt also auf.',
  },
  repeat: {
    title: 'Auf der Befehlszeile wiederholen',
    text: 'Derselbe Code läuft ohne Browser, offline, auf jedem Rechner mit Node. Zuvor die eigene Vertrauensdatei von der Seite der Anker herunterladen.',
    commands: [
      ['Eine Bescheinigung oder einen anderen Beleg prüfen', 'npm run -s check -- --trust trust.json DATEI'],
      ['Eine Kette aus ihrem Speicher auditieren', 'npm run -s audit -- --trust trust.json KETTE'],
      [
        'Eine Bescheinigung für eine Datei machen',
        'npm run -s certify -- --trust trust.json --out DATEI.affidavit.json DATEI',
      ],
    ],
    exit: 'Jeder endet nur dann mit 0, wenn alles standhält, mit 1, wenn etwas nicht standhält oder sich nicht sagen lässt, mit 2, wenn er falsch aufgerufen wurde.',
  },
  simulated: {
    title: 'Was simuliert ist',
    text: 'Mit „npm start“ läuft alles auf einem Rechner, um es auszuprobieren. Zwei Teile sind Attrappen, und alles, was auf ihnen ruht, ist gekennzeichnet:',
    items: [
      [
        'Simuliert',
        'Die Enklave. Ihre Dokumente haben genau die Form derer von AWS Nitro, aber ihre Wurzel entsteht beim ersten Start, und keine Hardware steht für sie ein.',
      ],
      [
        'Entwicklungsschlüssel',
        'Der Zeitstempeldienst. Er ist ein lokaler Ersatz für Amazon Cognito, und sein Schlüssel ist mit ihm veröffentlicht.',
      ],
    ],
    real: 'Beide lassen sich gegen die echten tauschen, ohne dass sich ändert, was geprüft wird.',
  },
  privacy: {
    title: 'Was diesen Rechner verlässt',
    text: 'Die Prüfseite darf sich mit gar nichts verbinden, und der Browser setzt das durch. Die anderen Seiten fragen den Speicher, der für eine Kette festgelegt ist, holen, was ein Link ihnen nennt, und sagen das, und schicken, wenn eine Datei eingetragen wird, ihren Digest an den selbst gestarteten Schreibdienst. Es gibt keine Cookies, und Besuche werden nicht gemessen.',
  },
};
