import { words } from './words.ts';

/** Words of the view of enclave images. */
export const eif = words('eif', {
  headline: {
    verified: 'This enclave image is the one that was expected.',
    rejected: 'This says that it is an AWS Nitro enclave image.',
    undetermined: 'This is an AWS Nitro enclave image.',
  },
  image: 'The image',
  size: 'Size',
  version: 'Format',
  versionText: 'version {version}',
  processor: 'Processor',
  wants: 'Meant to run with',
  wantsText: '{memory} of memory and {processors}; not measured',
  signer: 'Signed by',
  unsigned: 'nobody',
  cmdline: 'Command line of the kernel',
  sections: 'What it is made of',
  sectionsHint: 'To scale. The header comes before the first section, and each section has 12 bytes of its own.',
  types: {
    kernel: 'Kernel',
    cmdline: 'Command line',
    ramdisk: 'Ramdisk',
    signature: 'Signature',
    metadata: 'Metadata',
  },
  columns: { section: 'Section', offset: 'From byte', size: 'Bytes', measured: 'Measured in' },
  notMeasured: 'nothing',
  registers: 'What it measures',
  registersHint:
    'What the registers of an enclave hold that is started from this image. 0: kernel, command line and all ramdisks; 1: without the application; 2: the application alone; 8: the certificate that signed it. They cover the bytes in their order, not where one section ends and the next begins.',
  register: 'Register',
  image0: 'This image',
  pinned: 'Pinned',
  attested: 'Attested in “{name}”',
  equal: 'equal',
  different: 'other: {hex}',
  zeros: 'zeros',
  missing: 'not there',
  metadata: 'Metadata',
  metadataHint:
    'As whoever built the image wrote it. It is neither measured nor signed: anyone can change it without changing a register.',
} as const);
