import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { readContent } from '../../kinds/content.ts';
import { judge } from '../../kinds/judge.ts';
import { bytesSource } from '../../kinds/source.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import {
  eifParts,
  makeEif,
  makeSigner,
  referenceRegister,
  referenceRegisters,
  signEif,
  signingTime,
  type EifParts,
} from './eif.fixture.ts';
import { eifKind } from './kind.ts';
import { parseEif } from './parse.ts';
import { parseEifSignature } from './signature.ts';

const parse = (parts: EifParts) => parseEif(bytesSource(makeEif(parts)));
const { kernel, cmdline, ramdisks, metadata } = eifParts;
const first = ramdisks[0];

/** What is wrong, how it is made, what is said, and where. */
type Fault = [what: string, parts: EifParts, words: RegExp, offset?: number];

describe('the headers of an image', () => {
  it.each([2, 3, 4])('of version %i are read', async (version) => {
    const image = await parse({ version, metadata: version === 4 ? metadata : null });
    expect(image).toMatchObject({ version, architecture: 'x86_64', defaultMemory: 1024n ** 3n, defaultProcessors: 2n });
    expect(image.sections[0]).toEqual({ type: 'kernel', offset: 548, size: 5000, statedSize: 5000 });
  });

  it('say the processor', async () => {
    expect((await parse({ flags: 1 })).architecture).toBe('aarch64');
  });

  const faults: readonly Fault[] = [
    ['another version', { version: 5 }, /a version from 2 to 4 at byte 4, found 5/, 4],
    ['a version without a checksum', { version: 1 }, /version/, 4],
    ['another flag', { flags: 2 }, /flag/, 6],
    ['no sections', { sections: [] }, /1 to 32 sections at byte 26, found 0/, 26],
    ['too many sections', { header: (view) => view.setUint16(26, 33) }, /found 33/, 26],
    [
      'a section of no known type',
      {
        sections: [
          [1, kernel],
          [2, cmdline],
          [3, first],
          [6, first],
        ],
      },
      /type of section/,
    ],
    [
      'a section of type 0',
      {
        sections: [
          [0, kernel],
          [2, cmdline],
          [3, first],
        ],
      },
      /type of section.* found 0/,
      548,
    ],
    [
      'no kernel',
      {
        sections: [
          [2, cmdline],
          [3, first],
        ],
      },
      /type kernel, found none/,
    ],
    [
      'no command line',
      {
        sections: [
          [1, kernel],
          [3, first],
        ],
      },
      /type cmdline, found none/,
    ],
    [
      'no ramdisk',
      {
        sections: [
          [1, kernel],
          [2, cmdline],
        ],
      },
      /type ramdisk, found none/,
    ],
    [
      'two kernels',
      {
        sections: [
          [1, kernel],
          [1, kernel],
          [2, cmdline],
          [3, first],
        ],
      },
      /one section of type kernel/,
    ],
    [
      'two signatures',
      {
        sections: [
          [1, kernel],
          [2, cmdline],
          [3, first],
          [4, first],
          [4, first],
        ],
      },
      /one .* signature/,
    ],
    ['a long signature', { signature: new Uint8Array(256 * 1024 + 1) }, /at most 262144 bytes of signature/],
    ['long metadata', { metadata: new Uint8Array(4 * 1024 * 1024 + 1) }, /at most 4194304 bytes of metadata/],
    ['a table that points elsewhere', { header: (view) => view.setBigUint64(36, 549n) }, /section 2 at byte 5560/, 36],
    [
      'a table with another size',
      { header: (view) => view.setBigUint64(284, 4999n) },
      /the size of section 1, 5000/,
      284,
    ],
    [
      'a table that leaves a section out',
      { header: (view) => view.setUint16(26, 4) },
      /the end behind the last section/,
    ],
    ['a byte behind the end', { file: (file) => concatBytes(file, new Uint8Array(1)) }, /found 1 more byte\./],
    ['an end too soon', { file: (file) => file.slice(0, -1) }, /at most the 7776 bytes that are left/],
    [
      'an end in a header',
      { file: (file) => file.slice(0, 555) },
      /expected section 1 at byte 548, found the end/,
      548,
    ],
    [
      'a section of 2⁶⁴ − 1 bytes',
      { file: (file) => new Uint8Array(file).fill(255, 552, 560) },
      /found 18446744073709551615/,
    ],
    [
      'flags of a section',
      { file: (file) => new Uint8Array(file).fill(1, 551, 552) },
      /no flags of a section at byte 550/,
    ],
    ['another beginning', { file: (file) => new Uint8Array(file).fill(0, 0, 1) }, /expected "\.eif" at byte 0/, 0],
  ];
  it.each<Fault>(faults)('with %s are refused', async (_what, parts, words, offset) => {
    const error = await parse(parts).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(FormatError);
    expect((error as FormatError).message).toMatch(words);
    if (offset !== undefined) expect((error as FormatError).offset).toBe(offset);
  });

  it('of fewer bytes than a header are refused', async () => {
    await expect(parseEif(bytesSource(utf8('.eif\0')))).rejects.toThrow(/a header of 548 bytes, found 5/);
  });
});

describe('recognising an image', () => {
  it('looks at its first bytes, and takes no text for one', () => {
    expect(eifKind.recognise(readContent('a', makeEif()))).toBe(true);
    expect(eifKind.recognise(readContent('a', makeEif().subarray(0, 20)))).toBe(true);
    expect(eifKind.recognise(readContent('a', utf8('.eif is what images are called')))).toBe(false);
    expect(eifKind.recognise(readContent('a', new Uint8Array()))).toBe(false);
  });
});

describe('a signature section of any bytes', () => {
  it('is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (section) => {
        expect(() => parseEifSignature(section)).toThrow(FormatError);
      }),
      { numRuns: 200 },
    );
  });

  it('is never verified for another signer or image after an edit', async () => {
    const signer = await makeSigner();
    const value = referenceRegisters()['0'];
    const right = await signEif(signer, value);
    const registers = { ...referenceRegisters(), '8': referenceRegister(signer.der) };
    const trust = { nitro: { measurements: [{ pcrs: registers }] } };
    await fc.assert(
      fc.asyncProperty(fc.nat(right.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const signature = right.slice();
        signature[at] = (signature[at] ?? 0) ^ change;
        const file = makeEif({ signature });
        const { verdict, details } = await judge(readContent('a', file), { trust, now: signingTime, companions: [] }, [
          eifKind,
        ]);
        // PEM may be written in more than one way; what it says may not change.
        if (verdict === 'verified') expect(details).toMatchObject({ registers });
      }),
      { numRuns: 80 },
    );
  });
});

describe('bytes of any kind', () => {
  const trust = { nitro: { measurements: [{ pcrs: referenceRegisters() }] } };
  const check = (file: Uint8Array) =>
    judge(readContent('a', file), { trust, now: signingTime, companions: [] }, [eifKind]);

  it('never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1200 }), async (tail) => {
        const { verdict } = await check(concatBytes(utf8('.eif\0'), tail));
        expect(verdict).toBe('rejected');
      }),
      { numRuns: 150 },
    );
  });

  it('are never verified after an edit of any byte: the checksum covers what is not measured', async () => {
    const file = makeEif();
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const edited = file.slice();
        edited[at] = (edited[at] ?? 0) ^ change;
        expect((await check(edited)).verdict).not.toBe('verified');
      }),
      { numRuns: 150 },
    );
  });

  it('are never verified after an edit of a measured byte, even with a right checksum', async () => {
    const measured = Array.from({ length: 5000 }, (_, index) => 560 + index);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...measured), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const edited = makeEif({
          file: (made) => {
            made[at] = (made[at] ?? 0) ^ change;
            return made;
          },
        });
        expect((await check(edited)).verdict).toBe('rejected');
      }),
      { numRuns: 60 },
    );
  });
});
