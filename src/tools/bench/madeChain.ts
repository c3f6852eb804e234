import { ChainWorld, entryOf, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

/** A chain in memory with real signatures, its pin, and what is needed for a certificate of the last block's only transaction. */
export interface MadeChain {
  readonly pin: ChainPin;
  readonly blocks: readonly MadeBlock[];
  readonly entries: readonly TranscriptEntry[];
  readonly hash: string;
  readonly transactions: Uint8Array;
}

export async function makeChain(length: number): Promise<MadeChain> {
  const world = await ChainWorld.make();
  const blocks: MadeBlock[] = [];
  for (let k = 0; k < length; k++) {
    const parent = blocks.at(-1);
    blocks.push(await world.block(parent ? { parent } : {}));
  }
  const genesis = blocks[0]!;
  const documents = await Promise.all(blocks.map((block, k) => world.attest(genesis, block, { k })));
  const leaves = blocks.at(-1)!.transactions.map(transactionHash);
  return {
    pin: world.pin(genesis),
    blocks,
    entries: blocks.map((block, k) => entryOf(k, block, documents[k]!)),
    hash: toHex(leaves[0]!),
    transactions: concatBytes(...leaves),
  };
}
