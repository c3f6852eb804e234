import { expect, test } from 'vitest';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { encodeResult, parseResult } from './resultFile.ts';

const bytes = Uint8Array.of(1);

test('the same result is the same bytes, in whatever order its files were made', () => {
  const files = [
    { path: 'b', bytes },
    { path: 'a/c', bytes },
  ];
  const encoded = encodeResult({ stdout: bytes, files });
  expect(encodeResult({ stdout: bytes, files: files.toReversed() })).toEqual(encoded);
  expect(parseResult(encoded)).toEqual({ stdout: bytes, files: files.toReversed() });
});

test.each(['..', '../a', 'a/../../b', '/etc/a', 'a//b', '.', '', 'C:a', 'a\\..\\b', 'a\0'])(
  'a name that leads elsewhere is refused: %j',
  (path) => {
    expect(() => parseResult(encodeResult({ stdout: bytes, files: [{ path, bytes }] }))).toThrow(FormatError);
  },
);

test.each([
  [['affidavit/result/2', bytes, []]],
  [['affidavit/result/1', 'text', []]],
  [['affidavit/result/1', bytes, 1]],
  [['affidavit/result/1', bytes, [['a', 'b']]]],
  [['affidavit/result/1', bytes, [1]]],
  ['affidavit/result/1'],
])('what is no result is refused: %j', (value) => {
  expect(() => parseResult(encodeCbor(value))).toThrow(FormatError);
});
