import type { Messages } from '../../verdict/messages.ts';

/** Words about the fields of a quote, beside their bytes. */
export const dcapHints: Messages = {
  DCAP_HINT_HEADER: { title: 'What kind of quote this is, and who made it.' },
  DCAP_HINT_BODY: {
    title: 'What the processor says of the code that runs. The attestation key signs it together with the header.',
  },
  DCAP_HINT_VERSION: { title: 'Version of the quote: 3 for SGX alone, 4 and 5 for SGX and TDX.' },
  DCAP_HINT_KEY_TYPE: { title: 'Kind of the attestation key: 2 is ECDSA on P-256, the only one in use.' },
  DCAP_HINT_TEE_TYPE: { title: '0 for an SGX enclave, 129 (0x81) for a TDX trust domain.' },
  DCAP_HINT_QE_SVN: { title: 'Security version of the quoting enclave.' },
  DCAP_HINT_PCE_SVN: { title: 'Security version of the provisioning certification enclave.' },
  DCAP_HINT_VENDOR: { title: 'Who made the quoting enclave. Intel is 939a7233f79c4ca9940a0db3957f0607.' },
  DCAP_HINT_USER_DATA: { title: 'Chosen by the quoting enclave; its first 16 bytes identify it on this platform.' },
  DCAP_HINT_RESERVED: { title: 'Reserved.' },
  DCAP_HINT_SIZE: { title: 'How many bytes follow.' },
  DCAP_HINT_BODY_TYPE: { title: '1 for an SGX enclave, 2 for a trust domain of TDX 1.0, 3 of TDX 1.5.' },
  DCAP_HINT_CPUSVN: { title: 'Security version of the processor, as its microcode states it.' },
  DCAP_HINT_MISCSELECT: { title: 'Which further state is saved when the enclave is left.' },
  DCAP_HINT_ATTRIBUTES: {
    title: 'Flags of the enclave; bit 1 is DEBUG. Behind them, which features of the processor it may use.',
  },
  DCAP_HINT_MRENCLAVE: {
    title: 'Measurement of the enclave: SHA-256 over its pages as they were loaded. This is what to pin.',
  },
  DCAP_HINT_MRSIGNER: { title: 'SHA-256 of the key that signed the enclave. It says who built it, not what it is.' },
  DCAP_HINT_CONFIGID: { title: 'Given to the enclave when it was started; not part of its measurement.' },
  DCAP_HINT_ISVPRODID: { title: 'Product number that the signer gave the enclave.' },
  DCAP_HINT_ISVSVN: { title: 'Security version that the signer gave the enclave.' },
  DCAP_HINT_ISV_EXT: { title: 'Further numbers that the signer gave the enclave.' },
  DCAP_HINT_REPORTDATA: {
    title:
      'Chosen by the code that asked for the quote: a key, a nonce, a hash. What it means is between that code and its reader.',
  },
  DCAP_HINT_TEETCBSVN: {
    title: 'Security versions of the TDX module (first its own, then which module) and of what loaded it.',
  },
  DCAP_HINT_TEETCBSVN2: {
    title:
      'The same at the time of the quote: higher than the other where the module was updated while the trust domain ran.',
  },
  DCAP_HINT_MRSEAM: { title: 'Measurement of the TDX module.' },
  DCAP_HINT_MRSIGNERSEAM: { title: 'Who signed the TDX module; zeros for Intel.' },
  DCAP_HINT_SEAMATTRIBUTES: { title: 'Attributes of the TDX module; zeros in all that Intel has made.' },
  DCAP_HINT_TDATTRIBUTES: {
    title: 'Flags of the trust domain: bit 0 is DEBUG, bit 28 SEPT_VE_DISABLE, bit 29 MIGRATABLE.',
  },
  DCAP_HINT_XFAM: { title: 'Which features of the processor the trust domain may use.' },
  DCAP_HINT_MRTD: {
    title:
      'Measurement of what the trust domain was started with, mostly its virtual firmware: SHA-384. This is what to pin.',
  },
  DCAP_HINT_MRCONFIGID: {
    title: 'Configuration that was given to the trust domain when it was started; not part of MRTD.',
  },
  DCAP_HINT_MROWNER: {
    title: 'Owner, or its configuration, as given when the trust domain was started; not part of MRTD.',
  },
  DCAP_HINT_RTMR: {
    title:
      'Register that firmware, kernel or program extended while running: SHA-384 of what it was and what was added. The event log tells what.',
  },
  DCAP_HINT_MRSERVICETD: {
    title: 'Service domains that may act on this one, as a migration domain does; zeros for none.',
  },
  DCAP_HINT_SIGNATURE: { title: 'ECDSA on P-256 with SHA-256 over header and body, r ‖ s, by the attestation key.' },
  DCAP_HINT_ATTESTATION_KEY: { title: 'Public key of the quoting enclave on this platform: x ‖ y on P-256.' },
  DCAP_HINT_QE_REPORT: {
    title: 'What the processor says of the quoting enclave. Its REPORTDATA is the hash of the attestation key.',
  },
  DCAP_HINT_QE_SIGNATURE: { title: 'By the key of the PCK certificate over the report of the quoting enclave, r ‖ s.' },
  DCAP_HINT_QE_AUTH: { title: 'Chosen by the quoting enclave, and hashed together with the attestation key.' },
  DCAP_HINT_CERTIFICATION: { title: 'What certifies the attestation key.' },
  DCAP_HINT_CERT_TYPE: {
    title: 'Kind of certification data, 1 to 7; 5 is a chain of certificates, 6 the report of the quoting enclave.',
  },
  DCAP_HINT_PEM: { title: 'A certificate in PEM.' },
  DCAP_HINT_PADDING: { title: 'Behind the quote; signed by nobody.' },
  DCAP_HINT_EVENT_LOG: { title: 'What was measured, in order. It is as good as the check that replays it.' },
  DCAP_HINT_EVENT: {
    title: 'One event: the register that it extended, its name, and its payload or, where it has none, its digest.',
  },
};
