import type { blocky as blockyEnglish } from './blocky.en.ts';
import type { Translated } from './words.ts';

/** Words of the view of outputs of the Blocky Attestation Service. */
export const blocky: Translated<typeof blockyEnglish> = {
  headline: {
    verified:
      'Diesen Aufruf von „{function}“ hat ein Schlüssel unterschrieben, den das festgelegte Enklaven-Abbild attestiert.',
    rejected: 'Das ist nach eigener Angabe ein attestierter Aufruf einer Funktion.',
    undetermined:
      'Das ist ein Aufruf von „{function}“, unterschrieben mit einem Schlüssel, den eine Enklave attestiert.',
    unread: 'Das ist nach eigener Angabe ein attestierter Aufruf einer Funktion.',
  },
  call: 'Der unterschriebene Aufruf',
  calls: 'Unterschriebener Aufruf {number}',
  callHint:
    'Was unterschrieben ist, nicht was daneben steht. Wann die Funktion aufgerufen wurde, ist nicht attestiert.',
  function: 'Funktion',
  code: 'Programm, SHA3-512',
  input: 'Eingabe, SHA3-512',
  secrets: 'Geheimnisse, SHA3-512',
  empty: 'keine (der Hash von nichts)',
  output: 'Ausgabe',
  unreadCall: 'Der Aufruf ließ sich nicht lesen.',
  key: 'Wer unterschrieben hat',
  platform: 'Plattform',
  publicKey: 'Öffentlicher Schlüssel (secp256k1)',
  noKey: 'keiner ist attestiert',
  documents: 'Attestiert von',
  document: '{module}, am ',
  noDocuments: 'nichts',
  notTee: 'Das ist keine vertrauenswürdige Ausführungsumgebung. Jeder mit irgendeinem Rechner hätte das machen können.',
};
