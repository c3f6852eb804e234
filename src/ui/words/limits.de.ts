import type { limits as english } from './limits.en.ts';
import type { Translated } from './words.ts';

export const limits: Translated<typeof english> = {
  title: 'Grenzen, und wer noch täuschen könnte',
  lead: 'Ein Urteil ist nur so gut wie das, worauf es beruht. Hier steht für alle, die lügen könnten, was sie versuchen können, was dieses Programm dagegen tut und was selbst zu beurteilen bleibt.',
  threats: {
    title: 'Wer lügen könnte',
    columns: ['Wer', 'Was versucht werden könnte', 'Was hier geschieht', 'Was bleibt'],
    rows: [
      [
        'Der Speicher',
        'Alte, veränderte oder erfundene Objekte herausgeben, oder gar keine.',
        'Jedes Objekt wird aus mehreren Orten zusammengesetzt und gegen Hashes und Unterschriften gehalten; wer gelogen hat oder ausgefallen ist, wird genannt. Nichts Fehlendes zählt als gut.',
        'Was niemand zeigt, kann niemand wissen: Das Ende einer Kette ist das Ende, wie es gezeigt wird.',
      ],
      [
        'Der Betreiber einer Kette',
        'Die Vergangenheit umschreiben, etwas weglassen, zwei Leuten Verschiedenes erzählen.',
        'Lückenlose Nummern aus einer Enklave, Zeitstempel, in Blöcke verkettet: Eine Änderung zerreißt alles danach, und zwei Attestierungen für eine Nummer werden als Beweis des Betrugs aufbewahrt.',
        'Wer etwas nie einträgt, hat darüber nicht gelogen. Eine Bescheinigung sagt „eingetragen zwischen“, nie „als Erstes“ und nie „nicht vorher“.',
      ],
      [
        'Der Zeitstempeldienst',
        'Eine falsche Zeit unterschreiben.',
        'Seine Schlüssel sind festgelegt, Zeiten dürfen nicht rückwärts laufen, und jede wird mit der Uhr der Enklave verglichen, die den Block nummeriert hat.',
        'Lügen Zeitstempeldienst und Enklave gemeinsam über dieselbe Zeit, so ist sie falsch, und nichts hier kann es zeigen.',
      ],
      [
        'Eine Enklave oder ihr Hersteller',
        'Anderen Code ausführen als angegeben; den Schlüssel durch einen Fehler der Hardware verlieren.',
        'Der Messwert muss einer sein, der für diese Rolle festgelegt wurde; Debug-Modus, fremde Wurzeln und widerrufene Hardware werden abgelehnt.',
        'Wer die Hardware bricht oder den Wurzelschlüssel des Herstellers hat, kann ihre Dokumente fälschen. Bekannte Fehler stehen in den Listen der Hersteller, sofern diese dazugelegt werden.',
      ],
      [
        'Die Knoten eines Ledgers',
        'Ereignisse weglassen, mit einer anderen Kette antworten, Blöcke zurückhalten.',
        'Blockköpfe werden nach den Siegeln der festgelegten Validatoren beurteilt, Ereignisse und Speicher durch Merkle-Beweise, Vollständigkeit durch Zähler im Vertrag.',
        'Ein Quorum der Validatoren kann gemeinsam schreiben, was es will. Ein Knoten, der allein gefragt wird, kann die neuesten Blöcke zurückhalten.',
      ],
      [
        'Die Validatoren eines Hosts',
        'Für eine Maschine bürgen, die sie nicht angesehen haben.',
        'Jeder zählt einmal, mit einem damals gültigen Schlüssel, und nur, wenn er ausgewählt wurde; es braucht eine Schwelle von ihnen, auch bei den Teilen des Schlüssels.',
        'So viele, wie die Schwelle verlangt, können gemeinsam für alles bürgen und das Abbild öffnen. Darum solche von verschiedenen Betreibern und aus verschiedenen Regionen wählen.',
      ],
      [
        'Von wem die Spur eines Programms stammt',
        'Die Spur von etwas unterschreiben, das nie lief.',
        'Unterschrieben, enthalten, verankert und erneut ausgeführt sind vier Antworten, nie eine. Mit den Eingaben führt der eigene Browser es erneut aus.',
        'Bis jemand es erneut ausgeführt hat, ist es eine Behauptung, dass etwas nicht aufgerufen wurde. Einen Zero-Knowledge-Beweis aus dem Entwicklungs-Setup kann fälschen, wer dieses Setup ausgeführt hat.',
      ],
      [
        'Wer eine Bescheinigung schickt',
        'Eine schicken, die ihre eigenen Anker mitbringt, oder eine Seite, die immer „Hält stand“ sagt.',
        'Das Urteil kommt allein aus der eigenen Vertrauensdatei. Eine Seite, die sich selbst prüft, sagt, dass sie gegen ihren Absender nichts beweist.',
        'Mit einer Seite oder einem Befehl prüfen, die von anderswo stammen.',
      ],
      [
        'Wer diese Seite ausliefert',
        'Ein verändertes Programm ausliefern.',
        'Builds sind reproduzierbar, und der Digest jeder Datei ist veröffentlicht: Zwei Leute können sie vergleichen, und die Kommandozeile kommt ohne Server aus.',
        'Ein Server kann einer Person andere Dateien geben als den übrigen. Wer sicher sein muss, baut selbst oder nimmt die Kommandozeile.',
      ],
      [
        'Der eigene Rechner',
        'Browser, Erweiterungen und System können alles Mögliche zeigen.',
        'Nichts, was dieser Browser aufbewahrt hat, wird ohne das Siegel seines eigenen Schlüssels geglaubt.',
        'Dagegen gibt es keinen Schutz. Einen anderen Rechner nehmen.',
      ],
    ],
  },
  limits: {
    title: 'Was nicht getan wird',
    items: [
      [
        'Nicht alles wird auf einmal gelesen.',
        'Eine Datei wird bis 96 MiB beurteilt; nur Enklaven-Abbilder und einzutragende Dateien dürfen länger sein, denn sie werden Stück für Stück gelesen.',
      ],
      [
        'Nichts wird heimlich nachgeschlagen.',
        'Begleitdaten, Sperr- und Statuslisten werden beim Namen erbeten; ohne sie lautet die Antwort „Lässt sich nicht sagen“.',
      ],
      [
        'Eintragen ist endgültig.',
        'Was eingetragen ist, lässt sich nicht löschen. Gewöhnlich ist das nur ein Digest, der niemandem etwas sagt, der die Datei nicht hat; bei Inhalten, die sich erraten lassen, schon.',
      ],
      [
        'Simulierte Teile sind gekennzeichnet, nicht versteckt.',
        'Auf einem einzelnen Rechner sind die Enklaven und das TPM simuliert und die Entwicklungsschlüssel veröffentlicht. Jeder Bildschirm, jeder Bericht und jede Bescheinigung, die darauf beruht, sagt es.',
      ],
      [
        'Noch nicht am Echten erprobt.',
        'Die Adapter für eine Nitro-Enklave, für Azure- und Google-Speicher, Amazon Cognito und öffentliche Ledger sind nach deren Dokumentation geschrieben und hier gegen Stellvertreter getestet.',
      ],
    ],
  },
  more: 'Wie es entscheidet',
};
