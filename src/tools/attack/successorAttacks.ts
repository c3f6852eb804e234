import { utf8 } from '../../core/bytes/bytes.ts';
import { blockHash, timestampHash } from '../../core/chain/block.ts';
import { encodeSuccessor } from '../../core/chain/successor/successorRecord.ts';
import type { Attack, Edit } from './attack.ts';
import { audited } from './outcome.ts';
import { asChain, at, newWorld, sequenced, straight, type Scene } from './scene.ts';

/** A chain of two whose block one records that it follows on another one, whose end it says is number `k`. */
async function successorOf(old: Scene, k: number): Promise<Scene> {
  const world = await newWorld();
  const record = encodeSuccessor({
    genesis: blockHash(old.genesis.block),
    sequencerKey: old.world.sequencerSpki,
    k,
    height: k,
    timestampHash: timestampHash(at(old, k).jwt),
  });
  const genesis = await world.block({ time: at(old, 5).time + 60 });
  return sequenced(world, [genesis, await world.block({ parent: genesis, transactions: [record, utf8('next')] })]);
}

const successionEdit = (find: string, replace: string): Edit => ({
  file: 'core/chain/successor/judgeSuccession.ts',
  find,
  replace,
});

export const successorAttacks: readonly Attack[] = [
  {
    name: 'successor-truncated-tail',
    section: 'content',
    does: 'A successor records number 3 as its predecessor’s end, which gave numbers up to 5.',
    expected: audited({
      verdict: 'rejected',
      tip: 1,
      codes: ['CHAIN_SUCCESSOR_LATER fail', 'CHAIN_SUCCESSOR_TAIL fail'],
    }),
    proves: 'The recorded end is the highest number that the predecessor shows.',
    guard: [
      successionEdit(
        "return (highest > k ? fail : pass)('CHAIN_SUCCESSOR_LATER'",
        "return pass('CHAIN_SUCCESSOR_LATER'",
      ),
    ],
    make: async () => {
      const old = await straight();
      const { world, genesis, storage } = old;
      return { ...asChain(await successorOf(old, 3)), others: [{ pin: world.pin(genesis), storage }] };
    },
  },
  {
    name: 'two-successors',
    section: 'content',
    does: 'Two chains each record that they follow on the same end of the same chain.',
    expected: audited({ verdict: 'rejected', tip: 1, codes: ['CHAIN_SUCCESSOR_SINGLE fail'] }),
    proves: 'A chain has one successor.',
    guard: [
      successionEdit(
        "return (named.length > 1 ? fail : pass)('CHAIN_SUCCESSOR_SINGLE'",
        "return pass('CHAIN_SUCCESSOR_SINGLE'",
      ),
    ],
    make: async () => {
      const old = await straight();
      const [one, two] = [await successorOf(old, 5), await successorOf(old, 5)];
      const others = [old, two].map(({ world, genesis, storage }) => ({ pin: world.pin(genesis), storage }));
      return { ...asChain(one), others };
    },
  },
];
