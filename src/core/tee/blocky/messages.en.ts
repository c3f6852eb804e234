import type { Messages } from '../../verdict/messages.ts';
import { nitroMessages } from '../nitro/messages.en.ts';

/** The words of the inner documents are those of the kind `nitro`, but where the output as a whole has the same check. */
export const blockyMessages: Messages = {
  ...nitroMessages,
  TEE_FORM: {
    title: 'It has the form that it must have',
    pass: 'It has the form that is described for it, with everything that it must have.',
    fail: 'It does not have the form that is described for it. {reason}',
    unknown: 'It was not read.',
    action: 'Get the output again, as the service printed it: it may have been cut or altered on the way.',
  },
  TEE_PLATFORM: {
    title: 'It speaks for an enclave',
    pass: 'It was made for a Nitro enclave.',
    fail: 'It does not speak for an enclave. {reason}',
    unknown: 'What it speaks for cannot be told. {reason}',
    action: 'Ask for an output that was made on the service’s Nitro platform.',
  },
  BLOCKY_DOCUMENTS: {
    title: 'The enclave attests a key',
    pass: 'Every attestation document holds, all are of one enclave, and together they attest one text.',
    fail: 'The attestation documents do not hold, or do not belong together.',
    unknown: 'Whether an enclave attests anything cannot be told. {reason}',
  },
  BLOCKY_DOCUMENT: {
    title: 'Attestation document {number} of {count} holds',
    pass: 'Attestation document {number} of {count} is a genuine document of AWS Nitro.',
    fail: 'Attestation document {number} of {count} does not hold.',
    unknown: 'Whether attestation document {number} of {count} holds cannot be told.',
  },
  BLOCKY_SAME_ENCLAVE: {
    title: 'All documents are of one enclave',
    pass: 'All {count} documents name the enclave {module} and have the same registers.',
    fail: 'Document {number} does not belong to the first. {reason}',
    unknown: 'Whether all documents are of one enclave cannot be told. {reason}',
  },
  BLOCKY_JOINED: {
    title: 'The last part is the hash of the others',
    pass: 'What is attested ({length} bytes, pieces: {count}) has the SHA3-256 that stands in the last part.',
    fail: 'The last part is not SHA3-256 of the others, so they were not attested together.',
    unknown: 'The parts could not be put together. {reason}',
  },
  BLOCKY_KEY: {
    title: 'What the documents carry is a key for signing calls',
    pass: 'What the documents carry is a public key of secp256k1: {key}.',
    fail: 'What the documents carry is no key for signing calls. {reason}',
    unknown: 'Which key the documents carry cannot be told. {reason}',
  },
  BLOCKY_CALL: {
    title: 'The function call is signed by that key',
    pass: 'The call of “{function}” is signed by the key that the documents carry.',
    fail: 'The function call is not signed by the key that the documents carry, or cannot be read.',
    unknown: 'Whether the function call is signed by that key cannot be told.',
  },
  BLOCKY_CALL_FORM: {
    title: 'The signed call has its one right encoding',
    pass: 'The call and its signature are encoded in the one form that there is for them.',
    fail: 'The call is not encoded as it must be (byte {offset}). {reason}',
  },
  BLOCKY_CALL_SIGNATURE: {
    title: 'The signature holds',
    pass: 'The key signed this very call.',
    fail: 'The key did not sign this call.',
    unknown: 'The signature could not be checked. {reason}',
  },
  BLOCKY_CLAIMS: {
    title: 'What stands beside it says the same',
    pass: 'The claims beside the attestations are unsigned copies; each is the same as what they are copies of.',
    fail: 'The claims beside the attestations say something else than what is attested: {fields}.',
    unknown: 'Claims that could not be compared with what is attested: {fields}.',
    action: 'Believe what is attested, which is shown here, and ask who changed the claims.',
  },
  BLOCKY_CODE: {
    title: 'The program is the one that was called',
    pass: '“{name}” is the very program: its SHA3-512 is the signed hash of the code.',
    fail: '“{name}” is not the program that was called: its SHA3-512 is {hash}.',
    unknown: 'The program was not compared.',
  },
  BLOCKY_INPUT: {
    title: 'The file is part of the call',
    pass: '“{name}” is the very input: its SHA3-512 is the signed hash of the input.',
    fail: '“{name}” is neither input nor secrets nor output of the call: its SHA3-512 is {hash}.',
    unknown: 'The file was not compared.',
    action: 'Give the file byte for byte as it went into the call, or leave it out.',
  },
  BLOCKY_SECRETS: {
    title: 'The file is the secrets of the call',
    pass: '“{name}” are the very secrets: their SHA3-512 is the signed hash of the secrets.',
  },
  BLOCKY_OUTPUT: {
    title: 'The file is the output of the call',
    pass: '“{name}” is, byte for byte, the signed output.',
  },
  BLOCKY_CALL_TIME: {
    title:
      'When the function was called is not attested. The documents attest when the key was: the call came at some time after.',
  },
  BLOCKY_CODE_MISSING: {
    title: 'The program was not given, so it was not compared with the signed hash. Give the WebAssembly file beside.',
  },
  BLOCKY_INPUT_MISSING: {
    title: 'The input was not given, so it was not compared with the signed hash. Give its file beside.',
  },
  BLOCKY_SECRETS_MISSING: {
    title:
      'The secrets were not given, so they were not compared with the signed hash. Whoever has them can give their file beside.',
  },
  BLOCKY_OLD_FORM: {
    title:
      'The output has the form that the service had until spring 2025: it claims no measurement, and its calls are signed as JSON.',
  },
  BLOCKY_OTHER_MEMBERS: {
    title: 'Nobody has described these members, which are not signed and were not looked at: {members}.',
  },
};
