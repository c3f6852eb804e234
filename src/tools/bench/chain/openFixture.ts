import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PackedChain, type FixtureIndex } from './packedChain.ts';
import { writeFixture } from './writeFixture.ts';

export interface Fixture {
  readonly folder: string;
  readonly index: FixtureIndex;
  /** Its first `count` blocks, read from disk. */
  chain(count: number): PackedChain;
}

const top = new URL('../../../', import.meta.url);
/** What decides the bytes of a fixture: where one of these changes, a new one is made. */
const makers = [
  'tools/bench/chain/writeFixture.ts',
  'services/sequencer/nsmSimulator.ts',
  'services/sequencer/nitroDocument.ts',
  'services/sequencer/simulatedCertificates.ts',
  'services/sequencer/sequencerProgram.ts',
  'core/chain/block.ts',
  'core/chain/tuple.ts',
  'core/chain/tree.ts',
  'core/chain/sequence.ts',
  'core/chain/shard.ts',
];

/** A chain of at least `count` blocks, from the system's temporary folder where an earlier run of the same generator has left it there. */
export async function openFixture(count: number, say: (words: string) => void): Promise<Fixture> {
  const all = join(tmpdir(), 'affidavit-bench', await digestOfMakers());
  await mkdir(all, { recursive: true });
  const folder = (await findMade(all, count)) ?? (await make(all, count, say));
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as FixtureIndex;
  const load = async (pack: number) => new Uint8Array(await readFile(join(folder, `${pack}.pack`)));
  return { folder, index, chain: (wanted) => new PackedChain(index, wanted, load) };
}

async function digestOfMakers(): Promise<string> {
  const hash = createHash('sha256');
  for (const maker of makers) hash.update(await readFile(fileURLToPath(new URL(maker, top))));
  return hash.digest('hex').slice(0, 16);
}

/** The smallest that is long enough; its name is its length. */
async function findMade(all: string, count: number): Promise<string | undefined> {
  const lengths = (await readdir(all)).filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const [least] = lengths.filter((length) => length >= count).sort((a, b) => a - b);
  return least === undefined ? undefined : join(all, String(least));
}

async function make(all: string, count: number, say: (words: string) => void): Promise<string> {
  const start = performance.now();
  const unfinished = await mkdtemp(join(all, 'unfinished-'));
  try {
    let told = 0;
    await writeFixture(unfinished, count, (done) => {
      if (done - told < count / 10) return;
      told = done;
      say(`fixture: ${done} of ${count} blocks`);
    });
    const folder = join(all, String(count));
    await rename(unfinished, folder);
    say(`fixture: made in ${((performance.now() - start) / 1000).toFixed(1)} s, kept in ${folder}`);
    return folder;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
