import { describe, expect, it } from 'vitest';
import { toBase64, toBase64Url } from '../../core/bytes/base64.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { encodedObject } from './encodedObject.ts';

const object = Uint8Array.from({ length: 40 }, (_, index) => index * 7);
const digest = sha3Hex(object);

describe('an object in a JSON document', () => {
  it.each([toHex, toBase64, toBase64Url])('is found as it is encoded, at any depth', (encode) => {
    const text = JSON.stringify({ a: [1, null, { b: 'no', c: { d: [encode(object)] } }] });
    expect(encodedObject(text, digest)).toEqual(object);
  });

  it('is found by its digest alone', () => {
    const text = JSON.stringify({ a: toHex(object) });
    expect(encodedObject(text, sha3Hex(object.subarray(1)))).toBeUndefined();
    expect(encodedObject('no JSON', digest)).toBeUndefined();
  });
});
