import type { Messages } from '../../verdict/messages.ts';
import { sevSnpMessages } from '../sevSnp/messages.en.ts';

export const tpmMessages: Messages = {
  ...sevSnpMessages,
  TPM_FORM: {
    title: 'The file has the form of a TPM quote',
    pass: 'Every part of the file has the form that TPMs give it.',
    fail: 'The file cannot be read. {reason}',
    unknown: 'The file was not read.',
    action:
      'Get the quote again from where it was made, as bytes: it may have been cut, converted or altered on the way.',
  },
  TPM_QUOTE: {
    title: 'It is a TPM that speaks, about its registers',
    pass: 'The statement begins with the number that a TPM puts only before what it made itself, and it is a quote of registers.',
    fail: 'The statement is not a quote of a TPM. {reason}',
    unknown: 'Which statement it is cannot be told. {reason}',
    action:
      'A hardware report alone says nothing about what was started. Ask the machine for a quote of its TPM, and give it beside.',
  },
  TPM_KEY: {
    title: 'The key that signed is the key of a TPM that you trust',
    pass: 'The key that signed is {how}.',
    fail: 'The key that signed is not to be trusted. {reason}',
    unknown: 'Whose key signed cannot be told. {reason}',
    action:
      'Get the attestation key of the machine from where it was enrolled (`tpm2_readpublic -f pem`), compare it with a second source, and pin it in `tpm.attestationKeys`; or give the hardware report that vouches for it.',
  },
  TPM_KEY_PINNED: {
    title: 'The key is pinned',
    pass: 'The key is pinned in your trust file.',
    unknown: 'The key is not among those that you have pinned.',
  },
  TPM_HARDWARE: {
    title: "The processor's own report vouches for the key",
    pass: 'The key stands in the runtime data whose digest a genuine report of the processor carries.',
    fail: 'The report of the processor does not vouch for the key.',
    unknown: 'Whether the processor vouches for the key cannot be told. {reason}',
  },
  TPM_RUNTIME_DATA: {
    title: 'The report carries the digest of the runtime data',
    pass: 'The report carries the {hash} of the runtime data in which the key stands.',
    fail: 'The report carries {found}, but the runtime data has {expected}.',
  },
  TPM_RUNTIME_KEY: {
    title: 'The key that signed is the one in the runtime data',
    pass: 'The quote is signed by the key that the runtime data names (HCLAkPub).',
    fail: 'The quote is not signed by the key that the runtime data names (HCLAkPub).',
    unknown: 'No quote is signed by the key that the runtime data names. {reason}',
  },
  TPM_KEY_ATTRIBUTES: {
    title: 'The key can sign nothing but what its TPM made',
    pass: 'The key never leaves its TPM, and signs only what the TPM itself made (restricted).',
    fail: 'The key may sign anything that it is given, so what looks like a quote need not be one. {reason}',
  },
  TPM_SIGNATURE: {
    title: 'The signature on the quote holds',
    pass: 'The quote is signed ({scheme}), and not one signed byte has changed since.',
    fail: 'The signature on the quote does not hold. {reason}',
    unknown: 'The signature was not checked. {reason}',
    action:
      'Give the signature beside the quote (the file that `tpm2_quote -s` wrote), and the public key or a trust file that pins it.',
  },
  TPM_QUOTE_SIGNATURE: {
    title: 'The signature on the quote of {bank} holds',
    pass: 'The quote of {bank} is signed ({scheme}), and not one signed byte has changed since.',
    fail: 'The signature on the quote of {bank} does not hold. {reason}',
    unknown: 'The signature on the quote of {bank} was not checked. {reason}',
  },
  TPM_PCR_DIGEST: {
    title: 'The registers hold the values that are given',
    pass: 'The values of {count} registers ({bank}) give the digest that the TPM signed.',
    fail: 'The registers do not hold the values that are given. {reason}',
    unknown: 'What the registers hold cannot be told: a quote has only a digest over them. {reason}',
    action:
      'Give the values beside the quote, as `tpm2_pcrread` prints them, or the event log of the machine (`/sys/kernel/security/tpm0/binary_bios_measurements`).',
  },
  TPM_EXPECTED: {
    title: 'The registers hold what you expect',
    pass: 'The registers hold all the values that you gave ({count}).',
    fail: 'The TPM signed other values than those that you gave, for {registers}.',
    unknown: 'No quote confirms what these registers hold, for which you gave values: {registers}.',
    action: 'Ask for a quote that covers these registers.',
  },
  TPM_EVENT_LOG: {
    title: 'The event log tells how the registers came to their values',
    pass: 'Replayed, the {events} events of the log give what the TPM signed for {registers}.',
    fail: 'Replayed, the log gives other values than the TPM signed for {registers}: an event is missing, added or altered.',
    unknown: 'The log cannot be compared with the registers. {reason}',
    action: 'Get the log from the same start of the machine as the quote.',
  },
  TPM_NONCE: {
    title: 'The quote answers your question',
    pass: 'The quote carries the nonce that you gave, so it was made after that.',
    fail: 'The quote carries {found} and not the nonce that you gave: it was made for somebody else, or before.',
  },
  TPM_UNLOGGED: {
    title:
      'Registers that hold something of which the log says nothing: {registers}. They were measured into later, or the log is not whole.',
  },
  TPM_EVENT_TEXT: {
    title:
      '{count} of the {events} events have a description that no digest covers. It is shown as what it is: words of whoever made the log.',
  },
  TPM_SHA1_BANK: {
    title:
      'The quote covers registers in SHA-1, for which two different contents can be made to look alike. Ask for a quote of SHA-256.',
  },
  TPM_NO_TIME: {
    title:
      'A TPM knows no time of day: the quote does not say when it was made. Only a nonce, or what else it is bound to, does.',
  },
  TPM_FIELD_MAGIC: {
    title:
      'ff544347 ("ÿTCG"): a TPM signs it only before statements of its own, so nothing that was sent to it can pose as one.',
  },
  TPM_FIELD_SIGNER: { title: 'The qualified name of the key: a digest over it and the keys above it.' },
  TPM_FIELD_NONCE: {
    title: 'Bytes that whoever asked for the quote chose, so that an old one cannot be passed off as new.',
  },
  TPM_FIELD_CLOCK: { title: 'How long the TPM has run, and how often it was reset. No time of day.' },
  TPM_FIELD_SELECT: { title: 'Which registers the quote covers.' },
  TPM_FIELD_DIGEST: { title: 'One digest over the values of all registers that are covered.' },
  TPM_FIELD_RUNTIME: {
    title: 'What the paravisor says about the virtual machine. Its digest is in the report of the processor.',
  },
  TPM_FIELD_EVENT: { title: 'Something that was measured into a register while the machine started.' },
};
