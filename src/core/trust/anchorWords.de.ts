import type { AnchorWords } from './describeEntry.ts';

/** What an anchor is, and where it can be had without asking whoever made the evidence. Keyed by the last telling part of its path. */
export const anchorWords: AnchorWords = {
  genesis: {
    name: 'Block null',
    from: 'Aus der Veröffentlichung des Betreibers: ein Artikel, ein Repository, eine Webseite unter einem bekannten Namen.',
  },
  sequencerKey: {
    name: 'Schlüssel des Sequenzers',
    from: 'Aus derselben Veröffentlichung; er steht auch in jedem Enklavendokument der Kette und lässt sich dort vergleichen.',
  },
  measurements: {
    name: 'Messwert des Enklaven-Abbilds',
    from: 'Das Abbild selbst aus der veröffentlichten Quelle bauen oder jemanden fragen, der es geprüft hat.',
  },
  'sevSnp.measurements': {
    name: 'Messwert der virtuellen Maschine',
    from: 'Selbst aus veröffentlichter Firmware, Kernel und Einstellungen berechnen oder jemanden fragen, der es geprüft hat.',
  },
  'dcap.measurements': {
    name: 'Messwert der Enklave oder der Vertrauensdomäne',
    from: 'MRENCLAVE oder MRTD: selbst aus der veröffentlichten Quelle bauen oder jemanden fragen, der es geprüft hat.',
  },
  holdMeasurements: {
    name: 'Messwert des Abbilds, das Sperren des Speichers überwacht',
    from: 'Das Abbild selbst aus der veröffentlichten Quelle bauen oder jemanden fragen, der es geprüft hat.',
  },
  nitroRoots: {
    name: 'Wurzelzertifikat der Enklave',
    from: 'Für echte Hardware weglassen: Die Wurzel von AWS ist eingebaut. Eine eigene Wurzel heißt: ein Simulator oder ein anderer Hersteller.',
  },
  roots: {
    name: 'Wurzelzertifikat für Nitro-Dokumente',
    from: 'AWS veröffentlicht seine Wurzel; sie ist eingebaut. Eine andere nur festlegen, wenn bekannt ist, wessen sie ist und warum.',
  },
  jwks: {
    name: 'Schlüssel des Zeitstempeldienstes',
    from: 'Unter der Adresse des Ausstellers selbst, gefolgt von /.well-known/jwks.json.',
  },
  issuer: {
    name: 'Aussteller der Zeitstempel',
    from: 'Aus der Veröffentlichung des Betreibers; bei Amazon Cognito nennt er Region und Pool.',
  },
  audience: {
    name: 'Empfänger der Zeitstempel',
    from: 'Aus der Veröffentlichung des Betreibers: der Client, der Zeitstempel anfordert.',
  },
  domain: { name: 'Domäne der Zeitstempel', from: 'Aus der Veröffentlichung des Betreibers.' },
  claim: { name: 'Claim, der den Block trägt', from: 'Aus der Veröffentlichung des Betreibers.' },
  tokenUse: { name: 'Art des Tokens', from: 'Aus der Veröffentlichung des Betreibers.' },
  skewSeconds: { name: 'Spielraum der Uhren', from: 'Eigene Wahl: wie weit zwei Uhren auseinandergehen dürfen.' },
  checkpoint: {
    name: 'Kontrollpunkt',
    from: 'Aus einem eigenen früheren Audit oder dem von jemandem, dem man vertraut.',
  },
  buckets: {
    name: 'Speicher',
    from: 'Aus der Veröffentlichung des Betreibers. Nichts, was ein Speicher sagt, wird geglaubt; eine falsche Adresse schadet also nicht.',
  },
  issuers: { name: 'Aussteller von Token', from: 'Aus der Dokumentation des verwendeten Dienstes selbst.' },
  attestationKeys: {
    name: 'Attestierungsschlüssel eines TPM',
    from: 'Vom Eigentümer der Maschine, bei ihrer Lieferung.',
  },
};
