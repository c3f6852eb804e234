import { gzipSync } from 'node:zlib';
import { certificateKind } from '../../core/certificate/kind.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { makeCertificate } from '../../core/chain/certificate/makeCertificate.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { atMost, figure, type Bench, type Figure } from './figure.ts';
import { makeChain } from './madeChain.ts';

const blocks = 1_000;

/** Bytes of a certificate a block of its chain, and how long an offline check of it takes. 524 bytes a block are signatures and hashes. */
export const certificateBench: Bench = {
  name: 'certificate',
  about: `a certificate over ${blocks} blocks: bytes a block, time to check it offline`,
  run: async ({ emit }) => emit(await certificateFigures('certificate', blocks)),
};

export async function certificateFigures(name: string, length: number): Promise<readonly Figure[]> {
  const { pin, entries, hash, transactions } = await makeChain(length);
  const text = await makeCertificate({
    pin,
    hash,
    height: length - 1,
    transactions,
    entries,
    earlierTreesUnread: false,
  });
  const file = utf8(text);
  const context = { trust: { chains: [pin] }, now: Date.now(), companions: [] };
  const start = performance.now();
  const report = await judge(readContent('bench', file), context, [certificateKind]);
  const seconds = (performance.now() - start) / 1000;
  if (report.verdict !== 'verified') throw new Error(`The certificate of the bench is ${report.verdict}.`);
  return [
    atMost(`${name}.bytes.file`, file.length / length, 'bytes/block', 760),
    atMost(`${name}.bytes.gzip`, gzipSync(file, { level: 9 }).length / length, 'bytes/block', 600),
    figure(`${name}.check`, seconds, 's'),
    figure(`${name}.check.rate`, length / seconds, 'blocks/s'),
  ];
}
