import { cpus } from 'node:os';
import { certificateFigures } from './certificateBench.ts';
import { auditFigures } from './chain/auditFigures.ts';
import { memoryFigures, nodeFigures } from './chain/sizeFigures.ts';
import { openFixture } from './chain/openFixture.ts';
import { buildPages } from './chain/openPage.ts';
import { writingFigures } from './writing.ts';
import type { Bench } from './figure.ts';

const usualBlocks = 10_000;
/** A chain so many times longer shows whether the audit is linear. */
const times = 10;

/** Writing a chain; and its whole audit, in Chromium and in Node, beside what WebCrypto alone takes and beside a naive verifier. */
export const chainBench: Bench = {
  name: 'chain',
  about: `audit of ${usualBlocks} and ${times * usualBlocks} blocks (--blocks N: of N and ${times} N), in Chromium and Node`,
  async run({ blocks = usualBlocks, say, emit }) {
    say(`${cpus().length} cores`);
    const fixture = await openFixture(times * blocks, say);
    const pages = await buildPages();
    try {
      await auditFigures(pages, fixture, blocks, say, emit);
      await memoryFigures(pages, fixture, [blocks, times * blocks], say, emit);
    } finally {
      await pages.close();
    }
    await nodeFigures([blocks, times * blocks], say, emit);
    emit(await certificateFigures('chain.certificate', Math.min(1_000, blocks)));
    emit(await writingFigures(say));
  },
};
