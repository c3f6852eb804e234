import type { Messages } from '../../verdict/messages.ts';

/** Words on the fields of a report, for whoever reads its bytes. */
export const snpFieldMessages: Messages = {
  SNP_FIELD_VERSION: { title: 'Version dieses Formats. 3 brachte den Prozessor, 5 die Gegenmaßnahmen.' },
  SNP_FIELD_GUEST_SVN: { title: 'Eine Version, die der Eigentümer der virtuellen Maschine ihrem Abbild gab.' },
  SNP_FIELD_POLICY: {
    title: 'Was der Eigentümer verlangt und erlaubt. Es steht mit dem Start fest und lässt sich nicht ändern.',
  },
  SNP_FIELD_FAMILY_ID: { title: 'Ein Name für eine Familie von Abbildern, vom Eigentümer vergeben.' },
  SNP_FIELD_IMAGE_ID: { title: 'Ein Name für das Abbild, vom Eigentümer vergeben.' },
  SNP_FIELD_VMPL: {
    title:
      'Privilegstufe in der virtuellen Maschine, von der dieser Bericht angefordert wurde: 0 ist die innerste, 3 die äußerste. Lauter Einsen: Der Host forderte ihn an.',
  },
  SNP_FIELD_SIGNATURE_ALGO: { title: '1 bedeutet ECDSA auf P-384 mit SHA-384.' },
  SNP_FIELD_CURRENT_TCB: { title: 'TCB: Versionen der Firmware, die jetzt läuft.' },
  SNP_FIELD_PLATFORM_INFO: { title: 'Wie die Maschine eingerichtet ist.' },
  SNP_FIELD_KEY_INFO: {
    title: 'Welcher Schlüssel unterschrieb, und ob ein Autorenschlüssel für den ID-Schlüssel einsteht.',
  },
  SNP_FIELD_REPORT_DATA: {
    title:
      '64 Bytes, die die virtuelle Maschine wählte: in der Regel ein Digest dessen, was sie sagt, ein eigener Schlüssel oder die Zahl des Fragenden.',
  },
  SNP_FIELD_MEASUREMENT: {
    title:
      'Startmesswert: SHA-384 über alles, was beim Start der virtuellen Maschine im Speicher war. Das ist es, was festgelegt wird.',
  },
  SNP_FIELD_HOST_DATA: { title: '32 Bytes, die der Host beim Start angab, seither unveränderlich.' },
  SNP_FIELD_ID_KEY_DIGEST: {
    title:
      'SHA-384 des Schlüssels, der den ID-Block unterschrieb, welcher sagt, was starten darf. Nullen: Es gab keinen.',
  },
  SNP_FIELD_AUTHOR_KEY_DIGEST: {
    title: 'SHA-384 des Schlüssels, der für den ID-Schlüssel einsteht. Nullen: Es gab keinen.',
  },
  SNP_FIELD_REPORT_ID: { title: 'Benennt diesen Lauf der virtuellen Maschine: in allen ihren Berichten dasselbe.' },
  SNP_FIELD_REPORT_ID_MA: { title: 'Benennt den Migrationsagenten. Lauter Einsen: Es gibt keinen.' },
  SNP_FIELD_REPORTED_TCB: {
    title: 'TCB: Versionen der Firmware, aus denen der Schlüssel abgeleitet ist. Das Zertifikat muss dieselben nennen.',
  },
  SNP_FIELD_CPUID: { title: 'Welcher Prozessor: Familie, Modell und Stepping, wie CPUID sie angibt.' },
  SNP_FIELD_CHIP_ID: {
    title: 'Benennt den Prozessor. Nullen: Der Host ließ es weg. Seit Turin werden nur die ersten 8 Bytes verwendet.',
  },
  SNP_FIELD_COMMITTED_TCB: { title: 'TCB: Versionen der Firmware, hinter die die Maschine nicht zurückkann.' },
  SNP_FIELD_CURRENT_VERSION: { title: 'Version der SEV-Firmware, die jetzt läuft.' },
  SNP_FIELD_COMMITTED_VERSION: { title: 'Version der SEV-Firmware, hinter die die Maschine nicht zurückkann.' },
  SNP_FIELD_LAUNCH_TCB: {
    title: 'TCB: Versionen der Firmware, als die virtuelle Maschine gestartet oder hierher verlegt wurde.',
  },
  SNP_FIELD_MITIGATIONS: {
    title: 'Ein Bit für jede Schwäche des Prozessors, die die Firmware umgeht, nach der Nummerierung von AMD.',
  },
  SNP_FIELD_SIGNATURE: {
    title: 'Eine Hälfte der ECDSA-Unterschrift über die Bytes 0 bis 29Fh, niederwertigstes Byte zuerst.',
  },
  SNP_FIELD_RESERVED: { title: 'Von AMD frei gehalten: Nullen.' },
  SNP_FIELD_TABLE: {
    title:
      'Zertifikate, die der Host mit dem Bericht übergab. Sie gehören nicht zum Unterschriebenen und zählen nur, wenn sie sich als richtig erweisen.',
  },
};
