import type { Messages } from '../verdict/messages.ts';
import { membershipMessages } from './membership/messages.de.ts';

/** Words for the checks of an attestation network. */
export const networkMessages: Messages = {
  ...membershipMessages,
  NET_EVENTS: {
    title: 'Nichts, was der Vertrag sagte, fehlt',
    pass: 'Die {events} Ereignisse ergeben genau die Zählung und den laufenden Hash, die der Vertrag führt.',
    fail: 'Die Ereignisse sind nicht die, die der Vertrag schrieb. {reason}',
    unknown: 'Ob Ereignisse fehlen, lässt sich nicht sagen. {reason}',
    action: 'Den Vertrag von seiner Entstehung an lesen, von einem anderen Knoten.',
  },
  NET_RULES: {
    title: 'Jeder Schritt folgt den Regeln des Netzes',
    pass: 'Die {events} Ereignisse des Netzes, von {nodes} Knoten, sind, was seine Regeln erlauben.',
    fail: 'Block {block}: {reason}',
    unknown: 'Die Regeln ließen sich nicht verfolgen. {reason}',
  },
  NET_ANCHORS: {
    title: 'Wer wann Vertrauensanker war',
    pass: 'Alle Wahlen von Vertrauensknoten ({epochs}) wurden mit demselben Ausgang wiederholt. In Epoche {epoch} sind es {trusted}.',
    fail: 'Block {block}: Die Vertrauensknoten sind nicht die, die die Regeln wählen. {reason}',
    unknown: 'Wer die Vertrauensknoten sind, lässt sich nicht sagen. {reason}',
  },
  NET_VOTE: {
    title: 'Jede Stimme ist von ihrem Knoten unterschrieben',
    pass: 'Stimmen, deren Unterschriften geprüft wurden: {votes}, von {nodes} Knoten, jede unter dem geltenden Schlüssel.',
    fail: 'Block {block}: {reason}',
    unknown: 'Die Stimmen ließen sich nicht prüfen. {reason}',
  },
  NET_QUORUM: {
    title: 'Jeder Eintrag hatte sein Quorum von Vertrauensknoten',
    pass: 'Einträge: {records} zu {requests} Anfragen, jeder mit gleichen Stimmen von zwei Dritteln der Vertrauensknoten seiner Epoche.',
    fail: 'Block {block}: {reason}',
    unknown: 'Die Quoren ließen sich nicht zählen. {reason}',
  },
  NET_DISSENT: { title: '{account} stimmte anders als der Eintrag: {records}.' },
  NET_SILENCE: { title: '{account} stimmte nicht zu Einträgen, zu denen es seine Pflicht war: {records}.' },
  NET_RECORD: {
    title: 'Jeder Eintrag ist vollständig und folgt dem vor ihm',
    pass: 'Die {records} Einträge bilden eine Kette, die mit {last} endet.',
    fail: 'Block {block}: {reason}',
    unknown: 'Die Kette der Einträge ließ sich nicht bis zu ihrem Ende verfolgen. {reason}',
  },
  NET_REPUTATION: {
    title: 'Der Ruf jedes Knotens wurde neu berechnet',
    pass: 'Knoten, deren Ruf, aus {changes} Änderungen neu berechnet, der vom Vertrag geführte ist: {nodes}.',
    fail: 'Der Vertrag führt etwas anderes, als aus den Stimmen folgt. {reason}',
    unknown: 'Der Ruf lässt sich nicht vergleichen. {reason}',
    action: 'Einen Knoten fragen, der Beweise des Speichers gibt (eth_getProof).',
  },
  NET_EQUIVOCATION: {
    title: 'Wer zwei verschiedene Stimmen unterschrieb, wurde bestraft',
    pass: 'Kein Knoten, von dem bekannt ist, dass er für eine Anfrage und Epoche zwei verschiedene Stimmen unterschrieb, hat noch eine Stimme. Bestraft: {slashed} ({accounts}).',
    fail: '{reason}',
    unknown: 'Wer zwei Stimmen unterschrieb, ließ sich nicht suchen. {reason}',
    action: 'Beide Stimmen an den Vertrag senden (slash).',
  },
  NET_FINAL: {
    title: 'Das Netz beantwortet seine Anfragen',
    pass: 'Von {requests} Anfragen wartete keine länger als eine Epoche; noch offen: {open}.',
    unknown: 'Nicht jede Anfrage hat ihren Eintrag. {reason}',
    action: 'Die Betreiber der schweigenden Knoten fragen; das Audit nennt sie.',
  },
  NET_EARLIER: {
    title:
      'Stimmen zur Anfrage {request} aus einer früheren Epoche als {epoch}: {votes}. Sie zählen nicht, denn nur gleiche Stimmen einer Epoche ergeben einen Eintrag; die Vertrauensknoten können erneut darüber abstimmen.',
  },
  NET_EVIDENCE: {
    title: 'Das Dokument der Anfrage {request} sagt, was der Eintrag sagt',
    pass: '{name} ({kind}) der Anfrage {request}{which} wurde unter {under} neu beurteilt: Der Eintrag ({valid}) ist richtig.',
    fail: '{name} der Anfrage {request}{which} wurde unter {under} neu beurteilt, und der Eintrag ({valid}) ist nicht richtig. {reason}',
    unknown: '{name} der Anfrage {request}{which} ließ sich nicht so beurteilen, wie es die Knoten taten. {reason}',
    action:
      'Die Kriterien (eine Vertrauensdatei) dazulegen und, wo die Anfrage ihre Messwerte verbirgt, die Öffnung; oder festlegen, was das Dokument braucht.',
  },
  NET_NODE: {
    title: 'Die Enklave des Knotens {account}',
    pass: '{name} hält stand und spricht von diesem Knoten und seinem Schlüssel.',
    fail: '{name} zeigt nicht die Enklave dieses Knotens.',
    unknown: 'Ob {name} die Enklave dieses Knotens zeigt, lässt sich nicht sagen.',
    action: 'Die Messwerte des Programms des Knotens festlegen.',
  },
  NET_NODE_BINDING: {
    title: 'Das Dokument spricht von diesem Knoten',
    pass: 'Es nennt das Konto {account} und den Schlüssel {key} in diesem Netz.',
    fail: '{reason}',
    unknown: '{reason}',
  },
  NET_BATCH: {
    title: 'Die Anfragen sind in dem Stapel auf dem Ledger',
    pass: '{name}: Anfragen ({count}) unter der Wurzel der Anfrage {request}.',
    fail: '{name} ist nicht, was unter der Wurzel der Anfrage {request} steht. {reason}',
    unknown: '{name}: {reason}',
  },
  NET_DISCLOSURE: {
    title: 'Die gezeigten Messwerte sind die, auf die man sich festlegte',
    pass: 'Anfrage {request} hat sich festgelegt auf: {shown}.',
    fail: '{reason}',
    unknown: '{name}: {reason}',
  },
  NET_COMPANION: {
    title: 'Eine Datei daneben ist verwendbar',
    fail: '{name} lässt sich nicht lesen. {reason}',
    unknown: '{name} wurde nicht verwendet. {reason}',
    action: 'Sie weglassen.',
  },
  NET_LEDGER: {
    title: 'Das Ledger ist ein festgelegtes',
    pass: 'Die Vertrauensdatei legt das Ledger {chainId} ({consensus}) für diese Blöcke fest.',
    fail: 'Die Vertrauensdatei legt das Ledger {chainId} als {found} fest, die Bescheinigung sagt {consensus}.',
    unknown:
      'Die Vertrauensdatei hat keinen Eintrag für das Ledger {chainId} ({consensus}), der für diese Blöcke gilt.',
    action: 'Die Validatoren des Ledgers oder einen seiner Blöcke aus einer vertrauenswürdigen Quelle festlegen.',
  },
  NET_PROOFS: {
    title: 'Die Ereignisse des Eintrags sind auf dem Ledger',
    pass: 'Gezeigte Ereignisse: {events}, in Quittungen, auf die sich die Blöcke festlegen: {receipts}.',
    fail: 'Was von den Ereignissen gezeigt wird, hält nicht stand. {reason}',
    unknown: 'Auf die Ereignisse ist kein Verlass. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  NET_STORAGE: {
    title: 'Der Vertrag führt diesen Eintrag',
    pass: 'In Block {number} führt der Vertrag den Hash genau dieses Eintrags.',
    fail: 'Was der Vertrag in Block {number} führt, ist nicht dieser Eintrag. {reason}',
    unknown: 'Was der Vertrag in Block {number} führt, lässt sich nicht vergleichen. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  NET_RECORD_QUORUM: {
    title: 'Die Vertrauensknoten jener Zeit haben ihn attestiert',
    pass: 'Anfrage {request} wurde von {signers} der {trustNodes} Vertrauensknoten jener Epoche für gültig befunden, jede Unterschrift geprüft; {needed} waren nötig.',
    fail: 'Anfrage {request} ist nicht attestiert. {reason}',
    unknown: 'Ob Anfrage {request} attestiert ist, lässt sich nicht sagen. {reason}',
    action: 'Mit einem Audit des Netzes sehen, was es zur Anfrage sagt.',
  },
  NET_LEAF: {
    title: 'Die Anfrage ist in dem Stapel',
    pass: 'Sie ist Nummer {index}, ab 0, der {count} Anfragen unter der Wurzel der Anfrage {request}.',
    fail: 'Sie ist nicht in dem Stapel der Anfrage {request}. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  NET_CLAIM: {
    title: 'Was behauptet wird, sagen auch die Ereignisse',
    pass: 'Maschine {vmId}: Jeder Wert der Behauptung ist einer der bewiesenen Ereignisse.',
    fail: 'Die Behauptung ist nicht, was die Ereignisse sagen. {reason}',
    unknown: 'Die Behauptung lässt sich nicht vergleichen. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
};
