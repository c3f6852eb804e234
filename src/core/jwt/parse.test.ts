import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { part } from './jwt.fixture.ts';
import { maximumJwtLength, parseJwt } from './parse.ts';

const header = part({ alg: 'RS256', kid: 'a' });
const payload = part({ iss: 'x' });
const right = `${header}.${payload}.AAEC`;

describe('a compact JWT', () => {
  it('is read into header, claims, signature and what is signed', () => {
    expect(parseJwt(right)).toEqual({
      text: right,
      header: { alg: 'RS256', kid: 'a' },
      payload: { iss: 'x' },
      signingInput: utf8(`${header}.${payload}`),
      signature: Uint8Array.of(0, 1, 2),
    });
  });

  it('may have an empty signature: that it is none is found later, with the algorithm', () => {
    expect(parseJwt(`${header}.${payload}.`).signature).toHaveLength(0);
  });

  it('may be 8 KiB long and no longer', () => {
    const start = `${header}.${part({ iss: 'xy' })}.`;
    const whole = `${start}${'A'.repeat(maximumJwtLength - start.length)}`;
    expect(parseJwt(whole).text).toHaveLength(8192);
    expect(() => parseJwt(`${whole}A`)).toThrow(/8193 characters/);
  });

  it('keeps members with names of the prototype as members', () => {
    const { payload: claims } = parseJwt(`${header}.${part('{"__proto__":{"iss":"y"},"a":1}')}.AAEC`);
    expect(claims['iss']).toBeUndefined();
    expect(Object.keys(claims)).toEqual(['__proto__', 'a']);
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', '', /three parts/],
    ['two parts', `${header}.${payload}`, /three parts.*found 2/],
    ['four parts', `${right}.AAEC`, /three parts.*found 4/],
    ['an encrypted token of five parts', `${right}.AAEC.AAEC`, /found 5/],
    ['white space behind it', `${right}\n`, /signature/],
    ['padding', `${header}.${payload}.AAE=`, /signature.*"="/],
    ['the other alphabet', `${header}.${payload}.AA+_`, /signature.*"\+"/],
    ['spare bits in the signature', `${header}.${payload}.AAF`, /signature.*spare bits/],
    [
      'spare bits in the header',
      `${header.slice(0, -1)}${String.fromCharCode(header.charCodeAt(header.length - 1) + 1)}.${payload}.AAEC`,
      /header/,
    ],
    ['an empty header', `.${payload}.AAEC`, /header/],
    ['a header that is a list', `${part([])}.${payload}.AAEC`, /header.*an object/],
    ['a header that is null', `${part(null)}.${payload}.AAEC`, /header.*an object/],
    ['claims that are a text', `${header}.${part('"x"')}.AAEC`, /payload.*an object/],
    [
      'a member of the header twice',
      `${part('{"alg":"RS256","alg":"none"}')}.${payload}.AAEC`,
      /header.*each member once/,
    ],
    ['a claim twice', `${header}.${part('{"iss":"a","iss":"b"}')}.AAEC`, /payload.*each member once/],
    [
      'a claim twice, once in disguise',
      `${header}.${part('{"iss":"a","\\u0069ss":"b"}')}.AAEC`,
      /payload.*each member once/,
    ],
    ['claims with something behind them', `${header}.${part('{} {}')}.AAEC`, /payload/],
    ['claims that are no UTF-8', `${header}.gP8.AAEC`, /payload.*UTF-8/],
    ['claims nested deeper than 8', `${header}.${part(`{"a":${'['.repeat(8)}${']'.repeat(8)}}`)}.AAEC`, /levels/],
  ])('%s', (_, text, words) => {
    let error: unknown;
    try {
      parseJwt(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ message: expect.stringMatching(words) as unknown });
    expect((error as FormatError).offset).toBeLessThanOrEqual(text.length);
  });

  it('says in which part, by its offset', () => {
    const offsetOf = (text: string) => {
      try {
        parseJwt(text);
      } catch (error) {
        return (error as FormatError).offset;
      }
      return undefined;
    };
    expect(offsetOf(`!.${payload}.AAEC`)).toBe(0);
    expect(offsetOf(`${header}.!.AAEC`)).toBe(header.length + 1);
    expect(offsetOf(`${header}.${payload}.!`)).toBe(header.length + payload.length + 2);
  });
});

describe('whatever the text', () => {
  it('only a FormatError comes out, and no two texts are the same token', () => {
    const edits = fc.array(fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.string({ maxLength: 3 }) }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(edits, (changes) => {
        let text = right;
        for (const { at, remove, insert } of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + insert + text.slice(place + remove);
        }
        try {
          const { signature, signingInput } = parseJwt(text);
          const original = parseJwt(right);
          const same =
            String(signature) === String(original.signature) && String(signingInput) === String(original.signingInput);
          expect(same).toBe(text === right);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});
