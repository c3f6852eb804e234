import { sha3_512 } from '@noble/hashes/sha3.js';
import { equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { affidavitType, type Content } from '../../kinds/content.ts';
import { recogniseCompanion } from '../../kinds/companion.ts';
import { fail, pass, type Check, type Note } from '../../verdict/check.ts';
import type { SignedCall } from './call.ts';

const spec = 'Blocky Attestation Service: SHA3-512';

export interface Comparison {
  readonly checks: readonly Check[];
  /** What was not given, and so was not compared. */
  readonly notes: readonly Note[];
}

/**
 * Compares files that were given beside a call with the hashes in it. A WebAssembly module claims to be the program and must be it; any other file
 * must be input, secrets or output. @param calls of which at least one could be read
 */
export function compareFiles(companions: readonly Content[], calls: readonly SignedCall[]): Comparison {
  const checks: Check[] = [];
  for (const content of companions.filter(isFile)) {
    const { name, fileBytes } = content;
    const hash = toHex(sha3_512(fileBytes));
    const params = { name, hash };
    if (isModule(content)) {
      const ran = calls.some(({ hashOfCode }) => hashOfCode === hash);
      checks.push(ran ? pass('BLOCKY_CODE', { spec, params }) : fail('BLOCKY_CODE', { spec, params }));
    } else if (calls.some(({ hashOfInput }) => hashOfInput === hash)) {
      checks.push(pass('BLOCKY_INPUT', { spec, params }));
    } else if (calls.some(({ hashOfSecrets }) => hashOfSecrets === hash)) {
      checks.push(pass('BLOCKY_SECRETS', { spec, params }));
    } else if (calls.some(({ output }) => equalBytes(output, fileBytes))) {
      checks.push(pass('BLOCKY_OUTPUT', { spec, params }));
    } else {
      checks.push(fail('BLOCKY_INPUT', { spec, params }));
    }
  }
  const given = (code: string): boolean => checks.some((check) => check.code === code);
  const empty = toHex(sha3_512(new Uint8Array()));
  const isEmpty = (hash: (call: SignedCall) => string): boolean => calls.every((call) => hash(call) === empty);
  return {
    checks,
    notes: [
      ...(given('BLOCKY_CODE') ? [] : [{ code: 'BLOCKY_CODE_MISSING' } as const]),
      ...(given('BLOCKY_INPUT') || isEmpty(({ hashOfInput }) => hashOfInput)
        ? []
        : [{ code: 'BLOCKY_INPUT_MISSING' } as const]),
      ...(given('BLOCKY_SECRETS') || isEmpty(({ hashOfSecrets }) => hashOfSecrets)
        ? []
        : [{ code: 'BLOCKY_SECRETS_MISSING' } as const]),
    ],
  };
}

/** Not what goes with the attestation itself (a revocation list), nor a document of ours. */
export function isFile(content: Content): boolean {
  if (content.source !== undefined || affidavitType(content) !== undefined) return false;
  return isModule(content) || recogniseCompanion(content) === undefined;
}

function isModule({ fileBytes }: Content): boolean {
  return [0x00, 0x61, 0x73, 0x6d].every((byte, index) => fileBytes[index] === byte);
}
