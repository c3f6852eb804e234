import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChainWorld, Storage, type MadeBlock } from '../core/chain/chain.fixture.ts';
import { transactionHash } from '../core/chain/tree.ts';
import { toHex } from '../core/bytes/hex.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { sha3 } from '../core/bytes/hash.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { auditCommand } from './auditCommand.ts';
import { certifyCommand } from './certifyCommand.ts';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere, writeBuckets, type Ran } from './cli.fixture.ts';
import type { ChainPin } from '../core/trust/trust.ts';

let folder = '';
let remove: () => Promise<void>;
let whole: ChainPin;
let holed: ChainPin;
const file = utf8('the data set, recorded as its digest');
const published = utf8('words whose bytes were recorded');

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  const world = await ChainWorld.make();
  const genesis = await world.block();
  const blocks: MadeBlock[] = [genesis];
  blocks.push(await world.block({ parent: genesis, transactions: [utf8('a'), sha3(file)] }));
  blocks.push(await world.block({ parent: blocks[1] as MadeBlock, transactions: [published] }));
  const storage = new Storage(world.pin(genesis).genesis as string);
  for (const [k, block] of blocks.entries()) await world.store(storage, genesis, block, { k });
  whole = world.pin(genesis, { name: 'whole', buckets: await writeBuckets(storage, folder) });
  const other = await ChainWorld.make();
  const { storage: second, blocks: shown } = await other.chain(4);
  second.remove(second.seq(2));
  const buckets = await writeBuckets(second, folder);
  holed = other.pin(shown[0], {
    name: 'holed',
    buckets: buckets.map((bucket, index) => (index === 5 ? { url: 'gone' } : bucket)),
  });
  await writeFile(join(folder, 'trust.json'), serializeTrust({ chains: [whole, holed] }));
  await writeFile(join(folder, 'whole.json'), serializeTrust({ chains: [whole] }));
  await writeFile(join(folder, 'none.json'), serializeTrust({}));
  await writeFile(
    join(folder, 'away.json'),
    serializeTrust({ chains: [{ ...whole, buckets: [0, 1, 2, 3, 4, 5].map((index) => ({ url: `away${index}` })) }] }),
  );
  await writeFile(
    join(folder, 'address.json'),
    serializeTrust({ chains: [{ ...whole, buckets: [{ url: 's3://evidence' }] }] }),
  );
  await writeFile(join(folder, 'data.csv'), file);
  await writeFile(join(folder, 'words.txt'), published);
  await writeFile(join(folder, 'stranger.txt'), 'never recorded');
}, 600_000);

afterAll(() => remove());

const audit = (...args: string[]): Promise<Ran> => runHere(auditCommand, args, folder);
const certify = (...args: string[]): Promise<Ran> => runHere(certifyCommand, args, folder);

const storageOf = (line: Record<string, unknown> | undefined): { down: boolean }[] =>
  line?.storage as { down: boolean }[];

describe('audit', () => {
  it('prints one line a chain, all of them without a name, without the main chain', async () => {
    const { code, lines, words } = await audit('--trust', 'trust.json');
    expect(code).toBe(1);
    expect(lines.map(({ kind, chain, verdict }) => [kind, chain, verdict])).toEqual([
      ['chain', 'whole', 'verified'],
      ['chain', 'holed', 'undetermined'],
    ]);
    expect(lines[0]).not.toHaveProperty('mainChain');
    expect(lines[0]).toMatchObject({
      genesis: whole.genesis,
      stop: { reason: 'end as shown' },
      tip: { k: 2, height: 2 },
      counts: { blocks: 3, attestations: 3 },
    });
    expect(lines[1]).toMatchObject({ stop: { reason: 'gap', k: 2 }, tip: { k: 1 } });
    expect(storageOf(lines[1]).map(({ down }) => down)).toEqual([false, false, false, false, false, true]);
    expect(words).toMatch(/^Holds: chain whole\n/m);
    expect(words).toMatch(/^Cannot tell: chain holed\n.*\n.*It stops before number 2/m);
    expect(words).toMatch(/ SIMULATED /);
  });

  it.each(['whole', 'GENESIS'])('audits the chain of that name or genesis alone and exits 0: %s', async (name) => {
    const { code, lines, words } = await audit(
      '--trust',
      'trust.json',
      '--json',
      name === 'GENESIS' ? (whole.genesis as string) : name,
    );
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(words).toBe('');
  });

  it('writes the whole result, main chain included, to --out', async () => {
    const { lines } = await audit('--trust', 'whole.json', '--json', '--out', 'result.json');
    const written = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as { mainChain: unknown[] };
    expect(written.mainChain).toHaveLength(3);
    expect(written).toMatchObject(lines[0] ?? {});
  });

  it('shows the durability with its inputs, which can be changed', async () => {
    const { lines, words } = await audit('--trust', 'whole.json', '--durability', 'rate=0.001,days=1');
    expect(words).toMatch(/^Durability, computed and not observed: 1[4-9]\.\d nines over 100 years/m);
    expect(lines[0]?.durability).toMatchObject({ shards: 6, needed: 3, annualFailureRate: 0.001, repairDays: 1 });
    const { words: usual } = await audit('--trust', 'whole.json');
    expect(usual).toMatch(/11\.6 nines over 100 years.*\n.*3 of 6.*0\.00405.*6\.5 days.*\n.*Backblaze/m);
  });

  it('is undetermined and no wrong call where every bucket is away', async () => {
    const { code, lines } = await audit('--trust', 'away.json', '--json');
    expect(code).toBe(1);
    expect(lines[0]).toMatchObject({ verdict: 'undetermined', tip: null, counts: { blocks: 0 } });
    expect(storageOf(lines[0]).every(({ down }) => down)).toBe(true);
  });

  it.each([
    ['no trust file', [], 'trust file is needed'],
    ['an unknown chain', ['--trust', 'trust.json', 'nobody'], '"whole", "holed"'],
    ['a trust file without chains', ['--trust', 'none.json'], 'pins no chain'],
    ['a durability of something else', ['--trust', 'whole.json', '--durability', 'disks=3'], 'n=NUMBER'],
    ['a durability that cannot be', ['--trust', 'whole.json', '--durability', 'k=9'], 'from 1 to the number of shards'],
    ['a companion that is not there', ['--trust', 'whole.json', '--with', 'no.bin'], 'no.bin'],
    ['two chains', ['--trust', 'trust.json', 'whole', 'holed'], 'One chain was expected'],
    ['a bucket address without its region', ['--trust', 'address.json'], 'region'],
    [
      'a place that cannot be written',
      ['--trust', 'whole.json', '--json', '--out', 'no/such/place.json'],
      'cannot be written',
    ],
  ])('exits 2 for %s', async (_what, args, words) => {
    const ran = await audit(...args);
    expect(ran.code).toBe(2);
    expect(ran.words).toContain(words);
  });

  it('throws the reason when cancelled', async () => {
    const ran = runHere(auditCommand, ['--trust', 'trust.json'], folder, AbortSignal.abort(new Error('enough')));
    await expect(ran).rejects.toThrow('enough');
  });
});

describe('certify', () => {
  const check = (name: string): Promise<Ran> =>
    runHere(checkCommand, ['--json', '--trust', 'whole.json', name], folder);

  it.each([
    ['a file recorded as its digest', ['data.csv'], 'data.csv.affidavit.json'],
    ['a file whose bytes were recorded', ['words.txt'], 'words.txt.affidavit.json'],
    [
      'a hash',
      ['--hash', toHex(transactionHash(published)).toUpperCase()],
      `${toHex(transactionHash(published))}.affidavit.json`,
    ],
    ['a hash, to a place of its own', ['--hash', toHex(transactionHash(published)), '--out', 'mine.json'], 'mine.json'],
  ])('writes a certificate for %s, which holds', async (_what, args, name) => {
    const ran = await certify('--trust', 'whole.json', ...args);
    expect(ran.lines).toEqual([
      { verdict: 'verified', result: 'certificate', stop: { reason: 'end as shown' }, chain: 'whole', file: name },
    ]);
    expect(ran.code).toBe(0);
    const checked = await check(name);
    expect(checked.lines[0]).toMatchObject({ kind: 'certificate', verdict: 'verified' });
    expect(checked.code).toBe(0);
    await rm(join(folder, name));
  });

  it('says absent, exits 1 and writes nothing where it was never recorded', async () => {
    const ran = await certify('--trust', 'whole.json', '--out', 'never.json', 'stranger.txt');
    expect(ran.lines).toMatchObject([{ verdict: 'verified', result: 'absent', file: null }]);
    expect(ran.code).toBe(1);
    expect(ran.words).toContain('Absent');
    await expect(readFile(join(folder, 'never.json'))).rejects.toThrow('ENOENT');
  });

  it('says unknown where not everything was shown', async () => {
    const ran = await certify('--trust', 'trust.json', '--chain', 'holed', 'stranger.txt');
    expect(ran.lines).toMatchObject([{ verdict: 'undetermined', result: 'unknown', stop: { reason: 'gap', k: 2 } }]);
    expect(ran.code).toBe(1);
  });

  it('tries the pinned chains in their order without --chain', async () => {
    await writeFile(join(folder, 'turned.json'), serializeTrust({ chains: [holed, whole] }));
    const ran = await certify('--trust', 'turned.json', '--json', 'data.csv');
    expect(ran.lines.map(({ chain, result }) => [chain, result])).toEqual([
      ['holed', 'unknown'],
      ['whole', 'certificate'],
    ]);
    expect(ran.code).toBe(0);
  });

  it.each([
    ['no trust file', ['data.csv'], 'trust file is needed'],
    ['neither hash nor file', ['--trust', 'whole.json'], 'Either --hash or one file'],
    ['hash and file', ['--trust', 'whole.json', '--hash', 'ab'.repeat(32), 'data.csv'], 'Either --hash or one file'],
    ['two files', ['--trust', 'whole.json', 'data.csv', 'words.txt'], 'Either --hash or one file'],
    ['a hash that is none', ['--trust', 'whole.json', '--hash', 'abc'], '64 hex digits'],
    ['an unknown chain', ['--trust', 'whole.json', '--chain', 'nobody', 'data.csv'], '"whole"'],
    ['a file that is not there', ['--trust', 'whole.json', 'none.csv'], 'none.csv is not there'],
    ['a folder', ['--trust', 'whole.json', '.'], 'is a folder'],
    [
      'a place that cannot be written',
      ['--trust', 'whole.json', '--out', 'no/such/place.json', 'data.csv'],
      'cannot be written',
    ],
  ])('exits 2 for %s', async (_what, args, words) => {
    const ran = await certify(...args);
    expect(ran.code).toBe(2);
    expect(ran.words).toContain(words);
    expect(ran.lines).toEqual([]);
  });
});
