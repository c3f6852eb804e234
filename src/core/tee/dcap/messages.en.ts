import type { Messages } from '../../verdict/messages.ts';
import { x509Messages } from '../../x509/messages.en.ts';
import { dcapHints } from './hints.en.ts';

const fetchAction =
  'Fetch it from {address} (Intel sends the chain of its signer in the header beside it), and give both with --with or drop them beside. A quote bundle of dcap-qvl holds all of it.';

export const dcapMessages: Messages = {
  ...x509Messages,
  ...dcapHints,
  TEE_FORM: {
    title: 'The file has the form of an Intel quote',
    pass: 'The file is a DCAP quote of version {version}, for {tee}.',
    fail: 'The file does not have the form of an Intel DCAP quote ({rule}, byte {offset}). {reason}',
    unknown: 'The quote was not read.',
    action:
      'Get the quote again from where it was made, as bytes: it may have been cut, converted or altered on the way.',
  },
  TEE_PLATFORM: {
    title: 'Intel’s quoting enclave speaks for it',
    pass: 'The quote names Intel’s quoting enclave as its maker, and speaks for {what}.',
    fail: 'The quote was made by the quoting enclave of another vendor ({vendor}), whose word means nothing here.',
    unknown: 'What the quote speaks for cannot be told. {reason}',
  },
  TEE_CHAIN: {
    title: 'The PCK certificate goes back to Intel’s root',
    pass: 'The certificates lead from Intel’s root to the certificate of the processor’s key (PCK), and every rule of the path holds.',
    fail: 'The certificates do not lead from Intel’s root to the certificate of the processor’s key (PCK).',
    unknown: 'Whether the processor’s key is Intel’s cannot be told.',
    action: 'Give the PCK certificate with its chain, in PEM, with --with or drop it beside.',
  },
  TEE_ROOT: {
    title: 'The root is Intel’s',
    pass: 'The first certificate is, byte for byte, the root that Intel has for SGX and TDX: {subject}.',
    fail: 'The first certificate is not the root that Intel has for SGX and TDX, but {subject}.',
    unknown: 'The root was not looked at. {reason}',
    action:
      'Intel has one root for SGX and TDX, and it is built in. A quote under any other was not made by a processor of Intel.',
  },
  DCAP_PCK: {
    title: 'The certificate says which processor it is of',
    pass: 'It is a PCK certificate of Intel, for a processor of the family {fmspc} (FMSPC) with the identity {ppid} (PPID).',
    fail: 'The last certificate is no PCK certificate of Intel. {reason}',
    unknown: 'Which processor it is of cannot be told. {reason}',
  },
  DCAP_QE_SIGNATURE: {
    title: 'The processor’s key signed the report of the quoting enclave',
    pass: 'The report of the quoting enclave is signed by the key of the PCK certificate.',
    fail: 'The signature on the report of the quoting enclave does not hold under the key of the PCK certificate.',
    unknown: 'The signature on the report of the quoting enclave could not be checked. {reason}',
  },
  DCAP_QE_BINDING: {
    title: 'The quoting enclave vouches for the attestation key',
    pass: 'The report of the quoting enclave holds the SHA-256 of the attestation key and its authentication data, and nothing else.',
    fail: 'The report of the quoting enclave vouches for another attestation key: it holds {found}, for this key it would hold {expected}.',
    unknown: 'Whether the quoting enclave vouches for the attestation key was not looked at. {reason}',
  },
  TEE_SIGNATURE: {
    title: 'The signature on the quote holds',
    pass: 'The first {length} bytes, header and body, are signed by the attestation key, and not one of them has changed since.',
    fail: 'The signature on the quote does not hold. {reason}',
    unknown: 'The signature could not be checked. {reason}',
  },
  TEE_TIME: {
    title: 'All certificates are valid at the time',
    pass: 'All certificates are valid together from {from} to {to}, and so at {at}.',
    fail: 'Not all certificates are valid at {at}. Together they are from {from} to {to}.',
    unknown: 'Whether the certificates were valid cannot be told. {reason}',
    action:
      'A quote carries no time of its own. It is judged now, or at a time that you give: give the one at which it was made, if you know it from elsewhere.',
  },
  DCAP_COLLATERAL: {
    title: 'What Intel publishes of this platform is at hand, signed, and of the time',
    pass: 'Intel’s lists for this platform are signed by Intel and count at {at}; none of the certificates is revoked.',
    fail: 'What was given as Intel’s lists is not Intel’s, or revokes a certificate.',
    unknown: 'Not all that Intel publishes of this platform was given for {at}.',
    action: fetchAction,
  },
  DCAP_TCB_INFO: {
    title: 'TCB info: Intel’s list of levels for this family of processors',
    pass: 'The TCB info for {tee} and FMSPC {fmspc} (in {file}) is signed by Intel.',
    fail: 'The TCB info in {file} is not signed by Intel.',
    unknown: 'TCB info for {tee} and FMSPC {fmspc} is missing. {reason}',
    action: fetchAction,
  },
  DCAP_QE_IDENTITY: {
    title: 'Identity of Intel’s quoting enclave',
    pass: 'The identity {name} (in {file}) is signed by Intel.',
    fail: 'The identity of the quoting enclave in {file} is not signed by Intel.',
    unknown: 'The identity {name} is missing. {reason}',
    action: fetchAction,
  },
  DCAP_SIGNED: {
    title: 'The signature on the JSON holds',
    pass: 'The signature holds over the very characters of the JSON in {file}.',
    fail: 'The signature does not hold over the JSON in {file}: it was changed, or written anew.',
    unknown: 'The signature on the JSON in {file} could not be checked.',
  },
  DCAP_WINDOW: {
    title: 'Intel’s lists count at the time',
    pass: 'Intel’s lists count from {from} to {to}, and so at {at}.',
    unknown: 'Intel’s lists for {at} are not at hand. {reason}',
    action:
      'Intel’s lists count for about 30 days. Fetch them anew from {address}, or judge at a time inside the window if you know from elsewhere that the quote was made then.',
  },
  DCAP_REVOCATION: {
    title: 'No certificate is revoked',
    pass: 'By the lists of their issuers none of the certificates is revoked.',
    fail: 'A certificate is revoked.',
    unknown: 'Whether all certificates stand cannot be told.',
    action: 'Fetch the lists from {pckCrl} and {rootCrl}, and give both with --with or drop them beside.',
  },
  DCAP_QE: {
    title: 'The quoting enclave is Intel’s',
    pass: 'Signer, product and attributes of the quoting enclave are those that Intel names; its security version is {isvSvn}.',
    fail: 'The quoting enclave is not the one that Intel names. {reason}',
    unknown: 'Whether the quoting enclave is Intel’s cannot be told. {reason}',
    action: fetchAction,
  },
  DCAP_TCB: {
    title: 'Intel’s word on the state of the platform',
    pass: '{reason} (Level of {date}; advisories: {advisories}.)',
    fail: 'The platform is not in a state that Intel trusts. {reason}',
    unknown: 'Whether the platform is in a state that Intel trusts is open. {reason}',
    action: fetchAction,
  },
  DCAP_AGREEMENT: {
    title: 'A second reading comes to the same word',
    pass: 'The library dcap-qvl, which shares no code with this reading, comes to the same word: {ours}. (It does not look at the TDX module; for the comparison neither does this.)',
    fail: 'Two readings of the same evidence disagree: this one comes to {ours}, the library dcap-qvl to {theirs}.',
    unknown: 'There are no two readings to compare. {reason}',
  },
  DCAP_EVENT_LOG: {
    title: 'The event log comes to the registers in the quote',
    pass: 'Replayed, the {count} events come to {registers} as they stand in the quote.',
    fail: 'The event log is not what the registers in the quote measured. {reason}',
    unknown: 'The event log could not be replayed. {reason}',
  },
  DCAP_REPORT_DATA: {
    title: 'The report says of its data what the quote says',
    pass: 'The report data beside the quote is that in the quote.',
    fail: 'The report data beside the quote is not that in the quote. {reason}',
    unknown: 'The report data beside the quote was not compared. {reason}',
  },
  TEE_MEASUREMENT: {
    title: 'The code is the code you expect',
    pass: 'What was measured is what pin {pin} in your trust file demands.',
    fail: 'What was measured is none of what you have pinned. {reason}',
    unknown: 'You have pinned no measurement, so nothing says which code was to be expected.',
    action:
      'Get the measurement (MRENCLAVE of an SGX enclave, MRTD of a trust domain) from whoever builds the image, or build it yourself, and pin it.',
  },
  DCAP_DEBUG: {
    title: 'Debug mode: whoever runs the machine can read and change what runs in it. It proves nothing.',
  },
  DCAP_MRTD_ALONE: {
    title:
      'MRTD measures the firmware that a trust domain starts with, alone. What is loaded after that stands in RTMR0 to RTMR3, which a pin does not name: compare them, or replay the event log.',
  },
  DCAP_PADDING: {
    title: '{length} zeros stand behind the quote, from byte {offset} on: the rest of the buffer that it was made in.',
  },
  DCAP_TRAILING: {
    title:
      '{length} bytes stand behind the quote, from byte {offset} on, and not all are zeros. They are signed by nobody and count for nothing.',
  },
  DCAP_GIVEN_CHAIN: {
    title:
      'The quote carries no PCK certificate (certification data of type {type}); the one given beside it was used.',
  },
  DCAP_SEPT_VE: {
    title:
      'SEPT_VE_DISABLE is off: the machine can raise exceptions in the trust domain when it touches memory, against which its kernel must be hardened.',
  },
  DCAP_ADVISORY: { title: 'Intel’s advisory {id}: {address}' },
};
