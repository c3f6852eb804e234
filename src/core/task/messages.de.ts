import type { Messages } from '../verdict/messages.ts';

export const taskMessages: Messages = {
  TASK_EVENTS: {
    title: 'Was der Vertrag sagte, lässt sich lesen',
    pass: 'Von {of} Ereignissen des Vertrags, in einer Reihenfolge, betreffen {count} die Aufgabe {id}.',
    fail: 'Das Ereignis {log} von Block {block} lässt sich an seinem Platz nicht für eines des Vertrags nehmen. {reason}',
    unknown: 'Es gibt nichts zu beurteilen. {reason}',
    action:
      'Die Nummer der Aufgabe und die Adresse des Vertrags prüfen und einen Bereich von Blöcken angeben, der die Aufgabe enthält.',
  },
  TASK_STEPS: {
    title: 'Kein Schritt wurde übersprungen',
    pass: 'Die {steps} Schritte stehen in einer Reihenfolge, die der Vertrag erlaubt; die Aufgabe ist {state}.',
    fail: '{step} in Block {block} kann dort nicht stehen. {reason}',
    unknown: 'Die Schritte der Aufgabe sind nicht bekannt. {reason}',
    action:
      'Ereignisse fehlen oder gehören nicht zu diesem Vertrag. Alle seine Ereignisse lesen, von mehr als einem Knoten.',
  },
  TASK_ACTORS: {
    title: 'Jeden Schritt tat, wer es darf',
    pass: 'Der Auftraggeber {owner} reichte die Aufgabe ein, die andere Seite bestätigte die Verbindung, und nur {processor} war zur Ausführung benannt.',
    fail: '{step} in Block {block} tat jemand, der es nicht darf. {reason}',
    unknown: 'Wer welchen Schritt tat, lässt sich nicht sagen. {reason}',
  },
  TASK_OFFER: {
    title: 'Das Angebot bestand zuvor, galt und war frei',
    pass: 'Das verbundene Angebot wurde zuvor gemacht, war nicht abgelaufen und nicht vergeben.',
    fail: 'Das von {step} in Block {block} genannte Angebot hält nicht stand. {reason}',
    unknown: 'Das Angebot lässt sich nicht beurteilen. {reason}',
    action: 'Die Ereignisse des Vertrags von seinem ersten Block an lesen.',
  },
  TASK_DEADLINE: {
    title: 'Jeder Schritt war rechtzeitig',
    pass: 'Jeder Schritt geschah rechtzeitig; die Frist ist {deadline}.',
    fail: '{step} in Block {block} war nicht rechtzeitig. {reason}',
    unknown: 'Ob die Schritte rechtzeitig waren, lässt sich nicht sagen. {reason}',
  },
  TASK_TIMES: {
    title: 'Die behaupteten Zeiten passen zu den Blöcken',
    pass: 'Start ({started}) und Ende ({ended}), wie behauptet, liegen zwischen Bestätigung und Eintrag, bei 60 s Spielraum der Uhren.',
    fail: 'Die von {step} in Block {block} behauptete Zeit passt nicht. {reason}',
    unknown: 'Die behaupteten Zeiten lassen sich nicht beurteilen. {reason}',
  },
  TASK_HASHES: {
    title: 'Die Hashes, die da sein müssen, sind da',
    pass: 'Programm, Schlüssel des Ausführers, Ergebnis und Attestierung sind durch einen Hash benannt, so weit die Aufgabe gekommen ist.',
    fail: 'Diese Hashes sind null: {missing}.',
  },
  TASK_SENTINEL: {
    title: 'Der Hash von {name} ({hash}) ist der von {what}: Über die wirklichen Daten sagt er nichts.',
  },
  TASK_CONTAINER: {
    title: 'Der Container ist mit seinem Digest benannt',
    pass: 'Das Programm ist der Container {image}: Der Digest seines Manifests ist das Programm auf dem Ledger, {program}.',
    fail: 'Der Text nennt den Container {image}, der nicht das Programm auf dem Ledger ist. {reason}',
  },
  TASK_CONTAINER_NOT_RUN: {
    title:
      'Ein Container wird mit seinem Digest eingetragen und sonst nichts: Hier wurde er weder geholt noch ausgeführt.',
  },
  TASK_COMPLETED: {
    title: 'Die Aufgabe wurde bis zu ihrem Ende ausgeführt',
    pass: 'Die Aufgabe begann um {started} und endete um {ended}, wie der Bearbeiter {processor} sagt, und ihr Ergebnis ist eingetragen.',
    fail: 'Die Aufgabe hat kein Ergebnis und wird keines haben: Sie ist {state}.',
    unknown: 'Die Aufgabe hat noch kein Ergebnis: Sie ist {state}.',
    action: 'Später noch einmal nachsehen. Die Frist ist {deadline}.',
  },
  TASK_ATTESTATION: {
    title: 'Die Attestierung der Enklave spricht für diese Aufgabe',
    pass: '{name} ({kind}) ist echt, vom erwarteten Code und spricht für genau diese Aufgabe.',
    fail: '{name} ({kind}) spricht nicht für diese Aufgabe.',
    unknown: 'Ob eine Enklave für diese Aufgabe spricht, lässt sich nicht sagen.',
    action:
      'Das Attestierungsdokument der Aufgabe dazulegen oder mit --with angeben. Sein SHA3-256 steht auf dem Ledger.',
  },
  TASK_ATTESTATION_DIGEST: {
    title: 'Das Dokument ist das vom Ledger genannte',
    pass: '{name} hat den Digest, der mit dem Ergebnis eingetragen wurde.',
    fail: '{name} hat den Digest {found}; mit dem Ergebnis eingetragen wurde {expected}.',
    action: 'Das Dokument holen, das mit diesem Ergebnis entstand.',
  },
  TASK_ATTESTATION_DOCUMENT: {
    title: 'Das Dokument hält für sich stand',
    pass: 'Das Dokument ({kind}) hält stand, und der Code ist der festgelegte.',
    fail: 'Das Dokument ({kind}) hält nicht stand.',
    unknown: 'Das Dokument ({kind}) lässt sich nicht zu Ende beurteilen.',
  },
  TASK_BINDING: {
    title: 'Das Dokument spricht von dieser Aufgabe',
    pass: 'Was die Enklave unterschrieb, nennt dieses Ledger, diesen Vertrag und diese Aufgabe und dasselbe Programm, denselben Datensatz, Schlüssel, dasselbe Ergebnis und dieselbe Ausgabe ({how}).',
    fail: 'Was die Enklave unterschrieb, betrifft nicht diese Aufgabe. {reason}',
    unknown: 'Ob das Dokument von dieser Aufgabe spricht, lässt sich nicht sagen. {reason}',
    action:
      'Ein Dokument, das die Aufgabe nicht nennt, kann für eine andere gemacht sein. Den Bearbeiter um das für diese bitten.',
  },
  TASK_RUNNER_KEY: {
    title: 'Der Schlüssel des Ausführers ist der der Enklave',
    pass: 'Der Schlüssel, den der Start nannte, ist der im Dokument.',
    fail: 'Der Start nannte den Schlüssel {expected}, das Dokument hat {found}.',
  },
  TASK_ATTESTATION_TIME: {
    title: 'Das Dokument entstand, während die Aufgabe lief',
    pass: 'Das Dokument wurde um {signed} unterschrieben, zwischen Start ({from}) und Eintrag ({to}).',
    fail: 'Das Dokument wurde um {signed} unterschrieben; die Aufgabe begann um {from} und wurde um {to} eingetragen.',
  },
  TASK_PROGRAM: fileWords('Programm'),
  TASK_DATA_SET: fileWords('Datensatz'),
  TASK_SECRET_FILE: fileWords('Geheime Datei'),
  TASK_RESULT: fileWords('Ergebnis'),
  TASK_OUTPUT: fileWords('Ausgabe, wie hochgeladen'),
  TASK_LEDGER: {
    title: 'Das Ledger ist ein festgelegtes',
    pass: 'Die Vertrauensdatei legt das Ledger {chainId} ({consensus}) für diese Blöcke fest.',
    fail: 'Die Bescheinigung sagt, dass sich das Ledger {chainId} durch {consensus} einigt; die Vertrauensdatei sagt {found}.',
    unknown: 'Die Vertrauensdatei legt das Ledger {chainId} ({consensus}) für diese Blöcke nicht fest.',
    action:
      'Validatoren und einen Block dieses Ledgers aus vertrauenswürdigen Quellen holen, nicht aus der Bescheinigung, und unter `evm` festlegen.',
  },
  TASK_PROOFS: {
    title: 'Die Ereignisse sind in den Blöcken',
    pass: 'Die {events} Ereignisse sind mit {receipts} Quittungen gegen die Wurzeln der Blöcke selbst bewiesen.',
    fail: 'Die Ereignisse sind nicht bewiesen. {reason}',
    unknown: 'Ob die Ereignisse bleiben, lässt sich nicht sagen. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  TASK_STORAGE: {
    title: 'Der Vertrag hat die Aufgabe so gespeichert, wie die Ereignisse sagen',
    pass: 'Auftraggeber, Bearbeiter, Angebot, Zustand, Frist und Start der Aufgabe im Speicher des Vertrags bei Block {number} sind die der Ereignisse.',
    fail: 'Der Speicher des Vertrags bei Block {number} passt nicht zu den Ereignissen. {reason}',
    unknown: 'Was der Vertrag gespeichert hat, lässt sich nicht sagen. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  TASK_CLAIM: {
    title: 'Was die Bescheinigung sagt, sagen auch die Ereignisse',
    pass: 'Beteiligte, Hashes und Zeiten der Bescheinigung sind die der Ereignisse. Programm {program}, Ergebnis {result}.',
    fail: 'Die Bescheinigung sagt anderes als die Ereignisse. {reason}',
    unknown: 'Was die Bescheinigung sagt, ließ sich nicht mit Ereignissen vergleichen. {reason}',
    action: 'Auf das, was die Datei sagt, ist kein Verlass. Das Original erbitten.',
  },
  TASK_FILE: {
    title: 'Die Datei daneben gehört zur Aufgabe',
    fail: '{name} ist weder Programm noch Datensatz noch Ergebnis der Aufgabe: Kein Hash auf dem Ledger passt dazu.',
    action: 'Prüfen, ob es genau dieselbe Datei ist: Schon ein geändertes Byte macht sie zu einer anderen.',
  },
};

function fileWords(what: string) {
  return {
    title: `${what}: die Datei ist die der Aufgabe`,
    pass: `{name} ist, was die Aufgabe nennt: ${what} ({how} {hash}).`,
    fail: `{name} ist nicht, was die Aufgabe nennt (${what}): Das Ledger hat {expected}, die Datei {found}.`,
    unknown: `Das Ledger nennt dazu nichts (${what}); {name} lässt sich also nicht vergleichen.`,
    action: 'Prüfen, ob es genau dieselbe Datei ist: Schon ein geändertes Byte macht sie zu einer anderen.',
  };
}
