import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { array, bytes, es384Header, indefiniteMap, map, negative, nil, tag, text, uint } from './cose.fixture.ts';
import { parseCoseSign1 } from './parse.ts';

const payload = utf8('payload');
const signature = new Uint8Array(96).fill(9);
const message = (protectedHeader = es384Header, unprotected = map()) =>
  array(bytes(protectedHeader), unprotected, bytes(payload), bytes(signature));
const parse = (document: Uint8Array) => parseCoseSign1(document, 4096);

describe('a COSE_Sign1 message', () => {
  it('is read in place, untagged or under tag 18', () => {
    const plain = message();
    expect(parse(plain)).toMatchObject({
      tagged: false,
      algorithm: -35,
      payload: { bytes: payload, offset: 8 },
      signature: { bytes: signature },
    });
    expect(parse(plain).payload.bytes.buffer).toBe(plain.buffer);
    expect(parse(tag(18, plain))).toMatchObject({ tagged: true, algorithm: -35, payload: { offset: 9 } });
  });

  it("may state no algorithm at all, or one as a text: that is the caller's to refuse", () => {
    expect(parse(message(new Uint8Array())).algorithm).toBeUndefined();
    expect(parse(message(map())).algorithm).toBeUndefined();
    expect(parse(message(map([uint(1), text('ES384')]))).algorithm).toBeUndefined();
    expect(parse(message(map([uint(1), uint(5)]))).algorithm).toBe(5);
  });

  it('may carry other headers on either side, which are not looked at', () => {
    const header = map([uint(3), uint(0)], [text('x'), array(uint(1), nil)], [uint(1), negative(-35)]);
    expect(parse(message(header, map([uint(4), bytes(payload)], [text('alg'), uint(7)]))).algorithm).toBe(-35);
  });
});

describe('what is refused', () => {
  const right = [bytes(es384Header), map(), bytes(payload), bytes(signature)] as const;
  const [header, unprotected, body, signed] = right;
  it.each([
    ['another tag', tag(17, message()), 0, /tag 18 or none.*found tag 17/],
    ['tag 18 twice', tag(18, tag(18, message())), 1, /an array/],
    ['three elements', array(header, unprotected, body), 0, /4 elements.*found 3/],
    ['five elements', array(...right, nil), 0, /4 elements.*found 5/],
    ['an array without length', Uint8Array.of(0x9f, ...message().subarray(1), 0xff), 0, /definite/],
    ['a detached payload', array(header, unprotected, nil, signed), 7, /a byte string/],
    ['a payload of text', array(header, unprotected, text('x'), signed), 7, /a byte string/],
    ['a signature of text', array(header, unprotected, body, text('x')), 15, /a byte string/],
    ['a protected header that is no byte string', array(es384Header, unprotected, body, signed), 1, /a byte string/],
    ['a protected header that is no map', message(array()), 2, /protected header.*a map/],
    [
      'a protected header with something behind it',
      message(Uint8Array.of(...es384Header, 0)),
      6,
      /protected header.*the end/,
    ],
    ['a protected header of indefinite length', message(indefiniteMap([uint(1), negative(-35)])), 2, /definite/],
    ['the algorithm twice', message(map([uint(1), negative(-35)], [uint(1), negative(-7)])), 6, /each label/],
    [
      'the algorithm outside of what is signed',
      message(map(), map([uint(1), negative(-35)])),
      4,
      /the algorithm in the protected header only/,
    ],
    [
      'the algorithm on both sides',
      message(es384Header, map([uint(1), negative(-35)])),
      7,
      /the algorithm in the protected header only/,
    ],
    ['critical headers', message(map([uint(1), negative(-35)], [uint(2), array(uint(1))])), 6, /no critical headers/],
    ['critical headers outside', message(es384Header, map([uint(2), array(uint(1))])), 7, /critical headers/],
    ['an unprotected header that is null', array(header, nil, body, signed), 6, /a map/],
    ['a label that is neither a number nor a text', message(es384Header, map([bytes(payload), nil])), 7, /an integer/],
    ['a label of text twice', message(es384Header, map([text('a'), nil], [text('a'), nil])), 10, /each label/],
    ['a byte behind it', Uint8Array.of(...message(), 0), 113, /the end/],
    ['a payload in chunks', array(header, unprotected, Uint8Array.of(0x5f, 0x41, 1, 0xff), signed), 7, /one piece/],
  ])('%s', (_, document, offset, words) => {
    let error: unknown;
    try {
      parse(document);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ message: expect.stringMatching(words) as unknown, offset });
  });

  it('a message that is longer than the caller reads', () => {
    expect(() => parseCoseSign1(message(), message().length - 1)).toThrow(FormatError);
    expect(() => parseCoseSign1(message(), message().length)).not.toThrow();
  });

  it('every message that is cut short', () => {
    const whole = tag(18, message());
    for (let length = 0; length < whole.length; length++)
      expect(() => parse(whole.subarray(0, length))).toThrow(FormatError);
  });
});

describe('whatever the bytes', () => {
  it('only a FormatError comes out', () => {
    const attempt = (document: Uint8Array) => {
      try {
        parse(document);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), attempt), { numRuns: 2000 });
    const edits = fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(edits, (changes) => {
        const document = message(es384Header, map([uint(4), bytes(payload)]));
        for (const { at, value } of changes) document[at % document.length] = value;
        attempt(document);
      }),
      { numRuns: 2000 },
    );
  });
});
