import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { ecdsaDer } from '../x509/ecdsa.fixture.ts';
import { bytes, map, negative, signMessage, text, uint, type MessageChanges } from './cose.fixture.ts';
import { parseCoseSign1 } from './parse.ts';
import { sigStructure } from './sigStructure.ts';
import { es256, es384, verifyCoseSign1 } from './verify.ts';

const newKeys = (namedCurve: string) =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

let keys: CryptoKeyPair;
beforeAll(async () => {
  keys = await newKeys('P-384');
});

const payload = utf8('what is signed');
const make = async (changes: MessageChanges = {}, content = payload) =>
  parseCoseSign1(await signMessage(content, keys.privateKey, changes), 100_000);
const verify = async (changes: MessageChanges, content = payload) =>
  verifyCoseSign1(await make(changes, content), keys.publicKey, es384);

/** Order of the group of P-384 (SEC 2 §2.5.1). */
const order = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n;
const asNumber = (part: Uint8Array) => BigInt(`0x${toHex(part)}`);
const asBytes = (value: bigint) => fromHex(value.toString(16).padStart(96, '0'));

describe('the signature of a message', () => {
  it.each([0, 1, 23, 24, 255, 256, 65_535, 65_536])('holds over %i bytes of payload', async (length) => {
    const content = new Uint8Array(length).fill(1);
    expect(await verify({}, content)).toEqual({ ok: true, signatures: 1 });
  });

  it('holds with s in either half of its range', async () => {
    const signature = (both: Uint8Array) =>
      Uint8Array.of(...both.subarray(0, 48), ...asBytes(order - asNumber(both.subarray(48))));
    expect(await verify({ signature })).toEqual({ ok: true, signatures: 1 });
  });

  it('is over the protected header as it was written, not as it would be written again', async () => {
    const padded = fromHex('b801190001390022');
    const message = await make({ protectedHeader: padded });
    expect(message.algorithm).toBe(-35);
    expect(await verifyCoseSign1(message, keys.publicKey, es384)).toMatchObject({ ok: true });
  });

  it('also covers data from outside, where the caller has some', async () => {
    const message = await make();
    expect(await verifyCoseSign1(message, keys.publicKey, es384, utf8('x'))).toMatchObject({
      ok: false,
      signatures: 1,
    });
  });

  const half = new Uint8Array(48);
  it.each<[string, MessageChanges, RegExp, number, string]>([
    ['another algorithm', { protectedHeader: map([uint(1), negative(-7)]) }, /-35.*states -7/, 0, 'algorithm'],
    ['no algorithm', { protectedHeader: map() }, /states none/, 0, 'algorithm'],
    ['the algorithm as a text', { protectedHeader: map([uint(1), text('ES384')]) }, /states none/, 0, 'algorithm'],
    ['95 bytes', { signature: (both) => both.subarray(1) }, /96 bytes, here are 95/, 0, 'length'],
    ['97 bytes', { signature: (both) => Uint8Array.of(0, ...both) }, /here are 97/, 0, 'length'],
    ['r of zero', { signature: (both) => Uint8Array.of(...half, ...both.subarray(48)) }, /zero/, 0, 'range'],
    ['s of zero', { signature: (both) => Uint8Array.of(...both.subarray(0, 48), ...half) }, /zero/, 0, 'range'],
    [
      'r at the order',
      { signature: (both) => Uint8Array.of(...asBytes(order), ...both.subarray(48)) },
      /no signature/,
      1,
      'signature',
    ],
    [
      'r and s exchanged',
      { signature: (both) => Uint8Array.of(...both.subarray(48), ...both.subarray(0, 48)) },
      /no signature/,
      1,
      'signature',
    ],
    ['a signature in DER', { signature: (both) => ecdsaDer(both) }, /96 bytes/, 0, 'length'],
    ['another digest', { hash: 'SHA-256' }, /no signature/, 1, 'signature'],
  ])('does not hold with %s', async (_, changes, reason, signatures, rule) => {
    expect(await verify(changes)).toEqual({
      ok: false,
      rule,
      reason: expect.stringMatching(reason) as unknown,
      signatures,
    });
  });

  it('does not hold when any bit of header, payload or signature is changed', async () => {
    const document = await signMessage(payload, keys.privateKey, { unprotected: map([uint(4), bytes(payload)]) });
    const { protectedHeader, payload: body, signature } = parseCoseSign1(document, 1000);
    for (const part of [protectedHeader, body, signature]) {
      for (let offset = part.offset; offset < part.offset + part.bytes.length; offset += 3) {
        const changed = document.slice();
        changed[offset] = changed[offset]! ^ 0x10;
        let holds = false;
        try {
          holds = (await verifyCoseSign1(parseCoseSign1(changed, 1000), keys.publicKey, es384)).ok;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
        expect(holds, `byte ${offset}`).toBe(false);
      }
    }
  });
});

interface CoseExample {
  readonly fail?: boolean;
  readonly input: {
    readonly sign0: { readonly key: { readonly crv: string; readonly x: string; readonly y: string } };
  };
  readonly intermediates: { readonly ToBeSign_hex: string };
  readonly output: { readonly cbor: string };
}

const folder = vectorFolder('cose');
const examples = folder ? readdirSync(folder).map((file) => [file, readJson<CoseExample>(folder, file)] as const) : [];

describe.skipIf(!folder)('examples of the COSE working group', () => {
  it.each(examples)('%s', async (file, { fail, input, intermediates, output }) => {
    const { crv, x, y } = input.sign0.key;
    const key = await crypto.subtle.importKey(
      'jwk',
      { kty: 'EC', crv, x, y },
      { name: 'ECDSA', namedCurve: crv },
      false,
      ['verify'],
    );
    const document = fromHex(output.cbor);
    // Stricter than the example on purpose: it states the algorithm outside of what is signed.
    const refused = fail === true || file === 'sign-pass-01.json';
    let holds = false;
    try {
      const message = parseCoseSign1(document, 1000);
      if (!fail) expect(toHex(sigStructure(message))).toBe(intermediates.ToBeSign_hex.toLowerCase());
      holds = (await verifyCoseSign1(message, key, crv === 'P-384' ? es384 : es256)).ok;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
    expect(holds).toBe(!refused);
  });
});
