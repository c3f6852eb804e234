import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { encodeResult, parseResult } from './resultFile.ts';
import { encodeSecretFile, parseSecretFile, type SecretFile } from './secretFile.ts';

const at = { kind: 'folder', path: '/a' } as const;
const digest = new Uint8Array(32);
const secret: SecretFile = {
  program: digest,
  programAt: at,
  dataSet: digest,
  dataSetFile: digest,
  dataSetKey: digest,
  dataSetAt: at,
  outputTo: at,
  ownerKey: new Uint8Array(65),
};
const right = [
  encodeSecretFile(secret),
  encodeResult({ stdout: digest, files: [{ path: 'a', bytes: digest }] }),
] as const;

test('bytes that came from elsewhere are read or refused as a FormatError, and never read as what they do not say', () => {
  const edited = fc
    .tuple(fc.constantFrom(...right), fc.nat(), fc.integer({ min: 0, max: 255 }))
    .map(([bytes, where, value]) => bytes.with(where % bytes.length, value));
  const run = (bytes: Uint8Array) => {
    for (const again of [
      (b: Uint8Array) => encodeSecretFile(parseSecretFile(b)),
      (b: Uint8Array) => encodeResult(parseResult(b)),
    ]) {
      try {
        expect(again(bytes)).toEqual(new Uint8Array(bytes));
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
  };
  fc.assert(fc.property(fc.oneof(edited, fc.uint8Array({ maxLength: 200 })), run), { numRuns: 500 });
  expect(parseSecretFile(right[0])).toEqual(secret);
});
