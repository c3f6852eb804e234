import fc from 'fast-check';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { bytesSource } from '../kinds/source.ts';
import { makePdf, makeTar, makeZip } from './archive.fixture.ts';
import { crc32 } from './crc32.ts';
import { archiveLimits, fullBudget } from './limits.ts';
import { shownName } from './shownName.ts';
import { packingOf, unpack, type Unpacked, type UnpackOptions } from './unpack.ts';

async function all(name: string, bytes: Uint8Array, options?: UnpackOptions): Promise<Unpacked[]> {
  const found: Unpacked[] = [];
  for await (const file of unpack(name, bytesSource(bytes), options)) found.push(file);
  return found;
}

/** `name: text` or `name! fault`. */
async function told(name: string, bytes: Uint8Array, options?: UnpackOptions): Promise<string[]> {
  return (await all(name, bytes, options)).map((file) =>
    'fault' in file ? `${file.name}! ${file.fault}` : `${file.name}: ${new TextDecoder().decode(file.bytes)}`,
  );
}

const gz = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes));
const a = utf8('first, first, first');
const b = utf8('second');

describe('what is packed', () => {
  it('comes out of a ZIP archive, packed or stored, without its folders and what systems leave in it', async () => {
    const zip = makeZip([
      { name: 'sub/', bytes: utf8('') },
      { name: 'sub/a.txt', bytes: a },
      { name: 'b.txt', bytes: b, stored: true },
      { name: '__MACOSX/sub/._a.txt', bytes: b },
      { name: 'sub/.DS_Store', bytes: b },
    ]);
    expect(packingOf(zip)).toBe('zip');
    expect(await told('x.zip', zip)).toEqual(['x.zip/sub/a.txt: first, first, first', 'x.zip/b.txt: second']);
    expect(await told('x.zip', makeZip([{ name: 'a', bytes: a, descriptor: true }], 'a comment'))).toEqual([
      'x.zip/a: first, first, first',
    ]);
    expect(await told('x.zip', makeZip([]))).toEqual([]);
  });

  it('comes out of gzip, of several members too, and of a tar inside', async () => {
    expect(await told('a.txt.gz', gz(a))).toEqual(['a.txt.gz/a.txt: first, first, first']);
    expect(await told('a.gz', concatBytes(gz(a), gz(b)))).toEqual(['a.gz/a: first, first, firstsecond']);
    const tar = makeTar([
      { name: 'f/a', bytes: a },
      { name: `${'deep/'.repeat(30)}b`, bytes: b },
      { name: 'link', bytes: utf8(''), type: '2' },
    ]);
    const expected = [
      'f/a: first, first, first',
      `${'deep/'.repeat(30)}b: second`,
      'link! It is a link or a device, which is not followed.',
    ];
    expect(await told('x.tar', tar)).toEqual(expected.map((line) => `x.tar/${line}`));
    expect(await told('x.tgz', gz(tar))).toEqual(expected.map((line) => `x.tgz/${line}`));
  });

  it('comes out of a PDF, with its name, also where only packed objects name it', async () => {
    for (const objectStream of [false, true]) {
      const pdf = makePdf([{ name: 'Zeugnis (1).json', bytes: a }], { objectStream });
      expect(await told('x.pdf', pdf)).toEqual(['x.pdf/Zeugnis (1).json: first, first, first']);
    }
    expect(await told('x.pdf', makePdf([{ name: 'ä.json', bytes: b }], { utf16: true }))).toEqual([
      'x.pdf/ä.json: second',
    ]);
    expect(await told('x.pdf', makePdf([]))).toEqual([]);
    const encrypted = makePdf([{ name: 'a', bytes: a }], { more: '/Encrypt 9 0 R' });
    expect(await told('x.pdf', encrypted)).toEqual([expect.stringContaining('x.pdf! PDF: it is encrypted')]);
  });

  it('is opened once inside an archive, and no further', async () => {
    const inner = makeZip([{ name: 'a', bytes: a }]);
    const middle = makeZip([
      { name: 'inner.zip', bytes: inner },
      { name: 'b', bytes: b },
    ]);
    expect(await told('m.zip', middle)).toEqual(['m.zip/inner.zip/a: first, first, first', 'm.zip/b: second']);
    expect(await told('o.zip', makeZip([{ name: 'm.zip', bytes: middle }]))).toEqual([
      expect.stringMatching(/^o\.zip\/m\.zip\/inner\.zip! .*not opened/),
      'o.zip/m.zip/b: second',
    ]);
    const kept = await all('m.zip', middle, { isEvidence: (name) => name.endsWith('.zip') });
    expect(kept.map(({ name }) => name)).toEqual(['m.zip/inner.zip', 'm.zip/b']);
  });

  it('shows names that are harmless to show', async () => {
    expect(shownName('..\\..\\etc/passwd\u202egnp.exe')).toBe('../../etc/passwd\ufffdgnp.exe');
    expect(shownName('/\u0000\u001b[31m')).toBe('\ufffd\ufffd[31m');
    expect(shownName('x'.repeat(70_000))).toHaveLength(159);
  });
});

describe('what is refused, and why', () => {
  const two = [
    { name: 'a', bytes: a },
    { name: 'b', bytes: b },
  ];
  it.each([
    ['encrypted', makeZip([{ name: 'a', bytes: a, flags: 1 }]), /encrypted/],
    ['of another method', makeZip([{ name: 'a', bytes: a, method: 14 }]), /method 14/],
    ['a link', makeZip([{ name: 'a', bytes: a, mode: 0xa1ff }]), /link/],
    ['with a wrong check sum', makeZip([{ name: 'a', bytes: a, crc: 1 }]), /check sum/],
    ['longer than it says', makeZip([{ name: 'a', bytes: a, length: 3 }]), /More than 3/],
    ['shorter than it says', makeZip([{ name: 'a', bytes: a, length: 100 }]), /100 bytes, found 19/],
    ['a bomb by its word', makeZip([{ name: 'a', bytes: a, length: 200_000_000 }]), /refused/],
    ['more than there is room for', makeZip([{ name: 'a', bytes: a, length: 0xfffffff0 }]), /refused|come out/],
    ['with headers that differ', makeZip([{ name: 'a', bytes: a, localName: 'b' }]), /contradict/],
    ['overlapping', makeZip(two, '', { sameOffset: true }), /share/],
    ['cut off', makeZip(two).subarray(0, -3), /cut off|no end/],
    ['with something before it', concatBytes(utf8('PK\u0003\u0004'), makeZip(two)), /expected to end/],
    ['in 64-bit form', makeZip(two, '', { count: 0xffff }), /64-bit/],
    ['of too many', makeZip(two, '', { count: 5000 }), /5000|several parts/],
  ])('a ZIP archive %s', async (_what, bytes, words) => {
    const found = await told('x.zip', bytes);
    expect(found[0]).toMatch(words);
    expect(found[0]).toMatch(/^x\.zip(\/a)?! /);
  });

  it('gzip that is damaged, cut off, or says too much', async () => {
    const right = gz(a);
    expect(await told('a.gz', right.with(right.length - 6, 1))).toEqual([expect.stringMatching(/^a\.gz! .*check sum/)]);
    expect(await told('a.gz', right.subarray(0, -4))).toEqual([expect.stringMatching(/^a\.gz! .*cut off/)]);
    const bomb = gz(new Uint8Array(4 * 1024 * 1024));
    const budget = { entries: 10, bytes: 1_000_000 };
    expect(await told('a.gz', bomb, { budget })).toEqual([expect.stringMatching(/^a\.gz! More than 1000000/)]);
  });

  it('what goes beyond the bounds of all together', async () => {
    const many = makeZip(Array.from({ length: 5 }, (_, index) => ({ name: `${index}`, bytes: b })));
    const few = await told('x.zip', many, { budget: { ...fullBudget(), entries: 3 } });
    expect(few).toHaveLength(4);
    expect(few.at(-1)).toMatch(/^x\.zip! More than 4096 files/);
    const short = await told('x.zip', many, { budget: { ...fullBudget(), bytes: 13 } });
    expect(short.filter((line) => line.includes('! With it more than'))).toHaveLength(3);
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(3 * archiveLimits.free)));
    expect(bomb.length * archiveLimits.ratio).toBeLessThan(3 * archiveLimits.free);
    expect(await told('x.zip', makeZip([{ name: 'a', bytes: new Uint8Array(3 * archiveLimits.free) }]))).toEqual([
      expect.stringMatching(/which is refused/),
    ]);
  });
});

describe('damaged archives', () => {
  const seeds: readonly (readonly [string, Uint8Array])[] = [
    [
      'x.zip',
      makeZip([
        { name: 'a', bytes: a },
        { name: 'z.gz', bytes: gz(b) },
        { name: 'c', bytes: b, descriptor: true },
      ]),
    ],
    ['x.gz', gz(a)],
    ['x.tgz', gz(makeTar([{ name: 'a', bytes: a }]))],
    [
      'x.tar',
      makeTar([
        { name: 'a', bytes: a },
        { name: 'y'.repeat(150), bytes: b },
      ]),
    ],
    ['x.pdf', makePdf([{ name: 'a', bytes: a }], { objectStream: true })],
  ];

  it('throw nothing, and give nothing that was not packed, however they are cut or flipped', async () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), edits, fc.option(fc.nat()), async ([name, seed], flips, cut) => {
        const bytes = seed.slice(0, cut === null ? seed.length : cut % seed.length);
        for (const [at, value] of flips) if (bytes.length > 0) bytes[at % bytes.length] = value;
        const budget = { entries: 50, bytes: 100_000 };
        let length = 0;
        for (const file of await all(name, bytes, { budget })) {
          if ('fault' in file) expect(file.fault).not.toBe('');
          else {
            length += file.bytes.length;
            if (name === 'x.zip' || name === 'x.gz') expect([crc32(a), crc32(b)]).toContain(crc32(file.bytes));
          }
        }
        expect(length).toBeLessThanOrEqual(200_000);
      }),
      { numRuns: 250 },
    );
  });

  it('and any bytes behind a beginning that looks right', async () => {
    const beginnings = [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6], [0x1f, 0x8b, 8, 0], [...utf8('%PDF-1.7 /EF ')]];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
        await all('x', Uint8Array.from([...start, ...rest]));
      }),
      { numRuns: 150 },
    );
  });
});
