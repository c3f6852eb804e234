import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere, type Ran } from './cli.fixture.ts';

let folder = '';
let remove: () => Promise<void>;

/** A token that nobody pinned a key for: undetermined. */
const token = [
  { alg: 'RS256', typ: 'JWT', kid: 'k' },
  { iss: 'https://a.example', iat: 1_780_000_000 },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat(Buffer.alloc(256, 1).toString('base64url'))
  .join('.');

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'trust.json'), '{"affidavit":"trust/1"}');
  await writeFile(join(folder, 'bad-trust.json'), '{"affidavit":"trust/1","chain":[]}');
  await writeFile(
    join(folder, 'zero-pin.json'),
    JSON.stringify({
      affidavit: 'trust/1',
      nitro: { measurements: [{ pcrs: { 0: '00'.repeat(48), 1: '00'.repeat(48), 2: '00'.repeat(48) } }] },
    }),
  );
  await writeFile(join(folder, 'half.json'), '{"affidavit":"trust/1","nit');
  await writeFile(join(folder, 'token.jwt'), token);
  await writeFile(join(folder, 'empty'), '');
  await writeFile(join(folder, 'other.txt'), 'Dear all');
  await writeFile(join(folder, 'collateral.json'), '{"tcb_info":"{}"}');
}, 600_000);

afterAll(() => remove());

const check = (...args: string[]): Promise<Ran> => runHere(checkCommand, args, folder);

describe('check', () => {
  it('prints one line a file with --json, exactly the fields of a report', async () => {
    const { code, lines, words } = await check('--json', 'trust.json');
    expect(code).toBe(0);
    expect(words).toBe('');
    expect(lines).toHaveLength(1);
    expect(Object.keys(lines[0] ?? {})).toEqual(['file', 'kind', 'verdict', 'at', 'timeSource', 'labels', 'checks']);
    expect(lines[0]).toMatchObject({
      file: 'trust.json',
      kind: 'trust',
      verdict: 'verified',
      at: '2026-11-21T12:00:00Z',
      timeSource: 'now',
    });
  });

  it('says it in words without --json, and prints nothing', async () => {
    const { code, lines, words } = await check('trust.json', 'half.json');
    expect(code).toBe(1);
    expect(lines).toEqual([]);
    expect(words).toMatch(/^Holds: trust\.json\n/);
    expect(words).toMatch(/^Does not hold: half\.json\n/m);
  });

  it('yields a line for every file, whatever becomes of it, in the order given; 2 beats 1 beats 0', async () => {
    const files = ['trust.json', 'none', 'half.json', 'sub', 'empty', 'token.jwt', 'other.txt', 'trust.json'];
    const { code, lines } = await check('--json', ...files);
    expect(code).toBe(2);
    expect(lines.map(({ file }) => file)).toEqual(files);
    expect(
      lines.map(({ kind, verdict, error }) => [kind, verdict, (error as { code: string } | undefined)?.code]),
    ).toEqual([
      ['trust', 'verified', undefined],
      ['unknown', 'undetermined', 'FILE_MISSING'],
      ['trust', 'rejected', undefined],
      ['unknown', 'undetermined', 'FILE_FOLDER'],
      ['unknown', 'undetermined', 'KIND_UNKNOWN'],
      ['jwt', 'undetermined', undefined],
      ['unknown', 'undetermined', 'KIND_UNKNOWN'],
      ['trust', 'verified', undefined],
    ]);
    expect(lines[1]).toEqual({
      file: 'none',
      kind: 'unknown',
      verdict: 'undetermined',
      at: null,
      timeSource: 'now',
      labels: [],
      checks: [],
      error: { kind: 'usage', code: 'FILE_MISSING', message: expect.stringContaining(join(folder, 'none')) },
    });
  });

  it.each([
    [0, ['trust.json']],
    [1, ['trust.json', 'half.json']],
    [1, ['token.jwt']],
    [2, ['half.json', 'none']],
    [2, ['other.txt']],
  ])('exits %i for %j', async (code, files) => {
    expect((await check('--json', ...files)).code).toBe(code);
  });

  it('judges at the time given', async () => {
    const { lines } = await check('--json', '--at', '2020-01-01T00:00:00+01:00', 'trust.json');
    expect(lines[0]).toMatchObject({ at: '2019-12-31T23:00:00Z', timeSource: 'given' });
  });

  it('says what a file is that only goes beside evidence, and does not judge it', async () => {
    const { code, lines, words } = await check('--json', 'collateral.json');
    expect(code).toBe(2);
    expect(lines).toMatchObject([{ kind: 'unknown', verdict: 'undetermined', error: { code: 'KIND_UNKNOWN' } }]);
    expect((lines[0] as { error: { message: string } }).error.message).toMatch(/collateral for Intel quotes.*--with/);
    expect(words).toBe('');
  });

  it('notes on standard error what was given beside evidence and was of no use to any', async () => {
    const { code, lines, words } = await check('--json', '--with', 'collateral.json', 'trust.json');
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(words).toMatch(/^Note: Nothing that was judged used collateral\.json/);
  });

  it('judges at the present where that is chosen', async () => {
    const { lines } = await check('--json', '--at', 'now', 'trust.json');
    expect(lines[0]).toMatchObject({ at: '2026-11-21T12:00:00Z', timeSource: 'now' });
  });

  it.each([
    ['no file', [], 'No file was given'],
    ['an unknown option', ['--jsn', 'trust.json'], '--jsn'],
    ['a time that is none', ['--at', 'yesterday', 'trust.json'], 'RFC 3339'],
    ['a trust file that is not there', ['--trust', 'none', 'trust.json'], 'none is not there'],
    ['a trust file with an unknown member', ['--trust', 'bad-trust.json', 'trust.json'], '$.chain'],
    ['a trust file that is cut off', ['--trust', 'half.json', 'trust.json'], 'strict JSON'],
    ['an all-zero pin', ['--trust', 'zero-pin.json', 'trust.json'], 'zero'],
    ['a companion that is not there', ['--with', 'none', 'trust.json'], 'none is not there'],
  ])('exits 2 for %s and says why', async (_what, args, words) => {
    const ran = await check(...args);
    expect(ran.code).toBe(2);
    expect(ran.words).toContain(words);
    expect(ran.lines).toEqual([]);
  });

  it('yields a line for every file even where the trust file is at fault', async () => {
    const { code, lines } = await check('--json', '--trust', 'bad-trust.json', 'trust.json', 'token.jwt');
    expect(code).toBe(2);
    expect(lines.map(({ file, verdict, error }) => [file, verdict, typeof error])).toEqual([
      ['trust.json', 'undetermined', 'object'],
      ['token.jwt', 'undetermined', 'object'],
    ]);
  });

  it('says what to do about a file that it cannot judge', async () => {
    const { words } = await check('empty', 'other.txt');
    expect(words).toContain('Not judged: empty\n  empty is empty (0 bytes)');
    expect(words).toContain('8 bytes of text beginning with “Dear all”');
  });

  it('tells how to call it', async () => {
    expect(await check('--help')).toMatchObject({ code: 0, lines: [], words: expect.stringContaining('Usage:') });
  });

  it('stops when cancelled, without a line for what was not judged', async () => {
    const ran = runHere(checkCommand, ['--json', 'trust.json'], folder, AbortSignal.abort(new Error('enough')));
    await expect(ran).rejects.toThrow('enough');
  });
});
