import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { linkText, maximumLinkLength, readLink } from './certificateLink.ts';

describe('a certificate in a link', () => {
  test('comes back byte for byte, and shorter than it is', async () => {
    const bytes = new Uint8Array(
      readFileSync(new URL('../../../public/samples/chain.affidavit.json', import.meta.url)),
    );
    const text = (await linkText(bytes)) ?? '';
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(text.length).toBeLessThan(bytes.length);
    expect(await readLink(text)).toEqual(bytes);
  });

  test('may stand there without being packed', async () => {
    expect(await readLink(toBase64Url(utf8('{"a":1}')))).toEqual(utf8('{"a":1}'));
  });

  test('is refused where it is too long, and none is made', async () => {
    expect(await readLink('A'.repeat(maximumLinkLength + 1))).toEqual({ fault: 'long' });
    const noise = Uint8Array.from({ length: maximumLinkLength }, (_, index) => (index * index * 2654435761) >>> 13);
    expect(await linkText(noise)).toBeUndefined();
    expect(await linkText(new Uint8Array(1024 * 1024 + 1))).toBeUndefined();
  });

  test('says what is wrong with it: cut off, changed, packed to burst, empty', async () => {
    const whole = toBase64Url(gzipSync('{"affidavit":"certificate/1"}'));
    expect(await readLink(whole.slice(0, 20))).toEqual({ fault: 'packed' });
    expect(await readLink(`${whole.slice(0, 9)}!`)).toMatchObject({
      fault: 'text',
      reason: expect.stringContaining('9'),
    });
    expect(await readLink(toBase64Url(gzipSync(new Uint8Array(1024 * 1024 + 1))))).toEqual({ fault: 'packed' });
    expect(await readLink(toBase64Url(gzipSync('')))).toEqual({ fault: 'empty' });
  });

  test('arbitrary texts give bytes or a fault, never a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 80 }), async (text) => {
        const read = await readLink(text);
        expect(read instanceof Uint8Array || 'fault' in read).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
