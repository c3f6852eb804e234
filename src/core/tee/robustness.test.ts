import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companions as knownCompanions } from '../kinds/companion.ts';
import { readContent } from '../kinds/content.ts';
import { judge, recognise } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import { toBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { makeDocument } from './nitro/nitro.fixture.ts';
import { evidenceRows } from './vectorTable.fixture.ts';
import { readBytes, vectorFolder } from './vectors.fixture.ts';

const folder = vectorFolder();
const now = Date.UTC(2026, 10, 21);

/** Evidence with what goes beside it: all of it may be edited. */
async function subjects(): Promise<readonly (readonly Uint8Array[])[]> {
  const made = [[(await makeDocument()).document]];
  if (!folder) return made;
  return [
    ...made,
    ...evidenceRows.map(({ file, beside = [] }) => [file, ...beside].map((name) => readBytes(folder, name))),
  ];
}

const edits = fc.array(
  fc.record({ file: fc.nat(), at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) }),
  { minLength: 1, maxLength: 3 },
);

describe('whatever the bytes, of whatever kind', () => {
  it('nothing is thrown by any edit of evidence or of what goes beside it', async () => {
    const all = await subjects();
    await fc.assert(
      fc.asyncProperty(fc.nat(), edits, async (which, list) => {
        const files = all[which % all.length]!.map((file) => file.slice());
        for (const { file, at, remove, insert } of list) {
          const index = file % files.length;
          const bytes = files[index]!;
          const place = at % Math.max(1, bytes.length);
          files[index] = Uint8Array.of(...bytes.subarray(0, place), ...insert, ...bytes.subarray(place + remove));
        }
        const [content, ...companions] = files.map((bytes, index) => readContent(`file ${index}`, bytes));
        const { verdict } = await judge(content!, { trust: {}, now, companions }, kinds);
        // Nothing is pinned, so nothing may be verified whatever was edited.
        expect(verdict).not.toBe('verified');
      }),
      { numRuns: 10_000, interruptAfterTimeLimit: 3_000 },
    );
  });

  it('recognition takes anything, as it is and in text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const file of [bytes, utf8(toBase64(bytes))]) {
          const content = readContent('x', file);
          recognise(content, kinds);
          for (const companion of knownCompanions) companion.recognise(content);
        }
      }),
      { numRuns: 3_000, interruptAfterTimeLimit: 1_500 },
    );
  });
});
