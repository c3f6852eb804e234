import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { toBase64Url } from '../core/bytes/base64.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { parseCertificate, sealCertificate as seal, type Certificate } from '../core/certificate/envelope.ts';
import { pageVersion, readCertificatePage } from '../core/certificate/html/page.ts';
import type { Report } from '../core/kinds/judge.ts';
import { testMachine } from '../core/trace/anchor/machine.fixture.ts';
import { signTrace } from '../core/trace/anchor/signTrace.ts';
import { assemble } from '../core/trace/assemble.fixture.ts';
import { noDomain, vmIdentifier } from '../core/trace/metadata.ts';
import { encodeTraceFile, parseTraceFile } from '../core/trace/traceFile.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere } from './cli.fixture.ts';
import { traceCommand } from './traceCommand.ts';

/** `_start` calls `triple` for 1 to 5, but for `last` in the place of 4; `secret` is never called. */
const program = (last: number) => `(module
  (memory (export "memory") 1)
  (func $triple (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (func $secret (param i32) (result i32) (local.get 0))
  (func (export "_start") (local i32)
    (loop $again
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (drop (call $triple (select (local.get 0) (i32.const ${last}) (i32.ne (local.get 0) (i32.const 4)))))
      (br_if $again (i32.lt_u (local.get 0) (i32.const 5))))))`;

// The page without its program, which takes a second to be built; of each system one is built and opened by the browser's tests.
vi.mock('./html/templateFor.ts', () => ({
  templateFor: (system: string) => {
    const csp = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
    const begin = `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="affidavit" content="${pageVersion} ${system}">\n${csp}\n`;
    const slot = (name: string, id: string) =>
      `<script type="application/vnd.affidavit.${name}" id="${id}"></script>\n`;
    return Promise.resolve(`${begin}${slot('certificate', 'certificate')}${slot('trust', 'given-trust')}</head>\n`);
  },
}));

const machine = testMachine('secp256k1', 'bench');
const sealCertificate = ({ digest: _, ...body }: Certificate): string => seal(body);

const { folder, remove } = await makeFolder();
const trace = (...args: readonly string[]) => runHere(traceCommand, args, folder);
afterAll(remove);

beforeAll(async () => {
  await writeFile(join(folder, 'a.wasm'), await assemble(program(4)));
  await writeFile(join(folder, 'b.wasm'), await assemble(program(40)));
  await writeFile(join(folder, 'trust.json'), '{"affidavit":"trust/1"}');
}, 600_000);

test('a program is run, its events are proven, and questions about it are answered', { timeout: 600_000 }, async () => {
  const run = await trace('run', '--program', 'a.wasm', '--out', 'a.trace');
  expect(run).toMatchObject({ code: 0, lines: [{ end: { kind: 'exit', code: 0 }, metadata: { count: 7 } }] });
  const proven = await trace('prove', '--out', 'p.json', '--find', '{"func":0,"args":[3]}', '--calls', '1', 'a.trace');
  expect(proven).toMatchObject({ code: 0, lines: [{ events: [2], functions: [1] }] });
  const verify = (...args: readonly string[]) => trace('verify', '--trust', 'trust.json', ...args, 'p.json');
  // It is not signed, and no ledger is pinned: true so far, and no more than that.
  const open = await verify('--program', 'a.wasm', '--find', '{"func":0,"args":[3],"return_value":9}');
  expect(open).toMatchObject({ code: 1, lines: [{ verdict: 'undetermined' }] });
  expect(open.words).toContain('Cannot tell: p.json');
  expect(await verify('--program', 'a.wasm', '--never', '1')).toMatchObject({ lines: [{ verdict: 'undetermined' }] });
  expect(await verify('--program', 'a.wasm', '--never', '0')).toMatchObject({ lines: [{ verdict: 'undetermined' }] });
  expect(await verify('--program', 'b.wasm', '--find', '{"func":0}')).toMatchObject({
    lines: [{ verdict: 'rejected' }],
  });
  expect(await verify('--program', 'a.wasm', '--find', '{"func":0,"args":[4]}')).toMatchObject({
    code: 1,
    lines: [{ verdict: 'rejected' }],
  });
});

test('two runs are compared to the first event that differs', { timeout: 600_000 }, async () => {
  for (const name of ['a', 'b']) await trace('run', '--no-salt', '--program', `${name}.wasm`, '--out', `${name}.bare`);
  const { code, lines, words } = await trace('bisect', 'a.bare', 'b.bare');
  expect(code).toBe(1);
  expect(lines).toMatchObject([{ index: 3, sides: [{ event: { args: [4] } }, { event: { args: [40] } }] }]);
  expect(words).toContain('Event 3 is the first that differs');
  const prefix = await trace('prove', '--out', 'prefix.json', '--prefix', 'a.bare', 'a.bare');
  expect(prefix).toMatchObject({ code: 0, lines: [{ prefix: { leaves: 7 } }] });
  const parted = await trace('prove', '--out', 'none.json', '--prefix', 'b.bare', 'a.bare');
  expect(parted).toMatchObject({ code: 2, words: expect.stringContaining('is not how a.bare begins') });
  expect(await trace('bisect', 'a.bare', 'a.bare')).toMatchObject({ code: 0, lines: [{ index: null }] });
});

test('a trace is certified as a whole, and what it did and did not do; the certificates hold under the machine alone', async () => {
  await trace('run', '--program', 'a.wasm', '--out', 'plain.trace');
  // The machine signs what the program really did; a ledger would add when, and takes a node to be asked.
  const file = parseTraceFile(await readFile(join(folder, 'plain.trace')));
  const metadata = { ...file.metadata, vm: vmIdentifier('bench') };
  const signed = { key: machine.publicKey, signature: await signTrace(machine, metadata, noDomain) };
  await writeFile(join(folder, 'signed.trace'), encodeTraceFile({ ...file, metadata, signed }));
  const pins = { vms: [{ id: 'bench', key: toBase64Url(machine.publicKey) }] };
  await writeFile(join(folder, 'machine.json'), serializeTrust(pins));
  await trace('prove', '--out', 'secret.json', '--calls', 'secret', 'signed.trace');
  const check = async (name: string, trust: string) => {
    const { code, lines } = await runHere(checkCommand, ['--json', '--trust', trust, name], folder);
    const { verdict, checks } = lines[0] as unknown as Pick<Report, 'verdict' | 'checks'>;
    return [code, verdict, checks.flatMap((each) => (each.status === 'pass' ? [] : [`${each.code} ${each.status}`]))];
  };
  const certify = (...args: readonly string[]) => trace('certify', '--trust', 'machine.json', ...args);

  const asPage = ['--html', 'signed.html', '--give-trust'];
  const line = { file: 'signed.affidavit.json', html: 'signed.html', anchored: null };
  expect(await certify(...asPage, 'signed.trace')).toMatchObject({ code: 0, lines: [line] });
  const text = await readFile(join(folder, 'signed.affidavit.json'), 'utf8');
  const { root, count, policy, code } = metadata;
  const { claim, subject } = parseCertificate(text);
  expect([claim, subject]).toMatchObject([{ root, count, policy, vm: metadata.vm }, { code }]);
  expect(claim).not.toHaveProperty('events');
  expect(await check('signed.affidavit.json', 'machine.json')).toEqual([0, 'verified', []]);
  expect(await check('signed.affidavit.json', 'trust.json')).toEqual([1, 'undetermined', ['TRACE_SIGNATURE unknown']]);
  const page = await readFile(join(folder, 'signed.html'), 'utf8');
  expect(readCertificatePage(page)).toMatchObject({ system: 'trace', trust: utf8(serializeTrust(pins)) });
  expect(await check('signed.html', 'machine.json')).toEqual([0, 'verified', []]);
  expect(await check('signed.html', 'trust.json')).toEqual([1, 'undetermined', ['TRACE_SIGNATURE unknown']]);
  const other = sealCertificate({ ...parseCertificate(text), claim: { ...claim, policy: '00'.repeat(32) } });
  await writeFile(join(folder, 'other.json'), other);
  expect(await check('other.json', 'machine.json')).toEqual([1, 'rejected', ['CERTIFICATE_CLAIM fail']]);

  expect(await certify('--out', 'never.json', 'secret.json')).toMatchObject({ code: 0 });
  expect(await check('never.json', 'machine.json')).toEqual([0, 'verified', []]);
  const never = await readFile(join(folder, 'never.json'), 'utf8');
  const altered = never.replaceAll('"count":0', '"count":1');
  await writeFile(join(folder, 'altered.json'), sealCertificate(parseCertificate(altered)));
  expect(await check('altered.json', 'machine.json')).toEqual([1, 'rejected', ['TRACE_FUNCTIONS fail']]);

  // Of a file whose events are others than were signed no certificate is made; without the key nobody can tell.
  const swapped = encodeTraceFile({ ...file, signed, metadata: { ...metadata, root: '00'.repeat(32) } });
  await writeFile(join(folder, 'swapped.trace'), swapped);
  expect(await certify('swapped.trace')).toMatchObject({ code: 2, words: expect.stringContaining('was changed') });
  await writeFile(join(folder, 'bare.trace'), encodeTraceFile({ ...file, metadata, signed, saltKey: undefined }));
  expect(await certify('bare.trace')).toMatchObject({ code: 0, words: expect.stringContaining('has no salt key') });
});

test.each([
  [[], 'What is to be done?'],
  [['fly'], 'There is no command "fly".'],
  [['run', '--program', 'a.wasm'], '--out'],
  [['run', '--program', 'none.wasm', '--out', 'x'], 'none.wasm is not there'],
  [['run', '--program', 'trust.json', '--out', 'x'], 'WebAssembly'],
  [['run', '--program', 'a.wasm', '--out', 'x', '--kinds', 'smells'], '--kinds'],
  [['run', '--program', 'a.wasm', '--out', 'x', '--anchor'], '--anchor needs --trust'],
  [['run', '--program', 'a.wasm', '--out', 'x', '--salt-key', '12'], '--salt-key'],
  [['run', '--program', 'a.wasm', '--out', 'x', '--trust', 'trust.json', '--state', 's'], 'no ledger'],
  [['anchor', 'a.wasm'], 'A trust file and one trace are needed'],
  [['prove', '--out', 'x', '--event', '1', 'a.wasm'], 'a.wasm is no trace'],
  [['prove', '--out', 'x', 'a.wasm'], 'What is to be shown?'],
  [['certify', 'x'], 'A trust file, and one proof or one trace, are needed'],
  [['certify', '--trust', 'trust.json', '--give-trust', 'x'], '--give-trust goes with --html'],
  [['certify', '--trust', 'trust.json', 'trust.json'], 'It is no proof about a trace'],
  [['verify', '--trust', 'trust.json', 'x'], 'Of which program?'],
  [['verify', '--trust', 'trust.json', '--code', '00', 'x'], 'What is asked'],
  [['bisect', 'a.wasm'], 'Two traces are needed'],
  [['serve'], 'A trust file is needed'],
])('%j is refused in words', async (args, words) => {
  const ran = await trace(...args);
  expect(ran.code).toBe(2);
  expect(ran.words).toContain(words);
});
