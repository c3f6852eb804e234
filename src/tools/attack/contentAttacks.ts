import { toHex } from '../../core/bytes/hex.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { blockHash, parseBlock } from '../../core/chain/block.ts';
import { Storage } from '../../core/chain/chain.fixture.ts';
import { encodeTuple } from '../../core/chain/tuple.ts';
import type { Attack, ChainEvidence } from './attack.ts';
import { certified, rewritten } from './certified.ts';
import { emptyChain } from './emptyChain.ts';
import { audited, checked } from './outcome.ts';
import { asChain, newWorld, straight } from './scene.ts';

const records = ['one', 'two', 'three'].map(utf8);

/** A chain of seven whose last tree was exchanged in every bucket. */
function tree(name: string, does: string, change: (leaves: readonly Uint8Array[]) => readonly Uint8Array[]): Attack {
  return {
    name,
    section: 'content',
    does,
    expected: audited({ verdict: 'undetermined', tip: 6, codes: ['CHAIN_TREE unknown'], junk: ['tuple CHAIN_TREE'] }),
    proves: 'A tree counts only where it gives m^H.',
    guard: [
      {
        file: 'core/chain/evaluateTuple.ts',
        find: 'if (toHex(merkleCommitment(hashes)) !== merkle) return null;',
        replace: '',
      },
    ],
    make: async () => {
      const scene = await straight();
      const made = await scene.world.block({ parent: scene.blocks[5] as never, transactions: records });
      await scene.world.store(scene.storage, scene.genesis, made, { k: 6 });
      const { hash, block, jwt } = made;
      const transactions = change(records);
      scene.storage.putTuple(hash, encodeTuple({ transactions, block: parseBlock(block), timestamp: jwt }));
      return asChain(scene);
    },
  };
}

const leafCount: Attack['guard'] = [
  {
    file: 'core/chain/tree.ts',
    find: 'new DataView(head.buffer).setUint32(5, leaves);',
    replace: '',
  },
];

/** A chain of somebody’s own under the name of the pinned one. */
async function otherBlockZero(signedFor: 'the pinned chain' | 'its own'): Promise<ChainEvidence> {
  const world = await newWorld();
  const pinned = await world.block();
  const zero = await world.block();
  const blocks = [zero, await world.block({ parent: zero })];
  const storage = new Storage(toHex(blockHash(pinned.block)));
  for (const [k, made] of blocks.entries()) {
    await world.store(storage, signedFor === 'its own' ? zero : pinned, made, { k });
  }
  return { kind: 'chain', pin: world.pin(pinned), storage };
}

const nothing = (...open: readonly string[]) => [...emptyChain, ...open];

export const contentAttacks: readonly Attack[] = [
  tree('leaf-altered', 'A record of block 6 is altered.', ([, ...rest]) => [utf8('One'), ...rest]),
  tree('leaf-added', 'A record is added to block 6.', (leaves) => [...leaves, utf8('four')]),
  tree('leaves-reordered', 'The records of block 6 are given in another order.', (leaves) => leaves.toReversed()),
  {
    name: 'leaf-count-changed',
    section: 'content',
    does: 'A certificate of the first of three records says that there are four: the same path leads to the same root.',
    expected: checked('rejected', 'CERTIFICATE_INCLUSION fail'),
    proves: 'm^H commits to the number of leaves.',
    guard: leafCount,
    make: async () => rewritten(await certified(0), (certificate) => void (certificate.proof.leaves = 4)),
  },
  {
    name: 'proof-at-another-index',
    section: 'content',
    does: 'A certificate of the third of three records says that it is the second of two: the same path leads to the same root.',
    expected: checked('rejected', 'CERTIFICATE_INCLUSION fail'),
    proves: 'm^H commits to the number of leaves, so a proof cannot be read again at another index.',
    guard: leafCount,
    make: async () =>
      rewritten(await certified(2), (certificate) => {
        certificate.proof.leaves = 2;
        certificate.claim.leaf = 1;
      }),
  },
  {
    name: 'other-block-zero',
    section: 'content',
    does: 'Another block zero was sequenced by the chain’s own key in the place of the pinned one.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'invalid 0',
      tip: null,
      codes: nothing('CHAIN_STORAGE unknown'),
    }),
    proves: 'The main chain begins with the pinned block zero and with no other.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'node.block === start.genesis',
        replace: 'node.block !== ""',
      },
    ],
    make: () => otherBlockZero('the pinned chain'),
  },
  {
    name: 'other-chain-shown',
    section: 'content',
    does: 'A whole other chain by the same key lies under the names of the pinned one.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'invalid 0',
      tip: null,
      codes: nothing('CHAIN_STORAGE unknown'),
      junk: ['seq/0 CHAIN_SEQUENCE_SIGNATURE', 'seq/1 CHAIN_SEQUENCE_SIGNATURE'],
    }),
    proves: 'A sequence is signed for one block zero.',
    guard: [{ file: 'core/chain/verifyAttestation.ts', find: 'if (!signed) {', replace: 'if (false) {' }],
    make: () => otherBlockZero('its own'),
  },
];
