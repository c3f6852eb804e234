import { describe, expect, it } from 'vitest';
import { readContent } from './content.ts';
import { describeUnknown } from './describeUnknown.ts';
import type { Kind } from './kind.ts';

const kinds = [{ title: 'first kind' }, { title: 'second kind' }] as Kind[];
const describeBytes = (bytes: Uint8Array): string => describeUnknown(readContent('x.bin', bytes), kinds);
const describeText = (text: string): string => describeBytes(new TextEncoder().encode(text));

describe('what is said of a file of no known kind', () => {
  it.each([
    ['nothing', [], 'is empty'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'Decompress'],
    ['ZIP', [0x50, 0x4b, 3, 4], 'Unpack'],
    ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], 'PDF'],
    ['PNG', [0x89, 0x50, 0x4e, 0x47], 'picture'],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0], 'Save it as UTF-8'],
  ])('%s is named, with what to do', (_what, bytes, words) => {
    expect(describeBytes(Uint8Array.from(bytes))).toContain(words);
  });

  it('tells how it begins and what was expected', () => {
    expect(describeBytes(Uint8Array.of(0, 1, 2, 255))).toMatch(
      /4 bytes beginning with 000102ff.*first kind, second kind/,
    );
    expect(describeText('Dear all,\nplease')).toContain('16 bytes of text beginning with "Dear all,\\nplease"');
    expect(describeBytes(Uint8Array.of(0))).toContain('1 byte ');
  });

  it('knows a web page in place of the file', () => {
    expect(describeText('<!DOCTYPE html><html></html>')).toContain('web page');
  });
});
