import type { Messages } from '../../verdict/messages.ts';
import { nitroMessages } from '../nitro/messages.de.ts';

/** The words of the inner documents are those of the kind `nitro`, but where the output as a whole has the same check. */
export const blockyMessages: Messages = {
  ...nitroMessages,
  TEE_FORM: {
    title: 'Es hat die Form, die es haben muss',
    pass: 'Es hat die dafür beschriebene Form, mit allem, was es haben muss.',
    fail: 'Es hat nicht die dafür beschriebene Form. {reason}',
    unknown: 'Es wurde nicht gelesen.',
    action:
      'Die Ausgabe noch einmal holen, wie der Dienst sie ausgab: Sie kann unterwegs abgeschnitten oder verändert worden sein.',
  },
  TEE_PLATFORM: {
    title: 'Es spricht für eine Enklave',
    pass: 'Es wurde für eine Nitro-Enklave gemacht.',
    fail: 'Es spricht nicht für eine Enklave. {reason}',
    unknown: 'Wofür es spricht, lässt sich nicht sagen. {reason}',
    action: 'Um eine Ausgabe bitten, die auf der Nitro-Plattform des Dienstes entstand.',
  },
  BLOCKY_DOCUMENTS: {
    title: 'Die Enklave attestiert einen Schlüssel',
    pass: 'Jedes Attestierungsdokument hält stand, alle stammen von einer Enklave, und zusammen attestieren sie einen Text.',
    fail: 'Die Attestierungsdokumente halten nicht stand oder gehören nicht zusammen.',
    unknown: 'Ob eine Enklave etwas attestiert, lässt sich nicht sagen. {reason}',
  },
  BLOCKY_DOCUMENT: {
    title: 'Attestierungsdokument {number} von {count} hält stand',
    pass: 'Attestierungsdokument {number} von {count} ist ein echtes Dokument von AWS Nitro.',
    fail: 'Attestierungsdokument {number} von {count} hält nicht stand.',
    unknown: 'Ob Attestierungsdokument {number} von {count} standhält, lässt sich nicht sagen.',
  },
  BLOCKY_SAME_ENCLAVE: {
    title: 'Alle Dokumente stammen von einer Enklave',
    pass: 'Alle {count} Dokumente nennen die Enklave {module} und haben dieselben Register.',
    fail: 'Dokument {number} gehört nicht zum ersten. {reason}',
    unknown: 'Ob alle Dokumente von einer Enklave stammen, lässt sich nicht sagen. {reason}',
  },
  BLOCKY_JOINED: {
    title: 'Der letzte Teil ist der Hash der anderen',
    pass: 'Was attestiert ist ({length} Bytes, Stücke: {count}), hat den SHA3-256, der im letzten Teil steht.',
    fail: 'Der letzte Teil ist nicht SHA3-256 der anderen; sie wurden also nicht zusammen attestiert.',
    unknown: 'Die Teile ließen sich nicht zusammensetzen. {reason}',
  },
  BLOCKY_KEY: {
    title: 'Was die Dokumente tragen, ist ein Schlüssel zum Unterschreiben von Aufrufen',
    pass: 'Was die Dokumente tragen, ist ein öffentlicher Schlüssel von secp256k1: {key}.',
    fail: 'Was die Dokumente tragen, ist kein Schlüssel zum Unterschreiben von Aufrufen. {reason}',
    unknown: 'Welchen Schlüssel die Dokumente tragen, lässt sich nicht sagen. {reason}',
  },
  BLOCKY_CALL: {
    title: 'Der Aufruf ist mit diesem Schlüssel unterschrieben',
    pass: 'Der Aufruf von „{function}“ ist mit dem Schlüssel unterschrieben, den die Dokumente tragen.',
    fail: 'Der Aufruf ist nicht mit dem Schlüssel unterschrieben, den die Dokumente tragen, oder lässt sich nicht lesen.',
    unknown: 'Ob der Aufruf mit diesem Schlüssel unterschrieben ist, lässt sich nicht sagen.',
  },
  BLOCKY_CALL_FORM: {
    title: 'Der unterschriebene Aufruf hat seine eine richtige Kodierung',
    pass: 'Der Aufruf und seine Unterschrift sind in der einen Form kodiert, die es dafür gibt.',
    fail: 'Der Aufruf ist nicht kodiert, wie er sein muss (Byte {offset}). {reason}',
  },
  BLOCKY_CALL_SIGNATURE: {
    title: 'Die Unterschrift hält stand',
    pass: 'Der Schlüssel hat genau diesen Aufruf unterschrieben.',
    fail: 'Der Schlüssel hat diesen Aufruf nicht unterschrieben.',
    unknown: 'Die Unterschrift ließ sich nicht prüfen. {reason}',
  },
  BLOCKY_CLAIMS: {
    title: 'Was daneben steht, sagt dasselbe',
    pass: 'Die Angaben neben den Attestierungen sind nicht unterschriebene Kopien; jede ist gleich dem, wovon sie Kopie ist.',
    fail: 'Die Angaben neben den Attestierungen sagen etwas anderes als das Attestierte: {fields}.',
    unknown: 'Angaben, die sich nicht mit dem Attestierten vergleichen ließen: {fields}.',
    action: 'Dem Attestierten glauben, das hier gezeigt wird, und fragen, wer die Angaben geändert hat.',
  },
  BLOCKY_CODE: {
    title: 'Das Programm ist das aufgerufene',
    pass: '„{name}“ ist genau das Programm: Sein SHA3-512 ist der unterschriebene Hash des Codes.',
    fail: '„{name}“ ist nicht das aufgerufene Programm: Sein SHA3-512 ist {hash}.',
    unknown: 'Das Programm wurde nicht verglichen.',
  },
  BLOCKY_INPUT: {
    title: 'Die Datei gehört zum Aufruf',
    pass: '„{name}“ ist genau die Eingabe: Ihr SHA3-512 ist der unterschriebene Hash der Eingabe.',
    fail: '„{name}“ ist weder Eingabe noch Geheimnisse noch Ausgabe des Aufrufs: Ihr SHA3-512 ist {hash}.',
    unknown: 'Die Datei wurde nicht verglichen.',
    action: 'Die Datei Byte für Byte so angeben, wie sie in den Aufruf ging, oder sie weglassen.',
  },
  BLOCKY_SECRETS: {
    title: 'Die Datei sind die Geheimnisse des Aufrufs',
    pass: '„{name}“ sind genau die Geheimnisse: Ihr SHA3-512 ist der unterschriebene Hash der Geheimnisse.',
  },
  BLOCKY_OUTPUT: {
    title: 'Die Datei ist die Ausgabe des Aufrufs',
    pass: '„{name}“ ist Byte für Byte die unterschriebene Ausgabe.',
  },
  BLOCKY_CALL_TIME: {
    title:
      'Wann die Funktion aufgerufen wurde, ist nicht attestiert. Die Dokumente attestieren, wann es der Schlüssel war: Der Aufruf kam irgendwann danach.',
  },
  BLOCKY_CODE_MISSING: {
    title:
      'Das Programm wurde nicht angegeben, also nicht mit dem unterschriebenen Hash verglichen. Die WebAssembly-Datei dazulegen.',
  },
  BLOCKY_INPUT_MISSING: {
    title:
      'Die Eingabe wurde nicht angegeben, also nicht mit dem unterschriebenen Hash verglichen. Ihre Datei dazulegen.',
  },
  BLOCKY_SECRETS_MISSING: {
    title:
      'Die Geheimnisse wurden nicht angegeben, also nicht mit dem unterschriebenen Hash verglichen. Wer sie hat, kann ihre Datei dazulegen.',
  },
  BLOCKY_OLD_FORM: {
    title:
      'Die Ausgabe hat die Form, die der Dienst bis zum Frühjahr 2025 hatte: Sie nennt keinen Messwert, und ihre Aufrufe sind als JSON unterschrieben.',
  },
  BLOCKY_OTHER_MEMBERS: {
    title:
      'Niemand hat diese Mitglieder beschrieben; sie sind nicht unterschrieben und wurden nicht angesehen: {members}.',
  },
};
