import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildPages } from './chain/openPage.ts';
import { atLeast, figure, type Bench, type Emit, type Say } from './figure.ts';
import { fixtureName, measureTee, type TeeFixture, type TeeRates } from './tee/measure.ts';
import { writeTeeFixture } from './tee/fixture.ts';
import type { TeePageBench } from './tee/page/page.ts';

/** Bare enclave documents, all distinct and of few paths, one after the other in one worker: beside WebCrypto alone, and beside another verifier. */
export const teeBench: Bench = {
  name: 'tee',
  about:
    'enclave documents a second and worker, in Chromium and Node, beside WebCrypto and @evervault/wasm-attestation-bindings',
  async run({ say, emit }) {
    const { folder, close } = await writeTeeFixture(say);
    try {
      emitRates('chromium', await inChromium(folder, say), emit);
      const fixture = JSON.parse(await readFile(join(folder, fixtureName), 'utf8')) as TeeFixture;
      const wasm = createRequire(import.meta.url).resolve('@evervault/wasm-attestation-bindings/index_bg.wasm');
      emitRates('node', await measureTee(fixture, await readFile(wasm)), emit);
    } finally {
      await close();
    }
  },
};

async function inChromium(folder: string, say: Say): Promise<TeeRates> {
  const pages = await buildPages<TeePageBench>(new URL('tee/page/', import.meta.url));
  try {
    const page = await pages.open(folder);
    try {
      say('a worker in Chromium');
      return await page.call('measure');
    } finally {
      await page.close();
    }
  } finally {
    await pages.close();
  }
}

function emitRates(where: string, { documents, signatures, ratio, other }: TeeRates, emit: Emit): void {
  emit([
    figure(`tee.${where}`, documents, 'documents/s'),
    figure(`tee.${where}.webcrypto`, signatures, 'signatures/s'),
    atLeast(`tee.${where}.ratio`, ratio, 'ratio', 0.9),
    ...(other
      ? [
          figure(`tee.${where}.evervault`, other.documents, 'documents/s'),
          atLeast(`tee.${where}.evervault.ratio`, other.ratio, 'times', 40),
        ]
      : []),
  ]);
}
