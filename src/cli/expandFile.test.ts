import { mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf, makeZip } from '../core/archive/archive.fixture.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere, type Ran } from './cli.fixture.ts';

let folder: string;
let remove: () => Promise<void>;
const trust = utf8('{"affidavit":"trust/1"}');
const half = utf8('{"affidavit":"trust/1","nit');
const quote = Uint8Array.from({ length: 1020 }, (_, index) => [3, 0, 2, 0, 0, 0, 0, 0][index] ?? 0);
const collateral = utf8('{"tcb_info":"{}"}');

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await mkdir(join(folder, 'all', 'sub', '.hidden'), { recursive: true });
  await mkdir(join(folder, 'empty'));
  await writeFile(join(folder, 'all', 'trust.json'), trust);
  await writeFile(join(folder, 'all', '.dot'), half);
  await writeFile(join(folder, 'all', 'sub', 'half.json'), half);
  await writeFile(
    join(folder, 'all', 'sub', 'more.zip'),
    makeZip([
      { name: '../../t.json', bytes: trust },
      { name: 'locked', bytes: trust, flags: 1 },
    ]),
  );
  await writeFile(join(folder, 'trust.json.gz'), gzipSync(trust));
  await writeFile(join(folder, 'paper.pdf'), makePdf([{ name: 'trust.json', bytes: trust }]));
  await writeFile(join(folder, 'drawn.pdf'), makePdf([]));
  await writeFile(
    join(folder, 'quote.zip'),
    makeZip([
      { name: 'q.bin', bytes: quote },
      { name: 'c.json', bytes: collateral },
    ]),
  );
  await writeFile(join(folder, 'broken.zip'), makeZip([{ name: 'a', bytes: trust }]).subarray(0, 60));
  await writeFile(join(folder, 'note.md'), `Hello\n\n\`\`\`json\n${new TextDecoder().decode(trust)}\n\`\`\`\n`);
}, 600_000);
afterAll(() => remove());

const check = (...args: string[]): Promise<Ran> => runHere(checkCommand, args, folder);
const told = ({ lines }: Ran) =>
  lines.map(({ file, kind, verdict, error }) => {
    const code = (error as { code: string } | undefined)?.code;
    return `${String(file)} ${String(kind)} ${code ?? String(verdict)}`;
  });

describe('check of many files in one', () => {
  it('yields a line for every file in a folder and in the archives in it', async () => {
    const ran = await check('--json', 'all/');
    expect(told(ran)).toEqual([
      'all/sub/half.json trust rejected',
      'all/sub/more.zip/../../t.json trust verified',
      'all/sub/more.zip/locked unknown ARCHIVE_ENTRY',
      'all/trust.json trust verified',
    ]);
    expect(ran.code).toBe(2);
    expect((await check('--json', 'all/sub/half.json', 'trust.json.gz')).code).toBe(1);
  });

  it('opens gzip, ZIP and PDF, and text around a document', async () => {
    const ran = await check('--json', 'trust.json.gz', 'paper.pdf', 'note.md');
    expect(told(ran)).toEqual([
      'trust.json.gz/trust.json trust verified',
      'paper.pdf/trust.json trust verified',
      'note.md trust verified',
    ]);
    expect(ran.code).toBe(0);
  });

  it('judges evidence beside its companions, which are no fault by themselves', async () => {
    const ran = await check('--json', 'quote.zip');
    expect(told(ran)).toEqual([
      expect.stringMatching(/^quote\.zip\/q\.bin dcap (rejected|undetermined)$/),
      'quote.zip/c.json unknown COMPANION',
    ]);
    expect(ran.code).toBe(1);
    expect((await check('quote.zip')).words).toContain(
      '2 files in all: 0 hold, 1 do not hold or cannot be told, 0 not judged, 1 used beside others.',
    );
    expect((await check('--with', 'quote.zip', 'trust.json.gz')).words).toContain(
      'Nothing that was judged used quote.zip/c.json',
    );
  });

  it('says what is wrong with an empty folder, a broken archive, a PDF with nothing in it', async () => {
    const ran = await check('--json', 'empty', 'broken.zip', 'drawn.pdf');
    expect(told(ran)).toEqual([
      'empty unknown FILE_FOLDER',
      'broken.zip unknown ARCHIVE_ENTRY',
      'drawn.pdf unknown KIND_UNKNOWN',
    ]);
    expect(ran.code).toBe(2);
    expect((await check('drawn.pdf')).words).toContain('no file is attached');
  });
});
