import type { Messages } from '../verdict/messages.ts';

export const evmMessages: Messages = {
  EVM_FORM: {
    title: 'Die Blöcke lassen sich lesen',
    pass: 'Jeder Kopf lässt sich als Block des Ledgers {chainId} lesen ({consensus}).',
    fail: 'Die Datei lässt sich nicht für das nehmen, was sie zu sein angibt. {reason}',
    action:
      'Die Datei aus den Antworten eines Knotens neu schreiben oder den Eintrag für dieses Ledger in der Vertrauensdatei berichtigen.',
  },
  EVM_LINKS: {
    title: 'Die Blöcke folgen aufeinander',
    pass: 'Jeder Kopf, {first} bis {last} (insgesamt {count}), nennt den vor ihm mit seinem Hash.',
    fail: 'Block {number} nennt {parent} als Vorgänger, aber Block {before} vor ihm in der Datei hat den Hash {hash}.',
    unknown: 'Ob die Blöcke aufeinander folgen, lässt sich nicht sagen. {reason}',
  },
  EVM_CHECKPOINT: {
    title: 'Die Blöcke beginnen bei dem festgelegten Block',
    pass: 'Die Blöcke beginnen bei Block {number}, dessen Hash festgelegt ist.',
    fail: 'Festgelegt ist {hash} für Block {number}, die Datei hat aber {found}: Es ist eine andere Kette oder ein anderer Zweig.',
    unknown:
      'Die Blöcke beginnen bei {first}, der Kontrollpunkt ist Block {number}: Nichts führt vom einen zum anderen.',
    action:
      'Alle Köpfe vom Kontrollpunkt an angeben oder einen näheren Kontrollpunkt festlegen, aus einer vertrauenswürdigen Quelle.',
  },
  EVM_VALIDATORS: {
    title: 'Die Validatoren sind die festgelegten',
    pass: 'Von dem Festgelegten an ließen sich die Validatoren (anfangs {count}) bis {through} verfolgen; jetzt sind es {now}.',
    fail: 'Block {number} nennt als seine Validatoren {listed}. Von den festgelegten an verfolgt sind es {expected}.',
    unknown: 'Wer diese Blöcke besiegeln darf, ist nicht bekannt. {reason}',
    action:
      'Die Adressen der Validatoren von den Betreibern des Netzes oder aus seinem Genesis holen, mit einer zweiten Quelle vergleichen und unter `evm` festlegen.',
  },
  EVM_SEALS: {
    title: 'Genug Validatoren haben jeden Block besiegelt',
    pass: 'Jeder Block (insgesamt {count}) ist von genug seiner Validatoren besiegelt.',
    fail: 'Nicht jeder Block ist von genug seiner Validatoren besiegelt.',
    unknown: 'Ob die Siegel von Validatoren stammen, lässt sich nicht sagen. {reason}',
  },
  EVM_HEADER_SEALS: {
    title: 'Block {number} ist besiegelt',
    pass: 'Block {number} ist von {found} von {validators} Validatoren besiegelt; {needed} sind nötig.',
    fail: 'Die Siegel von Block {number} halten nicht stand. {reason}',
  },
  EVM_FINALITY: {
    title: 'Genug Unterzeichner stehen hinter dem letzten Block',
    pass: '{signers} von {validators} Unterzeichnern stehen hinter dem letzten Block; {needed} sind nötig.',
    unknown:
      'Der letzte Block kann noch ersetzt werden: Was bleibt, entscheidet ein Unterzeichner nicht allein. {reason}',
    action: 'Einen Block nehmen, auf dem mehr als die Hälfte der Unterzeichner aufgebaut hat.',
  },
  EVM_RECEIPTS: {
    title: 'Die Quittungen sind die des letzten Blocks',
    pass: 'Die Quittungen ({count}, mit insgesamt {logs} Ereignissen) ergeben die Wurzel, auf die sich Block {number} festlegt: Keine fehlt, kam hinzu oder wurde verändert.',
    fail: 'Die Quittungen ergeben {root}, Block {number} legt sich aber auf {expected} fest: Eine fehlt, kam hinzu, wurde verändert oder steht in anderer Reihenfolge.',
    action: 'Einen anderen Knoten nach den Quittungen dieses Blocks fragen (`eth_getBlockReceipts`).',
  },
  EVM_STATE: {
    title: 'Das Konto ist, wie der letzte Block es hat',
    pass: 'Das Konto {address} und was von seinem Speicher vorliegt (Plätze: {slots}) sind gegen den Zustand von Block {number} bewiesen.',
    fail: 'Der Beweis führt nicht auf den Zustand von Block {number}. {reason}',
    action: 'Einen anderen Knoten nach dem Beweis bei diesem Block fragen (`eth_getProof`).',
  },
};
