import type { views as viewsEnglish } from './views.en.ts';
import type { Translated } from './words.ts';

/** Words of the views of single kinds of evidence. */
export const views: Translated<typeof viewsEnglish> = {
  certificate: {
    headline: {
      verified: '{what} wurde {between} eingetragen, auf der Kette „{chain}“, so weit gezeigt bis Nummer {through}.',
      rejected: 'Diese Bescheinigung sagt, dass {between} ein Eintrag gemacht wurde.',
      undetermined: 'Diese Bescheinigung sagt, dass {between} ein Eintrag gemacht wurde.',
      unread: 'Diese Bescheinigung lässt sich nicht lesen.',
    },
    thisRecord: 'Der Eintrag, den diese Bescheinigung nennt,',
    thisFile: '„{name}“',
    claim: 'Was sie behauptet',
    record: 'Digest des Eintrags, H(d)',
    between: 'Eingetragen zwischen',
    and: 'und',
    skew: 'Spielraum der Uhren',
    skewText: '{seconds}, wie selbst erlaubt',
    chain: 'Kette',
    genesis: 'Block null, H(b₀)',
    height: 'Höhe des Blocks',
    leaf: 'Platz im Block',
    leafText: 'Blatt {leaf} von {leaves}, ab 0 gezählt',
    block: 'Block, H(b)',
    blocks: 'Blöcke darin',
    path: 'Warum der Eintrag im Block ist',
    unpinnedName: 'Kette {genesis}',
    unpinnedChain: 'nicht festgelegt: {genesis}',
    printTitle: 'Bescheinigung',
    printCheck: 'Wie sie zu prüfen ist',
    printCheckText:
      'Diese Seite beweist für sich nichts: Das tut die Datei „{name}“. Sie der Prüfseite von Affidavit oder dem Befehl unten geben und Siegel und Digest mit diesen vergleichen.',
    sequencer: 'Schlüssel des Sequenzers, Digest',
    issuerKey: 'Sein Schlüssel, Digest',
    leafAlone: 'Blatt {leaf}, ab 0 gezählt',
    sheetDigest: 'Digest dieser Bescheinigung',
    qr: 'Adresse der Prüfseite, mit dem Digest',
    issuer: 'Zeitstempeldienst',
  },
  trust: {
    headline: {
      verified: 'Diese Vertrauensdatei würde festlegen: {count}.',
      other: 'Diese Vertrauensdatei ist nicht verwendbar.',
    },
    changes: 'Was sie ändern würde',
    added: 'Würde festgelegt',
    same: 'Alles darin ist schon festgelegt.',
    changed: 'Widerspricht dem Festgelegten',
  },
  equivocation: {
    headline: {
      verified: 'Dieser Sequenzer hat zweierlei unterschrieben, das sich widerspricht; ihm ist also nicht zu trauen.',
      rejected: 'Das zeigt nicht, dass ein Sequenzer sich widerspricht.',
      undetermined: 'Das sagt, dass ein Sequenzer sich widerspricht.',
    },
    documents: 'Die beiden Dokumente',
    number: 'Nummer {k}',
    document: 'Dokument {number}',
  },
};
