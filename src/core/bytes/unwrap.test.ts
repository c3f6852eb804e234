import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64, toBase64Url } from './base64.ts';
import { toHex } from './hex.ts';
import { decodeText, unwrapText } from './unwrap.ts';

const bytes = Uint8Array.from({ length: 100 }, (_, index) => (index * 73 + 190) & 255);
const wrap = (text: string, width: number, end = '\n') => text.match(new RegExp(`.{1,${width}}`, 'g'))!.join(end);
const encodingOf = (text: string) => unwrapText(text)?.encoding;
const pem = (label: string, content: Uint8Array) =>
  `-----BEGIN ${label}-----\n${wrap(toBase64(content), 64)}\n-----END ${label}-----\n`;

/** Any code point but the surrogates; fast-check's own "binary" takes seconds. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));

describe('decodeText', () => {
  it('gives strict UTF-8 as text and nothing else', () => {
    expect(decodeText(new TextEncoder().encode('ü\ufeff'))).toBe('ü\ufeff');
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0))).toBeUndefined();
    expect(decodeText(new Uint8Array(0))).toBe('');
  });
});

describe('unwrapText', () => {
  it.each([
    ['hex', toHex(bytes)],
    ['hex', toHex(bytes).toUpperCase()],
    ['hex', `0x${toHex(bytes)}\n`],
    ['hex', `0X${toHex(bytes)}`],
    ['hex', ` \r\n${wrap(toHex(bytes), 60, '\r\n')}\n\n`],
    ['hex', wrap(toHex(bytes), 2, ' ')],
    ['base64', toBase64(bytes)],
    ['base64', `\n  ${toBase64(bytes)}  \n`],
    ['base64', wrap(toBase64(bytes), 76)],
    ['base64', `${wrap(toBase64(bytes), 64, '\r\n')}\r\n`],
    ['base64', wrap(toBase64(bytes), 4)],
    ['base64', wrap(toBase64(bytes), 70)],
    ['base64url', toBase64Url(bytes)],
    ['base64url', `${toBase64Url(bytes)}\n`],
    ['pem', pem('CERTIFICATE', bytes)],
    ['pem', `\n${pem('PUBLIC KEY', bytes).replaceAll('\n', '\r\n')}`],
  ])('takes %s off: %j', (encoding, text) => {
    expect(unwrapText(text)).toEqual({ bytes, encoding });
  });

  it('takes every encoding off any bytes from 48 on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 48, maxLength: 300, size: 'max' }), (content) => {
        expect(unwrapText(toHex(content))).toEqual({ bytes: content, encoding: 'hex' });
        for (const text of [toBase64(content), wrap(toBase64(content), 64), toBase64Url(content)]) {
          const unwrapped = unwrapText(text);
          // Base64 that looks like words or like hex is possible, and left alone or taken for hex; random bytes do not.
          if (/[A-Z](?![a-z])/.test(text) && /[^0-9a-fA-F\n]/.test(text)) expect(unwrapped?.bytes).toEqual(content);
        }
        expect(unwrapText(pem('DATA', content))).toEqual({ bytes: content, encoding: 'pem' });
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t'],
    ['a sentence', 'The quick brown fox jumps over the lazy dog'],
    ['a long word', 'Donaudampfschifffahrtsgesellschaften'],
    ['words in lines', 'alphabet\nbetatest\ngammaray\ndelta'],
    ['a name with dashes', 'hello-world-this-is-a-slug-with-some-words'],
    ['a path', '/usr/local/share/documents/readmefile'],
    ['a name in camel case', 'thisIsAVeryLongIdentifierNameOfCodeXy'.replace('AV', 'V')],
    ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
    ['JSON', '{"affidavit":"certificate/1"}'],
    ['a JSON string', `"${toBase64(bytes)}"`],
    ['a JWT', `${toBase64Url(bytes)}.${toBase64Url(bytes)}.${toBase64Url(bytes)}`],
    ['two PEM blocks', pem('CERTIFICATE', bytes) + pem('CERTIFICATE', bytes)],
    ['a PEM block with words before it', `Certificate:\n${pem('CERTIFICATE', bytes)}`],
    ['a PEM block that ends otherwise', pem('CERTIFICATE', bytes).replace('END CERTIFICATE', 'END KEY')],
    ['an old PEM block with headers', pem('RSA PRIVATE KEY', bytes).replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n')],
    ['half a PEM block', pem('CERTIFICATE', bytes).slice(0, 80)],
    ['an empty PEM block', '-----BEGIN X-----\n-----END X-----'],
    ['an odd number of hex digits', toHex(bytes).slice(1)],
    ['hex broken within a byte', `${toHex(bytes).slice(0, 31)}\n${toHex(bytes).slice(31)}`],
    ['0x twice', `0x0x${toHex(bytes)}`],
    ['hex with a comma', `${toHex(bytes)},`],
    ['base64 with a space within a line', `${toBase64(bytes).slice(0, 40)} ${toBase64(bytes).slice(40)}`],
    ['base64 with a longer last line', `${toBase64(bytes).slice(0, 8)}\n${toBase64(bytes).slice(8)}`],
    ['base64 with a shorter line before others', wrap(toBase64(bytes), 16).replace('\n', '').replace(/^.{4}/, '$&\n')],
    ['base64 with a shorter line within', wrap(toBase64(bytes), 40).replace(/\n(.{4})(.{36})\n/, '\n$1\n$2\n')],
    ['base64 without its padding and with a plus', toBase64(Uint8Array.from(bytes).fill(0xfb)).replace(/=+$/, '')],
    ['base64 with spare bits', toBase64(bytes).replace(/.==$/, 'B==')],
    ['base64url with padding', `${toBase64Url(bytes)}==`],
    ['base64url in lines', wrap(toBase64Url(bytes), 64)],
    ['both alphabets', `${toBase64(bytes).slice(0, 40)}+-${toBase64(bytes).slice(42)}`],
    ['fewer than 16 bytes of hex', '00'.repeat(15)],
    ['fewer than 16 bytes of base64', toBase64(bytes.subarray(0, 15))],
    ['a byte order mark', `\ufeff${toHex(bytes)}`],
    ['a no-break space', `\u00a0${toHex(bytes)}`],
  ])('leaves %s alone', (_, text) => {
    expect(unwrapText(text)).toBeUndefined();
  });

  it('takes what is both hex and base64 as hex', () => {
    const text = 'ABCDEF0123456789'.repeat(4);
    expect(encodingOf(text)).toBe('hex');
    expect(encodingOf(`${text}G111`)).toBe('base64');
  });

  it('takes off 16 bytes and no fewer', () => {
    expect(unwrapText('AB'.repeat(16))?.bytes.length).toBe(16);
    expect(unwrapText('AB'.repeat(15))).toBeUndefined();
    expect(unwrapText(pem('X', bytes.subarray(0, 16)))?.bytes.length).toBe(16);
    expect(unwrapText(pem('X', bytes.subarray(0, 15)))).toBeUndefined();
  });

  it('never throws', () => {
    const pieces = [
      '-----BEGIN X-----',
      '-----END X-----',
      '\n',
      ' ',
      '0x',
      'AB',
      'ab==',
      '=',
      '+',
      '-',
      '_',
      '.',
      'é',
      '\ud800',
      'Zm9vYmFyZm9vYmFyZm9v',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: anyCharacter })), (given) => {
        const unwrapped = unwrapText(given);
        return unwrapped === undefined || unwrapped.bytes.length >= 16;
      }),
      { numRuns: 3000 },
    );
  });

  it('is quick with long texts of every sort', () => {
    const long = 1_000_000;
    for (const text of [
      'a'.repeat(long),
      'aB'.repeat(long),
      ' '.repeat(long),
      'A\n'.repeat(long),
      'ab '.repeat(long),
      '-----BEGIN X-----\n' + '\n'.repeat(long),
    ]) {
      const before = process.cpuUsage();
      unwrapText(text);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(3000);
    }
  });
});
