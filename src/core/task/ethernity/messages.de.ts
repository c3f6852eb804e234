import type { Messages } from '../../verdict/messages.ts';

const shown = 'Die Transaktion dieses Schritts von einem Knoten lesen, mit ihrem Beweis.';

export const orderMessages: Messages = {
  ORDER_CALLS: {
    title: 'Jeder Aufruf des Vertrags ist gezeigt',
    pass: 'Die Blöcke {from} bis {to} wurden ganz gelesen, wo sie Transaktionen haben ({blocks}): {calls} davon rufen den Vertrag auf, und keine kann weggelassen sein.',
    fail: 'Was ein Knoten als Transaktionen eines Blocks zeigt, sind sie nicht. {reason}',
    unknown: 'Aufrufe des Vertrags können fehlen. {reason}',
    action: 'Noch einmal lesen, nötigenfalls von einem anderen Knoten oder von einem näheren Kontrollpunkt an.',
  },
  ORDER_DEPLOYMENT: {
    title: 'Der Vertrag ist einer, den Ethernity ausgebracht hat',
    pass: 'Der Vertrag {contract} ist der, den Ethernity für {network} nennt ({purpose}).',
    unknown: 'Der Vertrag {contract} auf dem Ledger {chainId} ist keiner, der hier bekannt ist.',
    action: 'Die Adresse mit der Veröffentlichung des Betreibers selbst vergleichen.',
  },
  ORDER_UPGRADABLE: {
    title:
      'Der Vertrag steht hinter einem Proxy, dessen Eigentümer seinen Code austauschen kann: Die hier genannten Regeln sind die des veröffentlichten Codes.',
  },
  ORDER_REQUEST: {
    title: 'Die Anfrage des Dateneigentümers ist gezeigt',
    pass: 'Anfrage {request} stammt von {owner}, in der Form {version}.',
    fail: 'Anfrage {request} hat keine bekannte Form. {reason}',
    unknown: 'Die Anfrage lässt sich nicht lesen. {reason}',
    action: shown,
  },
  ORDER_SIGNED_CHECKSUM: {
    title:
      'Die Prüfsumme des Programms ist vom Wallet des Auftraggebers unterschrieben, wie ältere Clients es taten: Die Prüfsumme selbst lässt sich daraus nicht lesen.',
  },
  ORDER_PLACED: step('von einer der beiden Seiten erteilt', 'erteilt', 'Erteilung'),
  ORDER_APPROVED: step('von der anderen Seite bestätigt', 'bestätigt', 'Bestätigung'),
  ORDER_PROCESSOR: step(
    'vom Datenverarbeiter an einen Knoten vergeben',
    'an einen Knoten vergeben',
    'Benennung des Knotens',
  ),
  ORDER_RESULT: step('vom benannten Knoten abgeschlossen', 'mit einem Ergebnis abgeschlossen', 'Ergebnis'),
  ORDER_VALIDATED: { title: 'Der Auftrag wurde in Block {block} für gültig erklärt.' },
  ORDER_INVALIDATED: {
    title: 'Der Auftrag wurde in Block {block} für ungültig erklärt: Validatoren nahmen das Ergebnis nicht an.',
  },
  ORDER_STORAGE: {
    title: 'Der Speicher des Vertrags passt',
    pass: 'Was der Speicher des Vertrags vom Auftrag hat ({status}), ist, was Ereignisse und Transaktionen zeigen.',
    fail: 'Was der Speicher des Vertrags, nach dem Aufbau des veröffentlichten Codes gelesen, vom Auftrag hat, ist etwas anderes. {reason}',
    unknown: 'Der Speicher des Vertrags zeigt den Auftrag nicht. {reason}',
  },
  ORDER_RESULT_FORM: {
    title: 'Das Ergebnis lässt sich lesen',
    pass: 'Das Ergebnis enthält eine von {signer} unterschriebene Transaktion, den SHA-256 des Ergebnisses ({hash}) und seinen Ort ({at}).',
    fail: 'Das Ergebnis hat nicht die Form, die es haben muss. {reason}',
  },
  ORDER_BOUND: {
    title: 'Das Ergebnis wurde für diesen Auftrag unterschrieben',
    pass: 'Unterschrieben wurde das Ergebnis von Auftrag {order} dieses Vertrags.',
    fail: 'Unterschrieben wurde nicht das Ergebnis von Auftrag {order} dieses Vertrags. {reason}',
  },
  ORDER_ANY_LEDGER: { title: 'Die Unterschrift nennt kein Ledger (wie vor EIP-155); sie gälte also auf jedem.' },
  ORDER_CODE: {
    title: 'Die Aufgabe endete gut',
    pass: 'Die Aufgabe endete mit dem Code {code}: {words}.',
    fail: 'Die Aufgabe endete mit dem Code {code}: {words}.',
  },
  ORDER_ENCLAVE: {
    title: 'Der Schlüssel der Enklave hat das Ergebnis unterschrieben',
    pass: 'Das Ergebnis ist von {signer} unterschrieben, dem Schlüssel, den die Enklave aus der Challenge des Auftraggebers und ihrer eigenen macht.',
    fail: 'Das Ergebnis ist von {signer} unterschrieben; die Challenges ergeben {expected}.',
    unknown:
      'Das Ergebnis ist von {signer} unterschrieben. Ob das der Schlüssel der Enklave ist, kann nur sagen, wer die Challenge des Auftraggebers hat: Sie ging verschlüsselt an die Enklave und steht auf keinem Ledger.',
    action:
      'Der Auftraggeber kann die Challenge als Textdatei mit --with angeben. Sie wird verwendet und nicht behalten. Niemand sonst kann das prüfen.',
  },
};

function step(title: string, done: string, what: string) {
  return {
    title: `Der Auftrag wurde ${title}`,
    pass: `Der Auftrag wurde ${done}, von {by} in Block {block} ({time}).`,
    fail: `Der Schritt (${what}) in Block {block} bricht die Regel des Vertrags. {reason}`,
    unknown: `Der Schritt (${what}) lässt sich nicht beurteilen. {reason}`,
    action: shown,
  };
}
