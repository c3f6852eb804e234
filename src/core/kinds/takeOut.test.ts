import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64, toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { readContent } from './content.ts';
import { recognise } from './judge.ts';
import { kinds } from './registry.ts';

const trust = '{"affidavit":"trust/1","issuers":["https://a.example"]}';
const read = (text: string) => readContent('x', utf8(text));
const kindOf = (text: string) => recognise(read(text), kinds)?.name;

describe('a document inside a text', () => {
  it.each([
    ['a fence', `\`\`\`json\n${trust}\n\`\`\`\n`, 'fence'],
    ['a fence in a message', `Dear all,\n\nsee below:\n\n~~~~\n${trust}\n~~~~\n\nYours\n`, 'fence'],
    ['a fence of hex', `\`\`\`\n${toHex(utf8(trust))}\n\`\`\``, 'fence'],
    ['a data: URL', `data:application/json;base64,${toBase64(utf8(trust))}`, 'data-url'],
    ['a data: URL in the alphabet of URLs', `data:;base64,${toBase64Url(utf8(trust))}\n`, 'data-url'],
    ['a data: URL without base64', `data:application/json,${encodeURIComponent(trust)}`, 'data-url'],
    ['a JSON string', JSON.stringify(trust), 'string'],
    ['base64', toBase64(utf8(trust)), 'text'],
    ['base64url', toBase64Url(utf8(`  ${trust}`)), 'text'],
    ['hex', `0x${toHex(utf8(trust))}`, 'text'],
  ])('is found in %s', (_what, text, wrapping) => {
    const content = read(text);
    expect(content.wrapping).toBe(wrapping);
    // A digest may name the file as it came.
    expect(content.fileBytes).toEqual(utf8(text));
    if (!text.includes('```\n7b')) expect(content.text?.trim()).toBe(trust);
  });

  it('is judged as if it had come alone', () => {
    expect(kindOf(trust)).toBe('trust');
    expect(kindOf(`Hello\n\`\`\`\n${trust}\n\`\`\``)).toBe('trust');
    expect(kindOf(`data:,${encodeURIComponent(trust)}`)).toBe('trust');
    expect(kindOf(toBase64(utf8(trust)))).toBe('trust');
  });

  it.each([
    ['two fences', `\`\`\`\n${trust}\n\`\`\`\n\n\`\`\`\n${trust}\n\`\`\`\n`],
    ['a fence that does not end', `\`\`\`\n${trust}\n`],
    ['an empty fence', '```\n\n```\n'],
    ['backticks within a line', 'see ```x``` here\n'],
    ['a data: URL of something else', 'data:;base64,@@@@'],
    ['a short string', '"short"'],
    ['a string with something behind it', `${JSON.stringify(trust)}, 1`],
    ['an endless letter around it', `${'x'.repeat(70_000)}\n\`\`\`\n${trust}\n\`\`\`\n`],
  ])('is not looked for in %s', (_what, text) => {
    expect(read(text).wrapping).toBeUndefined();
    expect(read(text).text).toBe(text);
  });

  it('reading of any text throws nothing', () => {
    const parts = fc.constantFrom('```', '~~~', '\n', 'data:', ';base64,', '"', '%', trust, 'eyJ', ' ', '\\u12');
    const text = fc.array(fc.oneof(parts, fc.string({ maxLength: 8 })), { maxLength: 20 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (any) => void read(any)),
      { numRuns: 300 },
    );
  });
});
