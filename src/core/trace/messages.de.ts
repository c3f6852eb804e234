import type { Message, Messages } from '../verdict/messages.ts';
import { anchorMessages } from './anchor/messages.de.ts';
import { zkMessages } from './zk/messages.de.ts';

/** Words for whole traces and for proofs about them. */
export const traceMessages: Messages = {
  ...zkMessages,
  ...anchorMessages,
  TRACE_FORM: {
    title: 'Es hat die Form einer Spur',
    pass: 'Es ist lesbar: eine Spur von {count} Ereignissen des Programms {code}.',
    fail: 'Es lässt sich nicht lesen. {reason}',
  },
  TRACE_PARTS: {
    title: 'Was neben den Ereignissen steht, ist das Unterschriebene',
    pass: 'Richtlinie, Eingaben und Schlüssel in der Datei haben die Digests der unterschriebenen Metadaten.',
    fail: 'Etwas neben den Ereignissen ist nicht, was die Metadaten nennen.',
  },
  TRACE_POLICY: {
    title: 'Die Richtlinie ist die unterschriebene',
    pass: 'Aufgezeichnet wurde, was die unterschriebene Richtlinie sagt ({expected}).',
    fail: 'Die Richtlinie in der Datei ist nicht die unterschriebene ({expected}).',
  },
  TRACE_TAPE: {
    title: 'Das Band der Aufrufe des Hosts ist das unterschriebene',
    pass: 'Die Antworten des Hosts haben den Digest {expected}.',
    fail: 'Das Band hat den Digest {found}; unterschrieben ist {expected}. Es wurde verändert oder gehört zu einem anderen Lauf.',
  },
  TRACE_INPUTS: {
    title: 'Die Eingaben sind die unterschriebenen',
    pass: 'Argumente, Dateien und Startwert haben den Digest {expected}.',
    fail: 'Die Eingaben haben den Digest {found}; unterschrieben ist {expected}. Sie wurden verändert oder gehören zu einem anderen Lauf.',
  },
  TRACE_SALT_KEY: {
    title: 'Der Salt-Schlüssel ist der unterschriebene',
    pass: 'Der Schlüssel, aus dem alle Salts folgen, ist der, auf den man sich festlegte.',
    fail: 'Der Salt-Schlüssel in der Datei ist nicht der, auf den man sich festlegte.',
  },
  TRACE_ROOT: {
    title: 'Die Ereignisse ergeben die unterschriebene Wurzel',
    pass: 'Alle {count} Ereignisse wurden neu gehasht und ergeben die Wurzel {root}.',
    fail: 'Die Ereignisse ergeben nicht, was die Metadaten sagen. {reason}',
    unknown: 'Die Wurzel wurde nicht neu berechnet. {reason}',
    action:
      'Den Inhaber der Spur um den Salt-Schlüssel bitten oder um einen Beweis der Ereignisse, die gezeigt werden dürfen.',
  },
  TRACE_SYMBOLS: {
    title: 'Namen und Typen sind die der unterschriebenen Spur',
    pass: 'Jeder gezeigte Name und Ort im Code führt auf die unterschriebenen Symbole.',
    fail: 'Ein gezeigter Name ist keines der unterschriebenen Symbole. {reason}',
  },
  TRACE_EVENT: {
    title: 'Gezeigt werden Ereignisse des Programms',
    pass: 'Ereignis {index} ist {event}.',
    fail: 'Das Gezeigte ist nicht, was es sein müsste. {reason}',
  },
  TRACE_INCLUSION: {
    title: 'Die Ereignisse sind in der Spur',
    pass: 'Das Gezeigte führt auf die Wurzel {root} der Metadaten daneben.',
    fail: 'Das Gezeigte ist nicht in der Spur. {reason}',
    unknown: 'Ob es in der Spur ist, wurde nicht berechnet. {reason}',
  },
  TRACE_FUNCTIONS: {
    title: 'Wie oft Funktionen aufgerufen wurden',
    pass: 'Die Zahlen der Aufrufe sind die des unterschriebenen Verzeichnisses.',
    fail: 'Eine Zahl von Aufrufen ist nicht die des unterschriebenen Verzeichnisses.',
    unknown: 'Nicht für jede Funktion lässt es sich sagen.',
  },
  TRACE_NOT_CALLED: {
    title: 'Die Funktion {name} wurde nie aufgerufen',
    pass: 'Die unterschriebene Spur hat jeden Aufruf von {name}, und es gab keinen.',
    fail: 'Dass {name} nie aufgerufen wurde, ist nicht, was unterschrieben wurde. {reason}',
    unknown: 'Ob {name} aufgerufen wurde, lässt sich nicht sagen. {reason}',
    action: 'Um eine Spur unter einer Richtlinie bitten, die Aufrufe von {name} aufzeichnet.',
  },
  TRACE_CALLS: {
    title: 'Wie oft die Funktion {name} aufgerufen wurde',
    pass: 'Die unterschriebene Spur hat {count} Aufrufe von {name}.',
    fail: 'Dass {name} {count}-mal aufgerufen wurde, ist nicht, was unterschrieben wurde. {reason}',
    unknown: 'Von {name} wurden {count} Aufrufe aufgezeichnet, es können mehr gewesen sein. {reason}',
    action: 'Um eine Spur unter einer Richtlinie bitten, die jeden Aufruf von {name} aufzeichnet.',
  },
  TRACE_PREFIX: {
    title: 'Die Spur beginnt mit allem einer früheren',
    pass: 'Die ersten {leaves} Blätter sind die der Spur mit der Wurzel {root}.',
    fail: 'Dass die Spur mit der mit der Wurzel {root} beginnt, ist nicht gezeigt.',
  },
  TRACE_REQUEST: {
    title: 'Es beantwortet die eigene Anfrage',
    pass: 'Der Beweis wurde gegen die Anfrage {name} beurteilt: ihre Nonce und ihre Aussage.',
    fail: 'Der Beweis beantwortet die Anfrage {name} nicht. {reason}',
    unknown: 'Ob der Beweis die Anfrage {name} beantwortet, lässt sich nicht sagen. {reason}',
    action: 'Die Anfrage so angeben, wie sie gesendet wurde: {"affidavit":"trace-request/1","nonce":…,"statement":…}.',
  },
  TRACE_SIGNATURE: {
    title: 'Die festgelegte Maschine hat unterschrieben',
    pass: 'Die Maschine {name}, die festgelegt ist, hat unterschrieben.',
    fail: 'Die Unterschrift hält nicht stand. {reason}',
    unknown: 'Wer unterschrieben hat, lässt sich nicht sagen. {reason}',
    action:
      'Kennung und Schlüssel der Maschine {vm} von ihrem Eigentümer auf anderem Weg holen, vergleichen und in der Vertrauensdatei unter „vms“ festlegen. Hier ist er {key}. Hat ihr Eigentümer Schlüssel getauscht, das Ledger fragen lassen.',
  },
  TRACE_CLAIMED: {
    title:
      'Unterschrieben ist nicht noch einmal ausgeführt: Dass das Programm dies tat, behauptet die Maschine, bis jemand es noch einmal ausführt.',
  },
  TRACE_REEXECUTED: {
    title: 'Noch einmal ausgeführt, tut das Programm dasselbe',
    pass: 'Das Programm wurde hier noch einmal ausgeführt und ergab dieselben {events} Ereignisse mit derselben Wurzel {root}.',
    fail: 'Noch einmal ausgeführt, tut das Programm etwas anderes. {reason}',
    unknown: 'Das Programm wurde nicht noch einmal ausgeführt. {reason}',
    action:
      'Das Programm {code} zur Spur dazulegen (--with program.wasm) und sicherstellen, dass die Datei die Eingaben oder das Band enthält.',
  },
  TRACE_ANCHOR: {
    ...(anchorMessages.TRACE_ANCHOR as Message),
    action:
      'Unterschrieben wurde sie für den Vertrag {contract} des Ledgers {chainId}. Nachschlagen, wo sich ein Knoten dieses Ledgers fragen lässt: auf der Seite der Spuren oder mit der Befehlszeile.',
  },
};
