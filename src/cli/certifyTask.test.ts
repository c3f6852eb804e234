import { rm, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { networkOf, Refusal, type FakeNode } from '../audit/evm/fakeNode.fixture.ts';
import { taskNode } from '../audit/task/taskNode.fixture.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { parseCertificate } from '../core/certificate/envelope.ts';
import { makeTaskLedger, checkpointPin, type TaskLedger } from '../core/task/certificate/certificate.fixture.ts';
import { changed, chainId, contract, files, openCodes, stranger } from '../core/task/task.fixture.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import type { EvmPin } from '../core/trust/trust.ts';
import type { Check } from '../core/verdict/check.ts';
import { auditCommand } from './auditCommand.ts';
import { certifyCommand } from './certifyCommand.ts';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere, type Ran } from './cli.fixture.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = '';
let remove: () => Promise<void>;
let ledger: TaskLedger;
let pin: EvmPin;
const name = `${chainId}/${contract}/1`;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  ledger = await makeTaskLedger();
  pin = { ...checkpointPin(ledger), rpc: ['http://a.example', 'http://b.example'] };
  await writeTrust('trust.json', pin);
  await writeFile(join(folder, 'attestation.cbor'), ledger.attestation.document);
});
afterAll(() => remove());
afterEach(() => vi.unstubAllGlobals());

const writeTrust = (file: string, ...evm: EvmPin[]): Promise<void> =>
  writeFile(join(folder, file), serializeTrust({ ...ledger.attestation.trust, evm }));
const serve = (a: FakeNode, b: FakeNode = a): void => {
  vi.stubGlobal('fetch', networkOf({ 'a.example': a, 'b.example': b }));
};
const certify = (...args: string[]): Promise<Ran> => runHere(certifyCommand, args, folder);
const audit = (...args: string[]): Promise<Ran> => runHere(auditCommand, args, folder);
const attested = ['--with', 'attestation.cbor'];

test('a task is certified from its nodes, and its certificate is verified without any', async () => {
  serve(taskNode(ledger));
  const made = await certify('--trust', 'trust.json', '--task', name, ...attested, '--out', 'task.json');
  expect(made).toMatchObject({
    code: 0,
    lines: [{ verdict: 'verified', result: 'certificate', task: name, labels: ['simulated'], file: 'task.json' }],
  });
  expect(made.words).toContain('Written to task.json');
  serve(taskNode(ledger, { respond: () => new Response('away', { status: 500 }) }));
  const checked = await runHere(checkCommand, ['--json', '--trust', 'trust.json', 'task.json'], folder);
  expect(checked).toMatchObject({ code: 0, lines: [{ verdict: 'verified', kind: 'certificate' }] });
  const elsewhere = await makeTaskLedger({ steps: (steps) => changed(steps, 'TaskSubmitted', { metadata: 'other' }) });
  await writeTrust('other.json', checkpointPin(elsewhere));
  const judged = await runHere(checkCommand, ['--json', '--trust', 'other.json', 'task.json'], folder);
  expect(judged.lines[0]).toMatchObject({ verdict: expect.stringMatching(/rejected|undetermined/) });
});

test('where one node does not give what is needed, another one does', async () => {
  const without = taskNode(ledger, {
    lie: (method, params) =>
      method === 'eth_getProof' && (params[1] as unknown[]).length === 3
        ? new Refusal(-32_601, 'no such method')
        : undefined,
  });
  serve(without, taskNode(ledger));
  const made = await certify('--trust', 'trust.json', '--task', name, ...attested, '--out', 'second.json');
  expect(made.code).toBe(0);
  expect(parseCertificate(await readFile(join(folder, 'second.json'), 'utf8')).system).toBe('task');
  serve(without);
  const none = await certify('--trust', 'trust.json', '--task', name, ...attested, '--out', 'third.json');
  expect(none.code).toBe(2);
  expect(none.words).toContain('does not give what a certificate needs');
  await expect(readFile(join(folder, 'third.json'))).rejects.toThrow('ENOENT');
});

test('what is not verified gets none: without document, of another document, of another task, on a lying node', async () => {
  serve(taskNode(ledger));
  const bare = await certify('--trust', 'trust.json', '--task', name);
  expect(bare).toMatchObject({ code: 1, lines: [{ verdict: 'undetermined', result: 'none', file: null }] });
  expect(bare.words).toContain('give it by --with');
  await writeFile(join(folder, 'other.cbor'), ledger.attestation.document.slice(0, -1));
  const other = await certify('--trust', 'trust.json', '--task', name, '--with', 'other.cbor');
  expect(other).toMatchObject({ code: 1, lines: [{ verdict: 'rejected', result: 'none' }] });
  const missing = await certify('--trust', 'trust.json', '--task', `${chainId}/${contract}/2`, ...attested);
  expect(missing).toMatchObject({ code: 1, lines: [{ result: 'none' }] });
  await writeFile(join(folder, 'stray'), utf8('no file of the task'));
  const stray = await certify('--trust', 'trust.json', '--task', name, ...attested, '--with', 'stray');
  expect(stray).toMatchObject({ code: 1, lines: [{ verdict: 'rejected' }] });
  serve(
    taskNode(ledger, {
      lie: async (method, params, honest) => {
        if (method !== 'eth_getBlockReceipts' || Number(params[0]) !== 6) return undefined;
        const receipts = (await honest()) as { readonly logs: unknown[] }[];
        return receipts.map((receipt) => ({ ...receipt, logs: [] })) as never;
      },
    }),
  );
  const lied = await certify('--trust', 'trust.json', '--task', name, ...attested);
  expect(lied).toMatchObject({ code: 1, lines: [{ verdict: 'rejected', result: 'none' }] });
});

test('an audit says who did what when, with every check', async () => {
  serve(taskNode(ledger));
  await writeFile(join(folder, 'program'), files.program);
  const whole = await audit(
    '--trust',
    'trust.json',
    '--task',
    name,
    ...attested,
    '--with',
    'program',
    '--out',
    'a.json',
  );
  expect(whole).toMatchObject({ code: 0, lines: [{ verdict: 'verified', completeness: { how: 'counter' } }] });
  expect(whole.words).toMatch(/submitted by 0xa1.* in block \d/);
  expect(whole.words).toMatch(/completed by 0xb2/);
  expect(JSON.parse(await readFile(join(folder, 'a.json'), 'utf8'))).toMatchObject({ task: name });
  await rm(join(folder, 'a.json'));
  expect((await audit('--json', '--trust', 'trust.json', '--task', name)).words).toBe('');
});

test('a newest block that is older than the trust file allows leaves the task open', async () => {
  serve(taskNode(ledger));
  const made = Date.parse('2026-11-21T12:00:00Z') / 1000;
  const age = made - ledger.newest;
  for (const [maximumAge, verdict] of [
    [age, 'verified'],
    [age - 1, 'undetermined'],
  ] as const) {
    await writeTrust('age.json', { ...pin, maximumAge });
    const { lines } = await audit('--json', '--trust', 'age.json', '--task', name, ...attested);
    expect(lines).toMatchObject([{ verdict }]);
    const { checks } = lines[0] as { readonly checks: readonly Check[] };
    expect(openCodes(checks)).toEqual(verdict === 'verified' ? [] : ['EVM_HEAD unknown']);
  }
});

test('a call that makes no sense, a ledger that is not pinned or has no node, a contract that is another: said in words', async () => {
  serve(taskNode(ledger));
  const words = async (command: typeof certify, ...args: string[]): Promise<string> => {
    const ran = await command('--trust', 'trust.json', ...args);
    expect(ran.code).toBe(2);
    return ran.words;
  };
  for (const bad of ['1/0x12/1', `${chainId}/${contract}`, `${chainId}/${contract}/0`, `x/${contract}/1`]) {
    expect(await words(certify, '--task', bad)).toContain('number of the task were expected');
  }
  expect(await words(certify, '--task', name, 'file')).toContain('stands alone');
  expect(await words(audit, '--task', name, '--resume')).toContain('stands alone');
  expect(await words(certify, '--with', 'attestation.cbor', '--hash', '00')).toContain('--with goes with --task');
  expect(await words(certify, '--task', `1/${contract}/1`)).toContain('no entry for the ledger 1');
  expect(await words(certify, '--task', name, '--with', 'nowhere')).toContain('nowhere is not there');
  await writeTrust('silent.json', checkpointPin(ledger));
  expect((await certify('--trust', 'silent.json', '--task', name)).words).toContain('names no node');
  const elsewhere = await audit('--json', '--trust', 'trust.json', '--task', `${chainId}/${stranger}/1`);
  expect(elsewhere).toMatchObject({ code: 1, lines: [{ verdict: expect.not.stringMatching('^verified') }] });
});
