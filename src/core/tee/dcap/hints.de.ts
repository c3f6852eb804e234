import type { Messages } from '../../verdict/messages.ts';

/** Words about the fields of a quote, beside their bytes. */
export const dcapHints: Messages = {
  DCAP_HINT_HEADER: { title: 'Was für ein Quote dies ist und wer es machte.' },
  DCAP_HINT_BODY: {
    title:
      'Was der Prozessor über den laufenden Code sagt. Der Attestierungsschlüssel unterschreibt es zusammen mit dem Kopf.',
  },
  DCAP_HINT_VERSION: { title: 'Version des Quotes: 3 nur für SGX, 4 und 5 für SGX und TDX.' },
  DCAP_HINT_KEY_TYPE: { title: 'Art des Attestierungsschlüssels: 2 ist ECDSA auf P-256, die einzige gebräuchliche.' },
  DCAP_HINT_TEE_TYPE: { title: '0 für eine SGX-Enklave, 129 (0x81) für eine TDX-Vertrauensdomäne.' },
  DCAP_HINT_QE_SVN: { title: 'Sicherheitsversion der Quoting-Enklave.' },
  DCAP_HINT_PCE_SVN: { title: 'Sicherheitsversion der Provisioning-Certification-Enklave.' },
  DCAP_HINT_VENDOR: { title: 'Wer die Quoting-Enklave gemacht hat. Intel ist 939a7233f79c4ca9940a0db3957f0607.' },
  DCAP_HINT_USER_DATA: {
    title: 'Von der Quoting-Enklave gewählt; die ersten 16 Bytes bezeichnen sie auf dieser Plattform.',
  },
  DCAP_HINT_RESERVED: { title: 'Reserviert.' },
  DCAP_HINT_SIZE: { title: 'Wie viele Bytes folgen.' },
  DCAP_HINT_BODY_TYPE: { title: '1 für eine SGX-Enklave, 2 für eine Vertrauensdomäne von TDX 1.0, 3 von TDX 1.5.' },
  DCAP_HINT_CPUSVN: { title: 'Sicherheitsversion des Prozessors, wie sein Mikrocode sie angibt.' },
  DCAP_HINT_MISCSELECT: { title: 'Welcher weitere Zustand beim Verlassen der Enklave gesichert wird.' },
  DCAP_HINT_ATTRIBUTES: {
    title: 'Schalter der Enklave; Bit 1 ist DEBUG. Dahinter, welche Fähigkeiten des Prozessors sie verwenden darf.',
  },
  DCAP_HINT_MRENCLAVE: {
    title: 'Messwert der Enklave: SHA-256 über ihre Seiten, wie sie geladen wurden. Das ist festzulegen.',
  },
  DCAP_HINT_MRSIGNER: {
    title: 'SHA-256 des Schlüssels, der die Enklave unterschrieb. Er sagt, wer sie baute, nicht was sie ist.',
  },
  DCAP_HINT_CONFIGID: { title: 'Der Enklave beim Start gegeben; nicht Teil ihres Messwerts.' },
  DCAP_HINT_ISVPRODID: { title: 'Produktnummer, die der Unterzeichner der Enklave gab.' },
  DCAP_HINT_ISVSVN: { title: 'Sicherheitsversion, die der Unterzeichner der Enklave gab.' },
  DCAP_HINT_ISV_EXT: { title: 'Weitere Nummern, die der Unterzeichner der Enklave gab.' },
  DCAP_HINT_REPORTDATA: {
    title:
      'Von dem Code gewählt, der das Quote anforderte: ein Schlüssel, eine Nonce, ein Hash. Was es bedeutet, ist Sache dieses Codes und seines Lesers.',
  },
  DCAP_HINT_TEETCBSVN: {
    title: 'Sicherheitsversionen des TDX-Moduls (erst seine eigene, dann welches Modul) und dessen, was es lud.',
  },
  DCAP_HINT_TEETCBSVN2: {
    title:
      'Dasselbe zur Zeit des Quotes: höher als das andere, wo das Modul aktualisiert wurde, während die Vertrauensdomäne lief.',
  },
  DCAP_HINT_MRSEAM: { title: 'Messwert des TDX-Moduls.' },
  DCAP_HINT_MRSIGNERSEAM: { title: 'Wer das TDX-Modul unterschrieb; Nullen für Intel.' },
  DCAP_HINT_SEAMATTRIBUTES: { title: 'Attribute des TDX-Moduls; Nullen in allem, was Intel gemacht hat.' },
  DCAP_HINT_TDATTRIBUTES: {
    title: 'Schalter der Vertrauensdomäne: Bit 0 ist DEBUG, Bit 28 SEPT_VE_DISABLE, Bit 29 MIGRATABLE.',
  },
  DCAP_HINT_XFAM: { title: 'Welche Fähigkeiten des Prozessors die Vertrauensdomäne verwenden darf.' },
  DCAP_HINT_MRTD: {
    title:
      'Messwert dessen, womit die Vertrauensdomäne gestartet wurde, meist ihre virtuelle Firmware: SHA-384. Das ist festzulegen.',
  },
  DCAP_HINT_MRCONFIGID: {
    title: 'Einstellungen, die der Vertrauensdomäne beim Start gegeben wurden; nicht Teil von MRTD.',
  },
  DCAP_HINT_MROWNER: {
    title: 'Eigentümer oder dessen Einstellungen, wie beim Start der Vertrauensdomäne angegeben; nicht Teil von MRTD.',
  },
  DCAP_HINT_RTMR: {
    title:
      'Register, das Firmware, Kernel oder Programm während des Laufs erweiterten: SHA-384 dessen, was es war und was hinzukam. Was, sagt das Ereignisprotokoll.',
  },
  DCAP_HINT_MRSERVICETD: {
    title: 'Dienstdomänen, die auf diese einwirken dürfen, wie eine Migrationsdomäne; Nullen für keine.',
  },
  DCAP_HINT_SIGNATURE: {
    title: 'ECDSA auf P-256 mit SHA-256 über Kopf und Rumpf, r ‖ s, mit dem Attestierungsschlüssel.',
  },
  DCAP_HINT_ATTESTATION_KEY: {
    title: 'Öffentlicher Schlüssel der Quoting-Enklave auf dieser Plattform: x ‖ y auf P-256.',
  },
  DCAP_HINT_QE_REPORT: {
    title: 'Was der Prozessor über die Quoting-Enklave sagt. Ihr REPORTDATA ist der Hash des Attestierungsschlüssels.',
  },
  DCAP_HINT_QE_SIGNATURE: {
    title: 'Mit dem Schlüssel des PCK-Zertifikats über den Bericht der Quoting-Enklave, r ‖ s.',
  },
  DCAP_HINT_QE_AUTH: { title: 'Von der Quoting-Enklave gewählt und zusammen mit dem Attestierungsschlüssel gehasht.' },
  DCAP_HINT_CERTIFICATION: { title: 'Was den Attestierungsschlüssel zertifiziert.' },
  DCAP_HINT_CERT_TYPE: {
    title: 'Art der Zertifizierungsdaten, 1 bis 7; 5 ist eine Zertifikatskette, 6 der Bericht der Quoting-Enklave.',
  },
  DCAP_HINT_PEM: { title: 'Ein Zertifikat in PEM.' },
  DCAP_HINT_PADDING: { title: 'Hinter dem Quote; von niemandem unterschrieben.' },
  DCAP_HINT_EVENT_LOG: {
    title: 'Was gemessen wurde, der Reihe nach. Es ist so gut wie die Prüfung, die es nachspielt.',
  },
  DCAP_HINT_EVENT: {
    title:
      'Ein Ereignis: das Register, das es erweiterte, sein Name und sein Inhalt oder, wo es keinen hat, sein Digest.',
  },
};
