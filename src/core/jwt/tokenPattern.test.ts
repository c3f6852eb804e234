import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { roomLength } from '../bytes/room.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { base64UrlPart } from './base64UrlPart.ts';
import { parseJwt } from './parse.ts';
import { TokenPattern } from './tokenPattern.ts';

const room = new Uint8Array(roomLength);
const header = { kid: 'k1', alg: 'RS256' };

const token = (payload: string, head: unknown = header): string =>
  `${toBase64Url(utf8(JSON.stringify(head)))}.${toBase64Url(utf8(payload))}.${toBase64Url(Uint8Array.of(1, 2, 3))}`;

/** Members of a token that was read by the pattern of another, as `parseJwt` would give them; undefined where it does not fit. */
function readAs(like: string, text: string): Readonly<Record<string, unknown>> | undefined {
  const { pattern, names } = TokenPattern.of(parseJwt(like));
  const read = pattern.read(utf8(text), room);
  if (!read) return undefined;
  const value = (index: number) =>
    JSON.parse(new TextDecoder().decode(read.payload.subarray(read.values[2 * index], read.values[2 * index + 1])));
  return Object.fromEntries(names.map((name, index) => [name, value(index) as unknown]));
}

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    return { ...parseJwt(text).payload };
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return undefined;
  }
};

const value = fc.oneof(
  fc.string(),
  fc.nat(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.nat()),
);

describe('a token pattern', () => {
  it('reads what parseJwt reads, or nothing', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 3, maxLength: 3 }),
        fc.array(value, { minLength: 3, maxLength: 3 }),
        (a, b) => {
          const payload = ([iss, email, iat]: readonly unknown[]) => JSON.stringify({ iss, email, iat });
          fc.pre(parsed(token(payload(a))) !== undefined);
          const text = token(payload(b));
          const members = readAs(token(payload(a)), text);
          if (!members) return;
          read += 1;
          expect(members).toEqual(parsed(text));
        },
      ),
    );
    expect(read).toBeGreaterThan(5);
  });

  it('never reads what parseJwt refuses, whatever was edited', () => {
    const good = token('{"iss":"one","email":"a@b","iat":17}');
    const characters = '{}":,.\\0e-AQg_=';
    fc.assert(
      fc.property(
        fc.nat({ max: 40 }),
        fc.nat({ max: 2 }),
        fc.string({ unit: fc.constantFrom(...characters), maxLength: 3 }),
        fc.boolean(),
        (at, remove, insert, inside) => {
          const json = '{"iss":"one","email":"a@b","iat":17}';
          const edit = (text: string) => text.slice(0, at) + insert + text.slice(at + remove);
          const text = inside ? token(edit(json)) : edit(good);
          const members = readAs(good, text);
          if (members) expect(members).toEqual(parsed(text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  const like = token('{"iss":"one","iat":17}');
  it.each<[string, string]>([
    ['another header', token('{"iss":"two","iat":18}', { ...header, typ: 'JWT' })],
    ['a member more', token('{"iss":"two","iat":18,"x":1}')],
    ['a member less', token('{"iss":"two"}')],
    ['members in another order', token('{"iat":18,"iss":"two"}')],
    ['a member twice', token('{"iss":"two","iat":18,"iat":19}')],
    ['white space', token('{"iss": "two","iat":18}')],
    ['an escape', token('{"iss":"tw\\u006f","iat":18}')],
    ['a text that is no ASCII', token('{"iss":"zwö","iat":18}')],
    ['a fraction', token('{"iss":"two","iat":18.0}')],
    ['an exponent', token('{"iss":"two","iat":18e3}')],
    ['a leading zero', token('{"iss":"two","iat":018}')],
    ['a sign', token('{"iss":"two","iat":-18}')],
    ['a number beyond what a double holds', token('{"iss":"two","iat":9007199254740993}')],
    ['an object inside', token('{"iss":{"a":1},"iat":18}')],
    ['something behind the object', token('{"iss":"two","iat":18} ')],
    ['no end', token('{"iss":"two","iat":18')],
    ['a fourth part', `${token('{"iss":"two","iat":18}')}.AA`],
    ['padding', `${token('{"iss":"two","iat":18}')}=`],
    ['spare bits', `${token('{"iss":"two","iat":18}').slice(0, -4)}AR`],
    ['more than 8 KiB', token(`{"iss":"${'a'.repeat(8192)}","iat":18}`)],
  ])('does not fit %s', (_, text) => {
    expect(readAs(like, token('{"iss":"two","iat":18}'))).toEqual({ iss: 'two', iat: 18 });
    expect(readAs(like, text)).toBeUndefined();
  });
});

describe('base64url within bytes', () => {
  it('is read as fromBase64Url reads a text', () => {
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map(toBase64Url),
      fc.string({ unit: fc.constantFrom(...'AQgwz09-_.=+/é'), maxLength: 9 }),
    );
    fc.assert(
      fc.property(text, fc.nat({ max: 3 }), (part, before) => {
        let expected: Uint8Array | undefined;
        try {
          expected = fromBase64Url(part);
        } catch {
          expected = undefined;
        }
        const ascii = Uint8Array.from([...new Uint8Array(before), ...utf8(part), 0x2e]);
        expect(base64UrlPart(ascii, before, ascii.length - 1, room)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
