import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { readContent } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import { makeEcKey, makeRsaKey, makeToken, part, type TestKey } from './jwt.fixture.ts';
import { jwtKind } from './kind.ts';
import { memberRanges } from './memberRanges.ts';

const issuer = 'https://issuer.example';
const claims = { iss: issuer, iat: 1_772_366_400, exp: 1_772_370_000, aud: 'somebody', token_use: 'id' };

let rsa: TestKey;
let ec: TestKey;
let tokens: readonly string[];
beforeAll(async () => {
  [rsa, ec] = await Promise.all([makeRsaKey('r'), makeEcKey('e')]);
  tokens = [
    await makeToken({ alg: 'RS256', kid: 'r' }, claims, rsa.sign),
    await makeToken({ alg: 'ES256', kid: 'e' }, claims, ec.sign),
  ];
});

const run = (text: string) => {
  const trust = { jwks: { keys: [rsa.jwk, ec.jwk] }, issuers: [issuer] };
  return judge(readContent('x', utf8(text)), { trust, now: 0, companions: [] }, [jwtKind]);
};

const character = fc.constantFrom(...'AQgw-_.=+/ \n{"0');

describe('a token that was edited', () => {
  it('is judged without a throw, and never verified but as itself', async () => {
    const edits = fc.array(
      fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.array(character, { maxLength: 2 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(1), edits, async (which, list) => {
        const token = tokens[which] as string;
        let characters = [...token];
        for (const { at, remove, insert } of list)
          characters = characters.toSpliced(at % characters.length, remove, ...insert);
        const text = characters.join('');
        if ((await run(text)).verdict === 'verified') expect(text.trim()).toBe(token);
      }),
      { numRuns: 1_000 },
    );
  });

  it('in its parts, whatever JSON they hold, is never verified', async () => {
    const [, payload = '', signature = ''] = (tokens[0] as string).split('.');
    const names = fc.constantFrom('alg', 'kid', 'typ', 'b64', 'crit', 'jwk', 'x5c', '__proto__', 'zip');
    const values = fc.oneof(
      fc.constantFrom('RS256', 'ES256', 'HS256', 'none', 'r', 'e'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, values), async (header) => {
        const text = `${part(header)}.${payload}.${signature}`;
        if (text !== tokens[0]) expect((await run(text)).verdict).not.toBe('verified');
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['brackets in brackets', '['.repeat(8_000)],
    ['a long text', 'A'.repeat(1_000_000)],
    ['dots alone', '.'.repeat(100_000)],
  ])('is refused at once with %s', async (_, inner) => {
    const before = process.cpuUsage();
    for (const text of [`${part({ alg: 'RS256' })}.${part(inner)}.AAAA`, `${part({ alg: 'RS256' })}.${inner}.AAAA`]) {
      expect((await run(text)).verdict).not.toBe('verified');
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});

describe('members of an object', () => {
  it('are found where they stand, in any JSON', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const found = memberRanges(text).map(({ name, start, end }) => [
          name,
          JSON.parse(`{${text.slice(start, end)}}`),
        ]);
        expect(found).toEqual(
          Object.entries(value).map(([name, inner]) => [name, JSON.parse(JSON.stringify({ [name]: inner }))]),
        );
      }),
      { numRuns: 1_000, interruptAfterTimeLimit: 2_000 },
    );
  });
});
