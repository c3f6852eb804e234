import type { eif as eifEnglish } from './eif.en.ts';
import type { Translated } from './words.ts';

/** Words of the view of enclave images. */
export const eif: Translated<typeof eifEnglish> = {
  headline: {
    verified: 'Dieses Enklaven-Abbild ist das erwartete.',
    rejected: 'Das ist nach eigener Angabe ein AWS-Nitro-Enklaven-Abbild.',
    undetermined: 'Das ist ein AWS-Nitro-Enklaven-Abbild.',
  },
  image: 'Das Abbild',
  size: 'Größe',
  version: 'Format',
  versionText: 'Version {version}',
  processor: 'Prozessor',
  wants: 'Gedacht für',
  wantsText: '{memory} Speicher und {processors}; nicht gemessen',
  signer: 'Unterschrieben von',
  unsigned: 'niemandem',
  cmdline: 'Befehlszeile des Kernels',
  sections: 'Woraus es besteht',
  sectionsHint: 'Maßstäblich. Der Kopf steht vor dem ersten Abschnitt, und jeder Abschnitt hat 12 Bytes für sich.',
  types: {
    kernel: 'Kernel',
    cmdline: 'Befehlszeile',
    ramdisk: 'Ramdisk',
    signature: 'Unterschrift',
    metadata: 'Metadaten',
  },
  columns: { section: 'Abschnitt', offset: 'Ab Byte', size: 'Bytes', measured: 'Gemessen in' },
  notMeasured: 'nichts',
  registers: 'Was es misst',
  registersHint:
    'Was die Register einer Enklave enthalten, die aus diesem Abbild gestartet wird. 0: Kernel, Befehlszeile und alle Ramdisks; 1: ohne die Anwendung; 2: die Anwendung allein; 8: das Zertifikat, das unterschrieb. Sie decken die Bytes in ihrer Reihenfolge, nicht wo ein Abschnitt endet und der nächste beginnt.',
  register: 'Register',
  image0: 'Dieses Abbild',
  pinned: 'Festgelegt',
  attested: 'Attestiert in „{name}“',
  equal: 'gleich',
  different: 'anders: {hex}',
  zeros: 'Nullen',
  missing: 'nicht da',
  metadata: 'Metadaten',
  metadataHint:
    'Wie es schrieb, wer das Abbild baute. Weder gemessen noch unterschrieben: Jeder kann es ändern, ohne dass sich ein Register ändert.',
};
