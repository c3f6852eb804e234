import { decodeShards } from '../../../../core/chain/decodeShards.ts';
import type { PackedChain } from '../packedChain.ts';
import { verifyNaively, type NaiveBlock } from './naiveVerifier.ts';

/** Blocks a second of the naive verifier, on this one thread, over the first `sample` blocks. */
export async function measureNaive(chain: PackedChain, sample: number): Promise<number> {
  const blocks: NaiveBlock[] = [];
  for (let k = 0; k < sample; k++) {
    blocks.push({ document: await objectOf(chain, 'seq', k), tuple: await objectOf(chain, 'tuple', k) });
  }
  const start = performance.now();
  for (const block of blocks) {
    if (!(await verifyNaively(chain.pin, block))) throw new Error('The naive verifier refuses a block of the fixture.');
  }
  return (sample / (performance.now() - start)) * 1000;
}

async function objectOf(chain: PackedChain, area: 'seq' | 'tuple', k: number): Promise<Uint8Array<ArrayBuffer>> {
  const [object] = decodeShards(await chain.answers(area, k)).objects;
  if (!object) throw new Error('An object of the fixture does not decode.');
  return object.bytes.slice();
}
