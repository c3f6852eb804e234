import type { Messages } from '../verdict/messages.ts';

/** The words of certificates: bloxberg, Blockcerts, Proof of eXecution. */
export const certificateMessages: Messages = {
  CERT_FORM: {
    title: 'Es ist eine lesbare Bescheinigung',
    pass: 'Die Bescheinigung und ihre Beweise haben die Form, die sie haben müssen.',
    fail: 'Die Bescheinigung lässt sich nicht lesen. {reason}',
    action:
      'Die Bescheinigung noch einmal von dem holen, von dem sie stammt, als die JSON-Datei, die ausgestellt wurde.',
  },
  CERT_PDF_PAGES: {
    title:
      'Beurteilt wurde die Bescheinigung, die an das PDF angehängt ist. Seine gezeichneten Seiten können alles sagen: Kein Beweis deckt sie.',
  },
  CERT_CONTEXT: {
    title: 'Ihre Worte bedeuten, wofür Leser sie nehmen',
    pass: 'Jeder ihrer {count} Kontexte ist bekannt, und keiner gibt einem bekannten Wort eine andere Bedeutung.',
    fail: 'Ihre Worte lassen sich nicht für das nehmen, was sie scheinen. {reason}',
    unknown: 'Der Kontext {address} ist nicht zur Hand; ihre Worte und ihr Hash lassen sich also nicht bestimmen.',
    action:
      '{address} holen, mit dem vergleichen, was andere haben, und in der Vertrauensdatei unter „contexts“ festlegen oder mit --with angeben oder dazulegen.',
  },
  CERT_OWN_CONTEXT: {
    title:
      'Sie bringt eigene oder dazugegebene Kontexte mit ({count}). Sie fügen Worte hinzu und ändern keine; was die hinzugefügten bedeuten, sagt allein der Aussteller.',
  },
  CERT_PROOF: {
    title: 'Beweis {number} ({suite}) hält stand',
    pass: 'Beweis {number} ({suite}) hält stand.',
    fail: 'Beweis {number} ({suite}) hält nicht stand.',
    unknown: 'Ob Beweis {number} ({suite}) standhält, lässt sich nicht sagen.',
  },
  CERT_PREVIOUS: {
    title: 'Die Beweise, auf denen er aufbaut, sind da und halten stand',
    pass: 'Jeder Beweis, auf dem er aufbaut, steht da, gehört zu dem, was er deckt, und hält stand.',
    fail: 'Ein Beweis, auf dem er aufbaut, ist nicht da oder hält nicht stand. {reason}',
    unknown: 'Ein Beweis, auf dem er aufbaut, lässt sich nicht beurteilen. {reason}',
  },
  CERT_SIGNATURE: {
    title: 'Die Unterschrift hält stand',
    pass: 'Der Schlüssel {method} ({curve}) hat unterschrieben, nach {suite}.',
    fail: 'Die Unterschrift ({suite}) hält nicht stand. {reason}',
    unknown: 'Ob die Unterschrift ({suite}) standhält, lässt sich nicht sagen. {reason}',
    action:
      'Das Fehlende (DID-Dokument oder Profil des Unterzeichners, einen Kontext) von diesem selbst holen, mit einer zweiten Quelle vergleichen und in der Vertrauensdatei festlegen oder mit --with angeben oder dazulegen.',
  },
  CERT_HASH: {
    title: 'Die Bescheinigung ist die eingetragene',
    pass: 'Die gedeckten Felder ergeben den Hash {target}, und der wurde eingetragen.',
    fail: 'Ein gedecktes Feld wurde verändert, oder der Beweis gehört zu einer anderen Bescheinigung. Ihr Hash müsste {target} sein. {reason}',
    unknown: 'Der Hash ließ sich nicht berechnen. {reason}',
  },
  CERT_MERKLE: {
    title: 'Der Hash ist in dem Baum, der eingetragen wurde',
    pass: 'In {steps} Schritten führt der Hash auf die Wurzel {root}.',
    fail: 'Der Weg führt auf {reached}, nicht auf die Wurzel {root}.',
    unknown: 'Der Weg wurde nicht verfolgt.',
  },
  CERT_ANCHOR: {
    title: 'Sie nennt eine Transaktion eines Ledgers',
    pass: 'Die Wurzel soll in Transaktion {transaction} auf {ledger} stehen.',
    fail: 'Sie sagt nicht, wo die Wurzel eingetragen ist. {reason}',
    unknown: 'Wo die Wurzel eingetragen ist, lässt sich nicht sagen. {reason}',
  },
  CERT_TRANSACTION: {
    title: 'Diese Transaktion trägt die Wurzel ein',
    pass: 'Die Transaktion mit genau dieser Kennung nennt die Wurzel.',
    fail: 'Die Transaktion mit dieser Kennung nennt die Wurzel {root} nicht: Dort wurde eine andere Bescheinigung eingetragen oder keine.',
    unknown: 'Was die Transaktion sagt, ist nicht bekannt. {reason}',
    action:
      'Bei {address} nachsehen und die Transaktion von einem Knoten holen (eth_getBlockByNumber ihres Blocks, mit ganzen Transaktionen; Bitcoin: die rohe Transaktion als Hex). Sie mit --with angeben oder dazulegen.',
  },
  CERT_LEDGER: {
    title: 'Die Transaktion ist auf dem Ledger',
    pass: 'Block {block} enthält sie, besiegelt von genug der festgelegten Validatoren, um {time}.',
    fail: 'Die angegebenen Blöcke beweisen es nicht. {reason}',
    unknown: 'Ob das Ledger sie enthält, lässt sich nicht sagen. {reason}',
    action:
      'Bei {address} nachsehen; dann die besiegelten Köpfe ihres Blocks (eine evm-block-Datei) und alle Transaktionen des Blocks mit --with angeben oder dazulegen und die Validatoren des Ledgers festlegen.',
  },
  CERT_COVERAGE: {
    title: 'Der Hash deckt, worum es geht',
    pass: 'Eine Änderung an irgendeinem von {covered} Feldern würde auffallen; das wurde Feld für Feld ausprobiert.',
    fail: 'Der Hash deckt nicht, was er decken muss. {reason}',
    unknown: 'Der Hash schützt nicht, worum es in der Bescheinigung geht. {reason}',
    action:
      'Auf nichts darin verlassen, was als nicht gedeckt gekennzeichnet ist. Den Aussteller um dasselbe aus anderer Quelle bitten.',
  },
  CERT_DISCLOSED: {
    title: 'Sie ist ein Teil des Ausgestellten: Wer sie zeigt, hat weggelassen, was er nicht zeigen wollte.',
  },
  CERT_UNCOVERED: {
    title: '{count} Felder sind vom Hash NICHT gedeckt und können von jedem verändert worden sein: {fields}.',
  },
  CERT_UNTRIED: {
    title: 'Sie hat so viele Felder, dass {count} nicht ausprobiert wurden. Sie zählen als nicht gedeckt.',
  },
  CERT_ISSUER: {
    title: 'Ihrem Aussteller wird vertraut',
    pass: 'Das festgelegte Profil von {issuer} führt den Schlüssel auf, der die Transaktion unterschrieb.',
    fail: 'Sie stammt nicht von dem, den sie nennt. {reason}',
    unknown: 'Wer sie ausgestellt hat, lässt sich nicht sagen. {reason}',
    action:
      '{issuer} vom Aussteller selbst holen und mit einer zweiten Quelle vergleichen; mit --with angeben oder dazulegen und in der Vertrauensdatei unter „contexts“ festlegen.',
  },
  CERT_REVOCATION: {
    title: 'Ihr Aussteller hat sie nicht zurückgenommen',
    pass: 'Auf der Liste der widerrufenen Bescheinigungen des Ausstellers steht sie nicht, oder er führt keine.',
    fail: 'Der Aussteller hat sie zurückgenommen: Sie ist in {list} markiert.',
    unknown: 'Ob sie zurückgenommen wurde, lässt sich nicht sagen. {reason}',
    action: 'Die Liste {list} heute holen und mit --with angeben oder dazulegen.',
  },
  CERT_LIST_UNSIGNED: {
    title: 'Niemand unterschreibt die Liste {list}: Sie ist so viel wert wie der Ort, von dem sie stammt.',
  },
  CERT_LIST_DATED: {
    title:
      'Die Liste sagt nicht, wie lange sie verwendet werden darf; sie ist vom {date}. Was seither zurückgenommen wurde, steht nicht darin.',
  },
  CERT_TIME: {
    title: 'Sie ist zu diesem Zeitpunkt gültig',
    pass: 'Um {time} ist sie gültig.',
    fail: 'Um {time} ist sie nicht gültig. {reason}',
  },
  CERT_CRID: {
    title: 'Es geht um einen Digest von etwas',
    pass: 'Es geht um den Inhalt, dessen SHA-256 {crid} ist.',
    unknown: 'Worum es geht, lässt sich nicht sagen. {reason}',
    action: 'Den Inhalt noch einmal bescheinigen lassen, mit einem Programm, das die Datei selbst hasht.',
  },
  CERT_NO_CONTENT: {
    title: 'Zum Vergleich mit dem Digest wurde keine Datei angegeben; worum es geht, war also nicht zu sehen.',
  },
  CERT_CONTENT: {
    title: 'Die Datei daneben ist das, worum es geht',
    pass: 'Es geht um {file} ({part}).',
    fail: 'Es geht um keine der angegebenen Dateien: {files}.',
    action: 'Genau diese Datei angeben, Byte für Byte: Sie zu öffnen und wieder zu speichern kann sie verändern.',
  },
  POX_METADATA: {
    title: 'Was sie über den Auftrag sagt, ist geschützt',
    pass: 'Der Hash deckt, was sie über Auftrag {order} von {contract} sagt.',
    fail: 'Was sie über ihren Auftrag sagt, lässt sich nicht lesen. {reason}',
    unknown:
      'Auftrag {order} von {contract} und alles Übrige, was sie über die Ausführung sagt, lässt sich nicht bestätigen. {reason}',
    action: 'Den Auftrag selbst vom Vertrag her prüfen und mit dieser Bescheinigung vergleichen.',
  },
  POX_RESULT: {
    title: 'Ihr Ergebnis und dessen Kennung stimmen überein',
    pass: 'Das Ergebnis, das sie zeigt, hat die Kennung {result}. Dass beide richtig sind, ist damit nicht gezeigt.',
    fail: 'Das Ergebnis, das sie zeigt, hat die Kennung {computed}, nicht {result}.',
    unknown: 'Ihr Ergebnis lässt sich nicht mit seiner Kennung vergleichen. {reason}',
  },
};
