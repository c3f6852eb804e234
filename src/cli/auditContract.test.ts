import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeNode, networkOf, Refusal } from '../audit/evm/fakeNode.fixture.ts';
import { pinOfLedger } from '../audit/evm/reading.fixture.ts';
import { proofOfExecutionAbi } from '../contracts/proofOfExecution.ts';
import { chainId, signers } from '../core/evm/evm.fixture.ts';
import { toHex0x } from '../core/evm/hex.ts';
import { contract, makeLedger, type LedgerBlock } from '../core/evm/ledger.fixture.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { auditCommand } from './auditCommand.ts';
import { auditContractCommand } from './auditContractCommand.ts';
import { loadHelios } from './loadHelios.ts';
import { makeFolder, runHere, type Ran } from './cli.fixture.ts';

let folder = '';
let remove: () => Promise<void>;
let ledger: LedgerBlock[];
const events = [0, 0, 2, 0, 1, 0, 3, 0];
const name = `${chainId}/${contract}`;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  ledger = await makeLedger({ events });
  const pin = { ...pinOfLedger(ledger), rpc: ['http://a.example'] };
  await writeFile(join(folder, 'trust.json'), serializeTrust({ evm: [pin] }));
  const { rpc: _, ...without } = pin;
  await writeFile(join(folder, 'nobody.json'), serializeTrust({ evm: [without] }));
  await writeFile(join(folder, 'abi.json'), JSON.stringify({ abi: proofOfExecutionAbi }));
  await writeFile(
    join(folder, 'other.json'),
    JSON.stringify([
      {
        type: 'event',
        name: 'Transfer',
        inputs: [{ name: 'value', type: 'uint256', indexed: false }],
        anonymous: false,
      },
    ]),
  );
  await writeFile(join(folder, 'none.json'), '{"abi":[{"type":"event","name":"X","inputs":[{"type":"what"}]}]}');
}, 600_000);

afterEach(() => void vi.unstubAllGlobals());
afterAll(() => remove());

/** Asks nodes a, b, … for the contract. */
function audit(nodes: readonly FakeNode[], ...args: readonly string[]): Promise<Ran> {
  const hosts = nodes.map((node, index) => [`${String.fromCharCode(97 + index)}.example`, node] as const);
  vi.stubGlobal('fetch', networkOf(Object.fromEntries(hosts)));
  const trust = args.includes('--trust') ? [] : ['--trust', 'trust.json'];
  return runHere(
    auditCommand,
    [...trust, ...args, ...(args.includes('--contract') ? [] : ['--contract', name])],
    folder,
  );
}

describe('audit --contract', () => {
  it('verified: one line of JSON, how it is known that nothing is missing, and words', async () => {
    const { code, lines, words } = await audit([new FakeNode(ledger)]);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      verdict: 'verified',
      contract: name,
      count: 6,
      head: { number: 7 },
      completeness: { how: 'counter', from: 0, to: 7, tested: 8, opened: 3 },
      equivocation: null,
    });
    expect(words).toContain('6 events in blocks 0 to 7; none is missing, by the contract’s own count');
    expect(words).toContain('TaskCancelled (id 6');
    expect(words).not.toMatch(/\{\w+\}/);
  });

  it('a range, an interface of one’s own, and all events in a file', async () => {
    const args = ['--from', '3', '--to', '6', '--abi', 'abi.json', '--json', '--out', 'all.json'];
    const { code, lines, words } = await audit([new FakeNode(ledger)], ...args);
    expect([code, words]).toEqual([0, '']);
    expect(lines[0]).toMatchObject({ count: 4, completeness: { from: 3, to: 6 } });
    expect(lines[0]).not.toHaveProperty('events');
    const whole = JSON.parse(await readFile(join(folder, 'all.json'), 'utf8')) as { events: { name: string }[] };
    expect(whole.events.map((event) => event.name)).toEqual(Array.from({ length: 4 }, () => 'TaskCancelled'));
  });

  it('undetermined: nobody has said which code is expected; the hash of the code says it', async () => {
    const other = await makeLedger({ events, codeHash: `0x${'77'.repeat(32)}`, block: () => ({}) });
    const trust = serializeTrust({ evm: [{ ...pinOfLedger(other), rpc: ['http://a.example'] }] });
    await writeFile(join(folder, 'unknown.json'), trust);
    const args = ['--trust', 'unknown.json'];
    const open = await audit([new FakeNode(other)], ...args);
    expect([open.code, open.lines[0]?.['verdict']]).toEqual([1, 'undetermined']);
    expect(open.words).toContain('what code is expected there is not known');
    const said = await audit([new FakeNode(other)], ...args, '--code', `0x${'77'.repeat(32)}`);
    expect([said.code, said.lines[0]?.['verdict']]).toEqual([0, 'verified']);
    const wrong = await audit([new FakeNode(other)], ...args, '--code', 'ProofOfExecution');
    expect([wrong.code, wrong.lines[0]?.['verdict']]).toEqual([1, 'rejected']);
    expect(wrong.words).toMatch(/Its code has the hash 0x7{64}, ProofOfExecution has 0x/);
  });

  it('rejected: no code at the address, an interface of another contract, a node of another ledger', async () => {
    const empty = await makeLedger({ events, codeHash: null });
    await writeFile(
      join(folder, 'empty.json'),
      serializeTrust({ evm: [{ ...pinOfLedger(empty), rpc: ['http://a.example'] }] }),
    );
    const none = await audit([new FakeNode(empty)], '--trust', 'empty.json', '--code', 'ProofOfExecution');
    expect(none.code).toBe(1);
    expect(none.words).toContain('There is no account at this address.');
    const mismatch = await audit([new FakeNode(ledger)], '--abi', 'other.json');
    expect(mismatch.lines[0]?.['verdict']).toBe('rejected');
    expect(mismatch.words).toContain('cannot have written under this interface: 6 of 6');
    const stranger = new FakeNode(ledger, { lie: (method) => (method === 'eth_chainId' ? '0x1' : undefined) });
    const elsewhere = await audit([stranger]);
    expect([elsewhere.code, elsewhere.lines[0]?.['verdict']]).toEqual([1, 'rejected']);
    expect(elsewhere.words).toContain(`You have pinned the ledger ${chainId}, but the node is of the ledger 1.`);
  });

  it('undetermined where the newest block is older than the trust file allows', async () => {
    const pin = { ...pinOfLedger(ledger), rpc: ['http://a.example'], maximumAge: 600 };
    await writeFile(join(folder, 'aged.json'), serializeTrust({ evm: [pin] }));
    const { lines, words } = await audit([new FakeNode(ledger)], '--trust', 'aged.json');
    expect(lines[0]?.['verdict']).toBe('undetermined');
    expect(words).toContain('Whether newer ones are kept back, or the ledger stands still, cannot be told from it.');
  });

  it('rejected with both headers where a node shows two sealed histories', async () => {
    const twin = await makeLedger({
      events,
      block: (number) => (number < 4 ? {} : { timestamp: 1_800_000_000 + number, sealers: signers.slice(1, 4) }),
    });
    const { code, lines, words } = await audit(
      [new FakeNode(ledger), new FakeNode(twin)],
      '--rpc',
      'http://a.example',
      '--rpc',
      'http://b.example',
    );
    expect(code).toBe(1);
    expect(lines[0]).toMatchObject({
      verdict: 'rejected',
      equivocation: {
        number: 4,
        headers: [toHex0x(ledger[4]!.rlp), toHex0x(twin[4]!.rlp)],
        shownBy: ['a.example', 'b.example'],
        validators: signers.slice(1, 3).map(({ address }) => address),
      },
    });
    expect(words).toContain('one by a.example, one by b.example');
    expect(words).toMatch(/At block 4 it shows 0x[0-9a-f]{64}, a\.example shows 0x[0-9a-f]{64}/);
  });

  it('nodes that cannot do all are worked with, or what they lack is said', async () => {
    const limited = new FakeNode(ledger, {
      lie: (method) => (method === 'eth_getBlockReceipts' ? new Refusal(-32_601, 'Method not found') : undefined),
      respond: (request) =>
        request % 3 === 0 ? new Response('', { status: 429, headers: { 'retry-after': '0' } }) : undefined,
    });
    expect((await audit([limited])).code).toBe(0);
    const unproving = new FakeNode(ledger, {
      lie: (method) => (method === 'eth_getProof' ? new Refusal(-32_601, 'Method not found') : undefined),
    });
    const { code, lines, words } = await audit([unproving]);
    expect([code, lines[0]?.['verdict'], lines[0]?.['count']]).toEqual([1, 'undetermined', 6]);
    expect(words).toContain('No node gives a proof of the account (eth_getProof).');
    expect(lines[0]).toMatchObject({ completeness: { how: 'bloom' } });
  });

  it.each([
    [[], new Response('<!doctype html>'), 'It answered with a web page'],
    [['--rpc', 'ftp://a'], undefined, 'Not the address of a node: ftp://a.'],
    [['--contract', '7'], undefined, 'number of the ledger and address of the contract were expected'],
    [['--contract', `7/${contract}`], undefined, 'The trust file has no entry for the ledger 7 (evm)'],
    [['--trust', 'nobody.json'], undefined, 'Neither --rpc nor the trust file names a node'],
    [['--from', 'first'], undefined, '--from: the number of a block was expected, found "first".'],
    [['--from', '5', '--to', '4'], undefined, 'The range of blocks ends (4) before it begins (5).'],
    [['--code', 'abc'], undefined, '--code: the hash of the code'],
    [['--abi', 'none.json'], undefined, 'none.json is no interface of a contract.'],
    [['--abi', 'trust.json'], undefined, 'expected a list'],
    [['--resume'], undefined, '--contract stands alone'],
  ] as const)('a wrong call or no answer is no verdict: %j', async (args, response, said) => {
    const node = new FakeNode(ledger, response ? { respond: () => response.clone() } : {});
    const { code, lines, words } = await audit([node], ...args);
    expect(words).toContain(said);
    expect([code, lines]).toEqual([2, []]);
  });

  it('its options go with it alone', async () => {
    const { code, words } = await runHere(auditCommand, ['--trust', 'trust.json', '--from', '1'], folder);
    expect([code, words]).toEqual([2, expect.stringContaining('go with --contract')]);
  });

  it('the light client’s word is asked for, labelled, and open where it cannot be had', async () => {
    const blocks = await makeLedger({ consensus: 'clique', events: [0, 1, 0, 2, 0, 1] });
    const beacon = { checkpoint: `0x${'55'.repeat(32)}`, rpc: ['http://beacon.example'] };
    await writeFile(
      join(folder, 'ethereum.json'),
      serializeTrust({ evm: [{ chainId, consensus: 'ethereum', beacon, rpc: ['http://a.example'] }] }),
    );
    const { code, words } = await audit([new FakeNode(blocks)], '--trust', 'ethereum.json', '--light-client');
    expect(code).toBe(1);
    expect(words).toContain(`It follows Ethereum and its test networks, not the ledger ${chainId}.`);
    const helios = await loadHelios();
    if (helios) expect(helios.createHeliosProvider).toBeTypeOf('function');
    vi.stubGlobal('fetch', networkOf({ 'a.example': new FakeNode(blocks) }));
    const wanted = { name, trust: 'ethereum.json', from: '1', to: undefined, rpc: [], code: undefined, abi: undefined };
    const rest = { lightClient: true, out: undefined, json: true, usage: '' };
    const ran = await runHere(
      (_, io) => auditContractCommand({ ...wanted, ...rest }, io, async () => undefined),
      [],
      folder,
    );
    expect(ran.lines[0]).toMatchObject({ verdict: 'undetermined', count: 0 });
  });
});
