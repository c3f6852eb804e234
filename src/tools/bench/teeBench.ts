import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildPages } from './chain/openPage.ts';
import { atLeast, figure, type Bench, type Emit, type Say } from './figure.ts';
import { fixtureName, preparePieces, type TeeFixture } from './tee/measure.ts';
import { writeTeeFixture } from './tee/fixture.ts';
import type { TeePageBench } from './tee/page/page.ts';
import { measureRates, type PieceRate, type TeePlace } from './tee/rates.ts';

type Rates = Awaited<ReturnType<typeof measureRates>>;

/** Bare enclave documents, all distinct and of few paths, one after the other in one worker: beside WebCrypto alone, and beside another verifier. */
export const teeBench: Bench = {
  name: 'tee',
  about:
    'enclave documents a second and worker, in Chromium and Node, beside WebCrypto and @evervault/wasm-attestation-bindings',
  async run({ say, emit }) {
    const { folder, close } = await writeTeeFixture(say);
    try {
      emitRates('chromium', await inChromium(folder, say), emit);
      say('Node');
      emitRates('node', await measureRates(await nodePlace(folder)), emit);
    } finally {
      await close();
    }
  },
};

async function inChromium(folder: string, say: Say): Promise<Rates> {
  const pages = await buildPages<TeePageBench>(new URL('tee/page/', import.meta.url));
  try {
    const page = await pages.open(folder);
    try {
      say('a worker in Chromium');
      return await measureRates({
        run: async (piece, count) => (await page.call('run', piece, count)) ?? undefined,
        cpu: () => page.cpu(),
      });
    } finally {
      await page.close();
    }
  } finally {
    await pages.close();
  }
}

async function nodePlace(folder: string): Promise<TeePlace> {
  const fixture = JSON.parse(await readFile(join(folder, fixtureName), 'utf8')) as TeeFixture;
  const wasm = createRequire(import.meta.url).resolve('@evervault/wasm-attestation-bindings/index_bg.wasm');
  const pieces = await preparePieces(fixture, await readFile(wasm));
  return {
    async run(piece, count) {
      const work = pieces[piece];
      if (!work) return undefined;
      const start = performance.now();
      await work(count);
      return performance.now() - start;
    },
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return Promise.resolve((user + system) / 1e6);
    },
  };
}

function emitRates(where: string, { whole, bare, other }: Rates, emit: Emit): void {
  if (!whole || !bare) throw new Error('Nothing was measured.');
  const cost = (one: PieceRate): number => one.cost * 1000;
  emit([
    figure(`tee.${where}`, whole.rate, 'documents/s'),
    figure(`tee.${where}.cost`, cost(whole), 'ms'),
    figure(`tee.${where}.webcrypto`, bare.rate, 'signatures/s'),
    figure(`tee.${where}.webcrypto.cost`, cost(bare), 'ms'),
    atLeast(`tee.${where}.ratio`, bare.cost / whole.cost, 'ratio', 0.9),
    ...(other
      ? [
          figure(`tee.${where}.evervault`, other.rate, 'documents/s'),
          figure(`tee.${where}.evervault.cost`, cost(other), 'ms'),
          atLeast(`tee.${where}.evervault.ratio`, other.cost / whole.cost, 'times', 40),
        ]
      : []),
  ]);
}
