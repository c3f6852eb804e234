import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, parseBlock, timestampHash } from '../../core/chain/block.ts';
import { ChainWorld, Storage, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { encodeTuple } from '../../core/chain/tuple.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainEvidence } from './attack.ts';

/** One timestamp service and one enclave root for all rows; making those keys takes longer than most chains. */
let shared: Promise<ChainWorld> | undefined;

/** The world of a further chain, with a sequencer key of its own. */
export async function newWorld(): Promise<ChainWorld> {
  shared ??= ChainWorld.make();
  return (await shared).sibling();
}

/** An undamaged chain in six buckets, to be damaged. */
export interface Scene {
  readonly world: ChainWorld;
  readonly storage: Storage;
  /** In order of k. */
  readonly blocks: readonly MadeBlock[];
  readonly genesis: MadeBlock;
}

/** A chain of so many blocks, one after the other. */
export async function straight(count = 6): Promise<Scene> {
  const world = await newWorld();
  const { storage, blocks } = await world.chain(count);
  return { world, storage, blocks, genesis: blocks[0] as MadeBlock };
}

/** Blocks sequenced in the order in which they are given, whatever they follow. */
export async function sequenced(world: ChainWorld, blocks: readonly MadeBlock[]): Promise<Scene> {
  const genesis = blocks[0] as MadeBlock;
  const storage = new Storage(toHex(blockHash(genesis.block)));
  for (const [k, block] of blocks.entries()) await world.store(storage, genesis, block, { k });
  return { world, storage, blocks, genesis };
}

/** As in figure 4: block one has number 1, a fork of `length` beside it takes the numbers after it, then block two follows block one. */
export async function forked(length: number): Promise<Scene> {
  const world = await newWorld();
  const genesis = await world.block();
  const b1 = await world.block({ parent: genesis });
  const fork: MadeBlock[] = [];
  for (let index = 0; index < length; index += 1) {
    fork.push(await world.block({ parent: fork.at(-1) ?? genesis, time: b1.time }));
  }
  return sequenced(world, [genesis, b1, ...fork, await world.block({ parent: b1, time: b1.time + 5 })]);
}

export const at = (scene: Scene, k: number): MadeBlock => scene.blocks[k] as MadeBlock;

/** The damaged chain as it is audited. */
export const asChain = ({ world, storage, genesis }: Scene, changes: Partial<ChainPin> = {}): ChainEvidence => ({
  kind: 'chain',
  pin: world.pin(genesis, changes),
  storage,
});

/** The same block and records under another token. */
export function restamped(made: MadeBlock, jwt: string): MadeBlock {
  const tuple = encodeTuple({ transactions: made.transactions, block: parseBlock(made.block), timestamp: jwt });
  return { ...made, jwt, tuple, hash: toHex(timestampHash(jwt)) };
}

/** The shard that a bucket holds under a name. */
export function shardOf({ storage }: Scene, bucket: number, name: string): Uint8Array {
  const shard = storage.buckets[bucket]?.get(name)?.[0];
  if (!shard) throw new Error(`bucket ${bucket} holds nothing under ${name}`);
  return shard;
}

export function setShard({ storage }: Scene, bucket: number, name: string, shard: Uint8Array): void {
  storage.buckets[bucket]?.set(name, [shard]);
}
