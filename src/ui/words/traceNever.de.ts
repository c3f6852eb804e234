import type { traceNever as traceNeverEnglish } from './traceNever.en.ts';
import type { Translated } from './words.ts';

/** Words of what a trace shows never to have happened. */
export const traceNever: Translated<typeof traceNeverEnglish> = {
  title: 'Was nie geschah',
  lead: 'Wie oft jede Funktion aufgerufen wurde, wird zusammen mit den Ereignissen unterschrieben. Eine ohne Aufruf in dieser Spur wählen und zeigen, dass sie nie aufgerufen wurde.',
  all: 'Jede Funktion des Programms wurde aufgerufen.',
  label: 'Funktionen ohne Aufruf in dieser Spur',
  notRecorded: 'nicht aufgezeichnet',
  notYet: 'Noch nicht. Bis dahin gilt das Wort der Maschine.',
  unknownText:
    'Die Richtlinie zeichnet nicht jeden Aufruf auf; dass keiner in der Spur steht, sagt also nichts. Ihre Aufrufe aufschreiben lassen und noch einmal ausführen.',
  standing: {
    claimed: {
      title: 'Behauptet, bis es noch einmal ausgeführt wird',
      text: 'Das sagt dieser Lauf von sich selbst. Ein Beweis zeigt anderen, dass es so unterschrieben wurde; ob es so ist, zeigt nur ein erneuter Lauf.',
    },
    again: {
      title: 'Noch einmal ausgeführt',
      text: 'Das Programm wurde hier noch einmal ausgeführt und tat dasselbe; sein Verzeichnis der Aufrufe ist also, was es wirklich tat.',
    },
    other: {
      title: 'Noch einmal ausgeführt, tat es etwas anderes',
      text: 'Das Programm tat beim erneuten Lauf etwas anderes; auf diese Spur ist also kein Verlass.',
    },
  },
  download: 'Diesen Beweis herunterladen',
  rerun: 'Hier noch einmal ausführen',
  way: {
    title: 'Warum das Verzeichnis das sagt',
    lead: 'Jede Funktion des Programms hat einen Eintrag: ob alle ihre Aufrufe aufgezeichnet werden und wie viele es sind. Der Weg vom Eintrag führt zur Wurzel des Verzeichnisses. Mit der Zahl der Funktionen gehasht ist sie das, was unterschrieben wird.',
    label: 'Der Weg vom Eintrag zur Wurzel des Verzeichnisses',
    leaf: 'Eintrag der Funktion',
  },
};
