import type { Messages } from '../../verdict/messages.ts';

/** Words for what a ledger says of a trace, and for the environment of the machine that signed it. */
export const anchorMessages: Messages = {
  TRACE_ANCHOR: {
    title: 'Die Spur ist auf einem Ledger verankert',
    pass: 'Der Vertrag {contract} des Ledgers {chainId} hat die Unterschrift der Maschine geprüft und führt die Spur {id}.',
    fail: 'Die Spur {id} ist vom Vertrag {contract} des Ledgers {chainId} nicht so verankert, wie sie es sein müsste.',
    unknown: 'Ob die Spur {id} verankert ist, lässt sich noch nicht sagen.',
  },
  TRACE_LEDGER: {
    title: 'Was das Ledger sagt, ist bewiesen',
    pass: 'Blöcke bis {number} sind von den festgelegten Validatoren besiegelt, und alle Ereignisse und der Speicher des Vertrags sind gegen sie bewiesen.',
    fail: 'Was vom Vertrag {contract} gezeigt wurde, hält gegen die Blöcke des Ledgers {chainId} nicht stand.',
    unknown: 'Was vom Vertrag {contract} gezeigt wurde, ist nicht alles bewiesen.',
    action:
      'Einen anderen Knoten des Ledgers fragen und sicherstellen, dass die Vertrauensdatei dessen Validatoren und den Vertrag festlegt.',
  },
  TRACE_LEDGER_PINNED: {
    title: 'Das Ledger ist ein festgelegtes',
    pass: 'Die Vertrauensdatei legt das Ledger {chainId} ({consensus}) für diese Blöcke fest.',
    fail: 'Die Bescheinigung sagt, dass sich das Ledger {chainId} durch {consensus} einigt; die Vertrauensdatei sagt {found}.',
    unknown: 'Die Vertrauensdatei legt das Ledger {chainId} ({consensus}) für diese Blöcke nicht fest.',
    action:
      'Validatoren und einen Block dieses Ledgers aus vertrauenswürdigen Quellen holen, nicht aus der Bescheinigung, und unter `evm` festlegen.',
  },
  TRACE_PROOFS: {
    title: 'Die Ereignisse des Vertrags sind in den Blöcken',
    pass: 'Die {events} Ereignisse sind mit {receipts} Quittungen gegen die Wurzeln der Blöcke selbst bewiesen.',
    fail: 'Die Ereignisse sind nicht bewiesen. {reason}',
    unknown: 'Ob die Ereignisse bleiben, lässt sich nicht sagen. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  TRACE_STORAGE: {
    title: 'Was der Vertrag führt, ist bewiesen',
    pass: 'Das Konto des Vertrags und der Platz des Ankers sind gegen den Zustand von Block {number} bewiesen.',
    fail: 'Was der Vertrag bei Block {number} führt, ist nicht bewiesen. {reason}',
    unknown: 'Was der Vertrag führt, lässt sich noch nicht sagen. {reason}',
    action: 'Die Originaldatei erbitten.',
  },
  TRACE_ANCHORED: {
    title: 'Der Vertrag führt genau diese Spur',
    pass: 'Sie ist Nummer {number} dessen, was der Vertrag gesagt hat, in Block {block} von {time}.',
    fail: 'Der Vertrag führt die Spur {id} nicht. {reason}',
    unknown: 'Ob der Vertrag die Spur {id} führt, ist nicht gezeigt. {reason}',
    action: 'Der Inhaber der Spur muss sie verankern oder Vertrag und Ledger nennen, bei denen sie verankert ist.',
  },
  TRACE_ANCHOR_SIGNATURE: {
    title: 'Der registrierte Schlüssel der Maschine hat unterschrieben',
    pass: 'Schlüssel {key} der Maschine ({algorithm}), von {owner} registriert, hat die Spur für diesen Vertrag unterschrieben und galt in diesem Block.',
    fail: 'Die Unterschrift hält nicht stand. {reason}',
    unknown: 'Die Unterschrift wurde nicht geprüft. {reason}',
  },
  TRACE_MACHINE: {
    title: 'Der Maschine wird vertraut',
    pass: 'Die Maschine {name} ist festgelegt, und der Schlüssel ist ihr eigener.',
    fail: 'Die Maschine {vm} hat mit einem anderen Schlüssel unterschrieben. {reason}',
    unknown: 'Wessen Maschine {vm} ist, sagt hier nichts. {reason}',
    action:
      'Kennung und Schlüssel der Maschine von ihrem Eigentümer auf anderem Weg holen, mit {vm} und {key} vergleichen und in der Vertrauensdatei unter „vms“ festlegen.',
  },
  TRACE_KEY_LATER: {
    title:
      'Unterschrieben wurde mit einem anderen Schlüssel als dem festgelegten: Laut Ledger hat der Eigentümer der Maschine Schlüssel getauscht, und dieser galt, als die Spur verankert wurde.',
  },
  TRACE_KEY_EXCHANGED: {
    title: 'Der Eigentümer der Maschine, {owner}, hat ihren Schlüssel nach oder vor dem festgelegten getauscht.',
  },
  TRACE_CODE: {
    title: 'Es ist eine Spur dieses Programms',
    pass: 'Die Spur ist vom Programm {code}.',
    fail: 'Die Spur ist vom Programm {found}, nicht von {code}.',
  },
  TRACE_ASKED: {
    title: 'Wonach gefragt wurde, zeigt der Beweis',
    pass: 'Der Beweis zeigt es: {asked}.',
    fail: 'Der Beweis zeigt etwas anderes als {asked}. {reason}',
    unknown: 'Ob {asked} standhält, sagt der Beweis nicht. {reason}',
    action: 'Den Inhaber der Spur um einen Beweis genau dieses Ereignisses bitten.',
  },
  TRACE_VM_DOCUMENT: {
    title: 'Die Maschine läuft in einer attestierten Umgebung',
    pass: '{name} ({kind}) spricht für die Umgebung dieser Maschine und ihren Schlüssel.',
    fail: '{name} ({kind}) spricht nicht für diese Maschine.',
    unknown: 'Die Umgebung der Maschine lässt sich nicht beurteilen. {reason}',
    action: 'Das Attestierungsdokument {digest} dazulegen.',
  },
  TRACE_VM_DIGEST: {
    title: 'Das Dokument ist das in der Registrierung genannte',
    pass: '{name} hat den Digest, der auf dem Ledger steht, {expected}.',
    fail: '{name} hat den Digest {found}; die Registrierung nennt {expected}.',
  },
  TRACE_VM_ATTESTATION: {
    title: 'Das Dokument hält für sich stand',
    pass: '{name} hält als {kind} nach dem Festgelegten stand.',
    fail: '{name} hält als {kind} nicht stand.',
    unknown: '{name} lässt sich als {kind} nach dem Festgelegten nicht beurteilen.',
  },
  TRACE_VM_BINDING: {
    title: 'Das Dokument ist an diese Maschine und diesen Schlüssel gebunden',
    pass: 'Was die Umgebung unterschrieb, nennt diese Maschine und ihren Schlüssel: {how}.',
    fail: 'Was die Umgebung unterschrieb, nennt eine andere Maschine oder einen anderen Schlüssel. {reason}',
    unknown: 'Das Dokument sagt nicht, für welche Maschine es spricht. {reason}',
  },
};
