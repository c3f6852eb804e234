import type { AnchorWords } from './describeEntry.ts';

/** What an anchor is, and where it can be had without asking whoever made the evidence. Keyed by the last telling part of its path, after the first part of it where that alone makes it plain. */
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
  'zk.keys': {
    name: 'Prüfschlüssel eines Beweises',
    from: 'Den Schaltkreis selbst aus der veröffentlichten Quelle bauen oder jemanden fragen, dem man vertraut, wie der Schlüssel entstand.',
  },
  dids: {
    name: 'Dokument einer Identität',
    from: 'Vom Inhaber des Namens (did:web: https://NAME/.well-known/did.json), zu einer Zeit, als man ihm vertraute.',
  },
  contexts: {
    name: 'Vokabular von Nachweisen',
    from: 'Unter seiner eigenen Adresse oder aus der Norm, die es festlegt.',
  },
  'hosts.validators': {
    name: 'Wer für Hosts bürgen darf',
    from: 'Vom Betreiber des Netzes und von jedem, der genannt ist.',
  },
  'hosts.threshold': {
    name: 'Wie viele davon bürgen müssen',
    from: 'Eigene Wahl: wie viele davon irren oder gekauft sein dürfen.',
  },
  'hosts.measurements': {
    name: 'Messwert der Umgebung des Hosts',
    from: 'Sie selbst aus der veröffentlichten Quelle bauen oder jemanden fragen, der es geprüft hat.',
  },
  vms: {
    name: 'Schlüssel einer Maschine, die Spuren unterschreibt',
    from: 'Vom Betreiber der Maschine, der ihn unter einem bekannten Namen veröffentlicht.',
  },
  auditors: {
    name: 'Adresse eines Prüfers',
    from: 'Vom Prüfer selbst, persönlich oder auf einer Seite unter einem bekannten Namen.',
  },
  rpc: {
    name: 'Knoten, der gefragt wird',
    from: 'Von wem auch immer. Nichts, was ein Knoten sagt, wird geglaubt; eine falsche Adresse schadet also nicht.',
  },
  consensus: { name: 'Art der Einigung', from: 'Aus der Dokumentation des Ledgers.' },
  validators: { name: 'Wer Blöcke siegelt', from: 'Vom Betreiber des Ledgers und von jedem, der genannt ist.' },
  quorum: {
    name: 'Siegel, die ein Block braucht',
    from: 'Eigene Wahl: mehr, als die Regel des Ledgers verlangt, nie weniger.',
  },
  epoch: { name: 'Blöcke, bis Stimmen verfallen', from: 'Aus der Genesis-Datei des Ledgers.' },
  maximumAge: {
    name: 'Alter, das der neueste Block haben darf',
    from: 'Eigene Wahl, in Sekunden: wie spät man merken will, dass neuere zurückgehalten werden.',
  },
  'evm.checkpoint': {
    name: 'Bekannter Block',
    from: 'Aus einem eigenen früheren Audit oder dem von jemandem, dem man vertraut.',
  },
  validatorContract: { name: 'Vertrag, der die Validatoren nennt', from: 'Aus der Genesis-Datei des Ledgers.' },
  beacon: {
    name: 'Wo ein leichter Client beginnt',
    from: 'Von mehreren Knoten, die nicht voneinander abhängen, oder von jemandem, dem man vertraut.',
  },
  contracts: { name: 'Vertrag', from: 'Von dem, der ihn auf das Ledger brachte, aus dessen eigener Veröffentlichung.' },
};
