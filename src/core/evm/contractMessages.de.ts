import type { Messages } from '../verdict/messages.ts';
import { evmMessages } from './messages.de.ts';

/** Words for what is read of a contract from nodes of its ledger; those of blocks in a file where nothing else is said. */
export const evmContractMessages: Messages = {
  ...evmMessages,
  EVM_CHAIN_ID: {
    title: 'Die Knoten gehören zum festgelegten Ledger',
    pass: 'Jeder gefragte Knoten ({nodes}) sagt, dass er zum Ledger {chainId} gehört. Was sie zeigen, wird trotzdem nach seinen Siegeln beurteilt.',
    fail: 'Festgelegt ist das Ledger {chainId}, der Knoten gehört aber zum Ledger {found}.',
    action: 'Einen Knoten des richtigen Ledgers nennen oder den Eintrag in der Vertrauensdatei berichtigen.',
  },
  EVM_NODES: {
    title: 'Mehrere Knoten wurden verglichen',
    pass: 'Gefragte Knoten: {nodes}. Die Blöcke, die standhalten, zeigen: {agree}. Nicht oder gar nichts zeigen: {differ}. Was standhält, entscheiden Siegel und Beweise, nicht wie viele es sagen.',
    unknown: 'Kein gefragter Knoten ({nodes}) zeigt Blöcke, die standhalten.',
  },
  EVM_NODE: {
    title: 'Der Knoten {node}',
    pass: '{node} zeigt denselben Block {number}: {hash}.',
    fail: '{node} zeigt etwas anderes. {reason}',
    unknown: '{node} half nicht. {reason}',
  },
  EVM_FORM: {
    title: 'Die Blöcke lassen sich lesen',
    fail: 'Ein Block lässt sich nicht für das nehmen, was der Knoten über ihn sagt. {reason}',
    action: 'Einen anderen Knoten fragen.',
  },
  EVM_HEAD: {
    title: 'Der neueste gezeigte Block ist von jetzt',
    pass: 'Der neueste Block, {number}, ist von {time}.',
    unknown: 'Der neueste Block ist vielleicht nicht unter den gezeigten. {reason}',
    action: 'Einen anderen Knoten fragen oder später noch einmal nachsehen.',
  },
  EVM_LINKS: {
    ...evmMessages.EVM_LINKS,
    title: evmMessages.EVM_LINKS?.title ?? '',
    fail: 'Block {number} nennt {parent} als Vorgänger, aber Block {before}, wie der Knoten ihn zeigt, hat den Hash {hash}.',
    unknown: 'Nicht alle Blöcke wurden gezeigt. {reason}',
    action: 'Einen anderen Knoten fragen.',
  },
  EVM_REORGANISED: {
    title:
      'Während des Lesens tauschte das Ledger Blöcke aus ({count}); sie wurden von dort an neu gelesen, wo sich die Zweige trennen.',
  },
  EVM_CHECKPOINT: {
    title: 'Die Blöcke gehören zu dem Ledger, dessen Block festgelegt ist',
    pass: 'Block {number} hat den festgelegten Hash: Alle Blöcke führen auf ihn oder stammen von ihm ab.',
    fail: 'Festgelegt ist {hash} für Block {number}, der Knoten zeigt aber {found}: Es ist eine andere Kette oder ein anderer Zweig.',
    unknown: 'Nichts führt auf einen festgelegten Block. {reason}',
    action:
      'Einen Block dieses Ledgers aus einer vertrauenswürdigen Quelle festlegen, am Anfang des gelesenen Bereichs oder davor.',
  },
  EVM_LIGHT_CLIENT: {
    title: 'Ein Light Client sagt, welcher Block endgültig ist',
    pass: 'Block {number} ({hash}) ist endgültig nach dem Light Client Helios, der dem Konsens von Ethereum vom festgelegten Beacon-Block {beacon} an mit dem folgte, was {node} ihm gab. Bis zu diesem Block ist alles gelesen.',
    unknown: 'Kein Light Client sagt, welcher Block endgültig ist. {reason}',
    action:
      'Einen Block aus einer vertrauenswürdigen Quelle festlegen oder einen neueren Beacon-Block, bei dem zu beginnen ist.',
  },
  EVM_FINALITY: {
    title: 'Die Blöcke lassen sich nicht mehr ersetzen',
    pass: 'Blöcke bis {final} lassen sich nicht mehr ersetzen.',
    unknown: 'Die Blöcke können noch ersetzt werden. {reason}',
    action: 'Auf mehr Blöcke warten oder einen späteren Kontrollpunkt aus einer vertrauenswürdigen Quelle festlegen.',
  },
  EVM_EQUIVOCATION: {
    title: 'Keine zwei Verläufe sind besiegelt',
    fail: 'Bei Block {number} trennen sich zwei Verläufe, und beide sind von genug Validatoren besiegelt ({shownBy}): Mehr von ihnen, als das Ledger verträgt, haben zwei Verläufe unterschrieben. Von dort an ist auf nichts davon Verlass. Validatoren, die beides unterschrieben: {validators}. Beide Köpfe sind aufbewahrt.',
    action: 'Beide Köpfe aufbewahren und die Betreiber dieses Ledgers fragen.',
  },
  EVM_INCLUSION: {
    title: 'Die Ereignisse sind in den Blöcken',
    pass: 'Jedes Ereignis ({events}) ist bewiesen: Die Quittungen seines Blocks ergeben die Wurzel, auf die sich der Block festlegt (Blöcke: {blocks}).',
    fail: 'Die Quittungen von Block {number} von {node} sind nicht die dieses Blocks: Ein Ereignis fehlt, kam hinzu oder wurde verändert. {reason}',
    unknown: 'Die Quittungen von Block {number} waren nicht zu bekommen. {reason}',
    action: 'Einen anderen Knoten nach den Quittungen dieses Blocks fragen.',
  },
  EVM_STATE: {
    title: 'Das Konto des Vertrags ist, wie der letzte Block es hat',
    pass: 'Das Konto {address} und was von seinem Speicher gefragt wurde (Plätze: {slots}) sind gegen den Zustand von Block {number} bewiesen.',
    fail: 'Der Beweis des Kontos führt nicht auf den Zustand von Block {number}. {reason}',
    unknown: 'Das Konto ist nicht bewiesen. {reason}',
    action: 'Einen Knoten fragen, der bei diesem Block Beweise gibt (`eth_getProof`).',
  },
  EVM_CODE: {
    title: 'Der Vertrag ist, was er sein soll',
    pass: 'Der Code unter {address} ist der von {name}: Sein Hash ist gegen den Zustand von Block {number} bewiesen.',
    fail: 'Der Code unter {address} ist nicht, was er sein soll. {reason}',
    unknown: 'Welcher Code unter {address} liegt, lässt sich nicht beurteilen. {reason}',
    action:
      'Den Hash des Codes mit einer vertrauenswürdigen Quelle vergleichen und den Vertrag in der Vertrauensdatei nennen.',
  },
  EVM_COMPLETE: {
    title: 'Kein Ereignis wurde weggelassen',
    pass: 'Kein Ereignis der Blöcke {from} bis {to} fehlt (Ereignisse: {events}); bekannt ist das durch {words}.',
    fail: 'Ereignisse wurden weggelassen oder verändert. {reason}',
    unknown: 'Ob Ereignisse weggelassen wurden, lässt sich nicht sagen. {reason}',
    action: 'Jeden Block des Bereichs lesen lassen, von einem Knoten, der sie hat.',
  },
  EVM_TRANSACTION: {
    title: 'Die Transaktion {hash} ist in ihrem Block',
    pass: 'Die Transaktion {hash} von {from} ist Nummer {index} von Block {number}: Alle Transaktionen des Blocks ergeben die Wurzel, auf die er sich festlegt.',
    fail: 'Die Transaktion {hash} ist nicht, wo der Knoten sagt. {reason}',
    unknown: 'Die Transaktion {hash} ist nicht bewiesen. {reason}',
    action: 'Einen anderen Knoten fragen.',
  },
  EVM_INTERFACE: {
    title: 'Jedes Ereignis gehört zur Schnittstelle des Vertrags',
    pass: 'Jedes Ereignis ({events}) ist die eine Kodierung von Werten der Schnittstelle.',
    fail: 'Ereignisse, die der Vertrag unter dieser Schnittstelle nicht geschrieben haben kann: {failed} von {events}.',
    action: 'Prüfen, ob die Adresse die des Vertrags ist und die Schnittstelle die seiner Version.',
  },
  EVM_EVENT: {
    title: 'Das Ereignis gehört zur Schnittstelle des Vertrags',
    pass: 'Ereignis {log} von Block {number} ist {name}.',
    fail: 'Ereignis {log} von Block {number} ist keines, das {address} unter dieser Schnittstelle geschrieben haben kann. {reason}',
    action: 'Prüfen, ob die Adresse die des Vertrags ist und die Schnittstelle die seiner Version.',
  },
};
