import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificatePage } from '../../core/certificate/html/page.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { certifyCommand } from '../certifyCommand.ts';
import { checkCommand } from '../checkCommand.ts';
import { makeFolder, runHere, type Ran } from '../cli.fixture.ts';

const samples = new URL('../../../public/samples/', import.meta.url);

let folder: string;
let remove: () => Promise<void>;
let certificate: string;
let html: string;
let made: Ran;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  certificate = (await readFile(new URL('chain.affidavit.json', samples), 'utf8')).trim();
  await writeFile(join(folder, 'record.json'), certificate);
  await writeFile(join(folder, 'trust.json'), await readFile(new URL('trust.json', samples)));
  made = await certify('--wrap', 'record.json', '--html', 'record.html', '--trust', 'trust.json', '--give-trust');
  html = await readFile(join(folder, 'record.html'), 'utf8');
}, 600_000);
afterAll(() => remove());

const certify = (...args: string[]): Promise<Ran> => runHere(certifyCommand, args, folder);
const check = (...args: string[]): Promise<Ran> => runHere(checkCommand, args, folder);

describe('certify --wrap', () => {
  it('says what it wrote', () => {
    const line = { result: 'page', system: 'chain', file: 'record.json', html: 'record.html' };
    expect(made).toMatchObject({ code: 0, lines: [line] });
  });

  it('writes a page whose policy admits its own program and style, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const digest = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const program = digest(/<script id="program">([^]*)<\/script>/.exec(html)?.[1]);
    const style = digest(/<style>([^]*)<\/style>/.exec(html)?.[1]);
    expect(policy).toContain(`default-src 'none'; script-src ${program} 'wasm-unsafe-eval'; style-src ${style};`);
    expect(policy).toContain(`connect-src 'none'`);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'[^;]*'unsafe-eval|https?:|\*/);
    expect(html.match(/<script/g)).toHaveLength(
      3 + (/<script id="program">([^]*)/.exec(html)?.[1]?.match(/<script/g)?.length ?? 0),
    );
  });

  it('puts the trust file in only where that was asked for', async () => {
    const { trust } = readCertificatePage(html);
    expect(parseTrust(new TextDecoder().decode(trust)).chains).toHaveLength(1);
    await certify('--wrap', 'record.json', '--html', 'bare.html', '--trust', 'trust.json');
    expect(readCertificatePage(await readFile(join(folder, 'bare.html'), 'utf8')).trust).toBeUndefined();
  });

  it('refuses what is no certificate, and calls that mean nothing', async () => {
    expect(await certify('--wrap', 'trust.json', '--html', 'x.html')).toMatchObject({ code: 2, lines: [] });
    expect(await certify('--wrap', 'record.json')).toMatchObject({ code: 2 });
    expect(await certify('--wrap', 'record.json', '--html', 'x.html', '--give-trust')).toMatchObject({ code: 2 });
    expect(await certify('--wrap', 'record.json', '--html', 'x.html', '--hash', 'aa')).toMatchObject({ code: 2 });
  });
});

describe('check, of a page that checks itself', () => {
  it('judges the certificate in it under the given trust file alone', async () => {
    const line = { kind: 'certificate', file: 'record.html' };
    expect(await check('--json', 'record.html')).toMatchObject({
      code: 1,
      lines: [{ ...line, verdict: 'undetermined' }],
    });
    const given = await check('--json', '--trust', 'trust.json', 'record.html', 'record.json');
    expect(given).toMatchObject({ code: 0, lines: [{ ...line, verdict: 'verified' }, { verdict: 'verified' }] });
    expect(given.lines[0]?.['checks']).toEqual(
      JSON.parse(JSON.stringify(given.lines[1]?.['checks']).replaceAll('record.json', 'record.html')),
    );
  });

  it('says whether all else in the page is that of this version', async () => {
    expect((await check('record.html')).words).toContain('byte for byte the page of this version');
    await writeFile(join(folder, 'changed.html'), html.replace('<main>', '<main><h1>It holds.</h1>'));
    const changed = await check('--trust', 'trust.json', 'changed.html');
    expect(changed.words).toContain('is not the page of this version');
    expect(changed.code).toBe(0);
  });

  it('names what is wrong with one that cannot be read', async () => {
    await writeFile(join(folder, 'cut.html'), html.slice(0, 3000));
    expect((await check('cut.html')).words).toMatch(/its certificate cannot be taken out: at offset \d+/);
  });
});
