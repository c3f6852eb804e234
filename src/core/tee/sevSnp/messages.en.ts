import type { Messages } from '../../verdict/messages.ts';
import { x509Messages } from '../../x509/messages.en.ts';
import { snpFieldMessages } from './fieldMessages.en.ts';

export const sevSnpMessages: Messages = {
  ...x509Messages,
  ...snpFieldMessages,
  X509_FORM: {
    ...x509Messages['X509_FORM'],
    title: 'Every certificate can be read',
    action: 'Get the certificates again from where they come from: they may have been cut or altered on the way.',
  },
  TEE_FORM: {
    title: 'The report has the form of an AMD SEV-SNP attestation report',
    pass: 'The report has the form that AMD describes for version {version}, and everything that is reserved is zero.',
    fail: 'The report does not have the form that AMD describes ({rule}, byte {offset}). {reason}',
    unknown: 'The report is of a form that is not known here. {reason}',
    action:
      'Get the report again from where it was made, as bytes: it may have been cut, converted or altered on the way.',
  },
  TEE_PLATFORM: {
    title: 'It speaks for a virtual machine on a known AMD processor',
    pass: 'The report is of a virtual machine under SEV-SNP on an AMD EPYC processor of the {product} line.',
    fail: 'Report, certificate and root are of different processors: {reason}.',
    unknown: 'What processor the report is of cannot be told. {reason}',
    action: 'Give {wanted} with --with, or drop it beside the report.',
  },
  TEE_CHAIN: {
    title: "The signing key goes back to AMD's root",
    pass: "The certificates lead from AMD's root to the key that signed, and every rule of the path holds.",
    fail: "The certificates do not lead from AMD's root to the key that signed.",
    unknown: "Whether the certificates lead to AMD's root cannot be told.",
  },
  TEE_ROOT: {
    title: 'The root is one of AMD',
    pass: 'The first certificate is, byte for byte, the root of AMD for {product}: {subject}.',
    fail: 'The first certificate is none of the roots of AMD: {subject}.',
    unknown: 'The root was not looked at. {reason}',
    action: 'Give {wanted} with --with, or drop it beside the report.',
  },
  TEE_SIGNATURE: {
    title: 'The signature on the report holds',
    pass: 'The report is signed by the {key} of its certificate, and not one signed byte has changed since.',
    fail: 'The signature on the report does not hold. {reason}',
    unknown: 'The signature could not be checked. {reason}',
    action: 'Give {wanted} with --with, or drop it beside the report.',
  },
  SNP_KEY: {
    title: 'The certificate is for the kind of key that signed',
    pass: 'The report says that a {key} signed it, and the certificate is for one.',
    fail: 'The report says that a {key} signed it, and the certificate is for a {found}.',
    unknown: 'The kind of key was not compared. {reason}',
    action: 'Give {wanted} with --with, or drop it beside the report.',
  },
  SNP_CHIP: {
    title: 'The certificate is for the processor in the report',
    pass: 'Report and certificate belong together: the certificate is for {named}.',
    fail: 'The report is of the chip {chip}, the certificate is for the chip {found}.',
    unknown: 'The processors were not compared. {reason}',
    action: 'Give {wanted} with --with, or drop it beside the report.',
  },
  SNP_TCB: {
    title: 'The certificate is for the firmware in the report',
    pass: 'The versions of the firmware in the report are those of the certificate: {versions}.',
    fail: 'The report names other versions of the firmware ({versions}) than the certificate. Different: {differing}.',
    unknown: 'The versions of the firmware were not compared. {reason}',
    action: 'Give {wanted} with --with, or drop it beside the report.',
  },
  SNP_TCB_ORDER: {
    title: 'The versions of the firmware do not contradict each other',
    pass: 'The firmware that runs ({firmware}) is not older than the one that was committed or reported.',
    fail: 'The versions of the firmware contradict each other. {reason}',
    unknown: 'The versions of the firmware were not compared with each other.',
  },
  SNP_POLICY: {
    title: "The platform does what the guest's policy demands",
    pass: 'The platform is as the policy of the guest demands. It asks for firmware ABI {abi} at least.',
    fail: 'The platform is not as the policy of the guest demands. {reason}',
    unknown: 'The policy of the guest was not looked at.',
  },
  SNP_VMPL: {
    title: 'The guest itself asked for the report',
    pass: 'The guest asked for the report, from privilege level {vmpl}.',
    fail: 'The report was not asked for by the guest.',
    unknown: 'The host asked for the report, so nothing in it comes from within the guest.',
    action: 'Have the guest ask for a report of its own, with data of yours in it.',
  },
  TEE_TIME: {
    title: 'All certificates are valid at the time',
    pass: 'All certificates are valid together from {from} to {to}, and so at {at}.',
    fail: 'Not all certificates are valid at {at}. Together they are from {from} to {to}.',
    unknown: 'Whether the certificates were valid cannot be told. {reason}',
    action: 'A report carries no time of its own. Give the time at which it was made, if you know it from elsewhere.',
  },
  TEE_MEASUREMENT: {
    title: 'The code is the code you expect',
    pass: 'The measured start of the virtual machine is the one of pin {pin} in your trust file.',
    fail: 'The measured start of the virtual machine is none of those that you have pinned. {reason}',
    unknown: 'You have pinned no measurement, so nothing says which code was to be expected.',
    action:
      'Compute the launch measurement from the image (firmware, kernel, number of processors), or get it from whoever builds it, and pin it.',
  },
  TEE_REVOCATION: {
    title: 'No certificate is revoked',
    pass: 'No certificate whose issuer has a revocation list among those given is revoked.',
    fail: 'A certificate was revoked by its issuer, so what its key signed is worth nothing from then on.',
    unknown: 'Whether a certificate was revoked cannot be told from the revocation lists given.',
    action: 'Give the revocation list that counts at the judged time with --with, or drop it beside.',
  },
  TEE_REVOCATION_OPEN: {
    title:
      'Whether certificates were revoked was not checked for all of them. The list of AMD can be given with --with or dropped beside; its address: {addresses}.',
  },
  TEE_CRL_OTHER: {
    title: 'A revocation list that was given is of none of the issuers here, but of {issuer}.',
  },
  TEE_DEBUG: {
    title:
      'Debug: the policy lets the host read and change the memory of the virtual machine. Whatever was measured, it proves nothing.',
  },
  SNP_MIGRATION_AGENT: {
    title:
      'The virtual machine has a migration agent (report id {id}), which can hand its whole state to another machine. What that agent is has to be attested too.',
  },
  SNP_VMPL_ABOVE_ZERO: {
    title:
      'The report was asked for from privilege level {vmpl}. What is in REPORT_DATA was chosen by code there, not by the innermost level 0.',
  },
  SNP_CHIP_MASKED: {
    title: 'The host had the chip left out of the report. The signature still tells which one it was.',
  },
  SNP_OPERATOR_KEY: {
    title:
      'Signed with a key that AMD loads for the operator {operator}: the report holds for some processor of that operator, not for a certain one.',
  },
  SNP_PROVISIONAL: {
    title: 'The firmware that runs is newer than the one that is committed: the host can still go back to that.',
  },
  SNP_PLATFORM_BITS: { title: 'PLATFORM_INFO has bits that nobody has described: {bits}.' },
  SNP_REPORT_DATA: { title: 'REPORT_DATA is {how} the file {file}, so the guest had it when it asked for the report.' },
};
