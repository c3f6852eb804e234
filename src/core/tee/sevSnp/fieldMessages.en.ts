import type { Messages } from '../../verdict/messages.ts';

/** Words on the fields of a report, for whoever reads its bytes. */
export const snpFieldMessages: Messages = {
  SNP_FIELD_VERSION: { title: 'Version of this format. 3 added the processor, 5 the mitigations.' },
  SNP_FIELD_GUEST_SVN: { title: 'A version that the owner of the virtual machine gave its image.' },
  SNP_FIELD_POLICY: { title: 'What the owner demands and allows. It is fixed at the start and cannot be changed.' },
  SNP_FIELD_FAMILY_ID: { title: 'A name for a family of images, given by the owner.' },
  SNP_FIELD_IMAGE_ID: { title: 'A name for the image, given by the owner.' },
  SNP_FIELD_VMPL: {
    title:
      'Privilege level inside the virtual machine that asked for this report: 0 is the innermost, 3 the outermost. All ones: the host asked.',
  },
  SNP_FIELD_SIGNATURE_ALGO: { title: '1 means ECDSA on P-384 with SHA-384.' },
  SNP_FIELD_CURRENT_TCB: { title: 'TCB: versions of the firmware that runs now.' },
  SNP_FIELD_PLATFORM_INFO: { title: 'How the machine is set up.' },
  SNP_FIELD_KEY_INFO: { title: 'Which key signed, and whether an author key vouches for the ID key.' },
  SNP_FIELD_REPORT_DATA: {
    title:
      '64 bytes that the virtual machine chose: as a rule a digest of what it says, a key of its own, or the number of whoever asks.',
  },
  SNP_FIELD_MEASUREMENT: {
    title:
      'Launch measurement: SHA-384 over everything that was in memory when the virtual machine started. This is what is pinned.',
  },
  SNP_FIELD_HOST_DATA: { title: '32 bytes that the host gave at the start, fixed since then.' },
  SNP_FIELD_ID_KEY_DIGEST: {
    title: 'SHA-384 of the key that signed the ID block, which says what may start. Zeros: there was none.',
  },
  SNP_FIELD_AUTHOR_KEY_DIGEST: { title: 'SHA-384 of the key that vouches for the ID key. Zeros: there was none.' },
  SNP_FIELD_REPORT_ID: { title: 'Names this run of the virtual machine: the same in all of its reports.' },
  SNP_FIELD_REPORT_ID_MA: { title: 'Names the migration agent. All ones: there is none.' },
  SNP_FIELD_REPORTED_TCB: {
    title: 'TCB: versions of the firmware that the key is derived from. The certificate must name the same.',
  },
  SNP_FIELD_CPUID: { title: 'Which processor: family, model and stepping as CPUID gives them.' },
  SNP_FIELD_CHIP_ID: {
    title: 'Names the processor. Zeros: the host had it left out. Since Turin only the first 8 bytes are used.',
  },
  SNP_FIELD_COMMITTED_TCB: { title: 'TCB: versions of the firmware behind which the machine cannot go back.' },
  SNP_FIELD_CURRENT_VERSION: { title: 'Version of the SEV firmware that runs now.' },
  SNP_FIELD_COMMITTED_VERSION: { title: 'Version of the SEV firmware behind which the machine cannot go back.' },
  SNP_FIELD_LAUNCH_TCB: { title: 'TCB: versions of the firmware when the virtual machine was started or moved here.' },
  SNP_FIELD_MITIGATIONS: {
    title: 'One bit for each weakness of the processor that the firmware works around, as numbered by AMD.',
  },
  SNP_FIELD_SIGNATURE: { title: 'One half of the ECDSA signature over bytes 0 to 29Fh, least byte first.' },
  SNP_FIELD_RESERVED: { title: 'Kept free by AMD: zeros.' },
  SNP_FIELD_TABLE: {
    title:
      'Certificates that the host handed over with the report. They are not part of what is signed, and count only if they prove right.',
  },
};
