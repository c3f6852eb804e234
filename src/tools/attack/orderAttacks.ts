import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, timestampHash } from '../../core/chain/block.ts';
import type { MadeBlock } from '../../core/chain/chain.fixture.ts';
import { checkTimestampUnder } from '../../services/sequencer/checkTimestampUnder.ts';
import { Refusal } from '../../services/sequencer/refusal.ts';
import { makeBlock, makeIssuer, makeTestNsm } from '../../services/sequencer/sequencer.fixture.ts';
import { createSequencerProgram, type SequencerProgram } from '../../services/sequencer/sequencerProgram.ts';
import type { Attack, Edit, RequestEvidence } from './attack.ts';
import { audited, checked } from './outcome.ts';
import { asChain, at, forked, newWorld, restamped, sequenced, straight } from './scene.ts';

const leastNumber: Edit = {
  file: 'core/chain/omc.ts',
  find: 'if (!least || child.k < least.k) least = child;',
  replace: 'if (!least || child.k > least.k) least = child;',
};

const equivocation = (k: number) =>
  audited({ verdict: 'rejected', stop: `equivocation ${k}`, tip: k - 1, codes: ['CHAIN_EQUIVOCATION fail'] });

/** A sequencer with a chain of two blocks, of which something is asked that it must refuse. */
function asked(
  ask: (program: SequencerProgram, tail: Uint8Array, issuer: ReturnType<typeof makeIssuer>) => Promise<unknown>,
): () => Promise<RequestEvidence> {
  return async () => ({
    kind: 'request',
    ask: async () => {
      const issuer = makeIssuer();
      const program = createSequencerProgram({
        nsm: makeTestNsm(),
        checkTimestamp: await checkTimestampUnder(issuer.pin),
      });
      const genesis = makeBlock(issuer);
      const child = makeBlock(issuer, genesis.stamp);
      for (const { bytes, jwt } of [genesis, child]) await program.sequence(bytes, jwt);
      try {
        await ask(program, child.stamp, issuer);
      } catch (error) {
        if (error instanceof Refusal) return checked('refused', error.code);
        throw error;
      }
      return checked('sequenced');
    },
  });
}

export const orderAttacks: readonly Attack[] = [
  ...[1, 3].map((length): Attack => ({
    name: `fork-${length}`,
    section: 'order',
    does: `A fork of ${length} beside block one, sequenced after it, as in figure 4.`,
    expected: audited({ verdict: 'verified', tip: length + 2, forks: [length] }),
    proves: 'Of two children the one with the least number is on the main chain.',
    guard: [leastNumber],
    make: async () => asChain(await forked(length)),
  })),
  {
    name: 'longer-fork-later',
    section: 'order',
    does: 'A fork that is longer than the main chain, with all the later numbers.',
    expected: audited({ verdict: 'verified', tip: 1, forks: [4] }),
    proves: 'The least number decides, not the length.',
    guard: [leastNumber],
    make: async () => {
      const world = await newWorld();
      const genesis = await world.block();
      const blocks = [genesis, await world.block({ parent: genesis })];
      for (let k = 2; k < 6; k += 1) {
        blocks.push(await world.block({ parent: k === 2 ? genesis : (blocks[k - 1] as MadeBlock) }));
      }
      return asChain(await sequenced(world, blocks));
    },
  },
  {
    name: 'child-before-parent',
    section: 'order',
    does: 'A block is given number 1 and the block that it follows number 2.',
    expected: audited({ verdict: 'rejected', stop: 'order 1', tip: 2, codes: ['CHAIN_ORDER fail'] }),
    proves: 'No block has a lower number than its parent.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'if (parent && parent.height !== null && node.k < parent.k && node.k < state.cut) faults.push(node.k);',
        replace: '',
      },
    ],
    make: async () => {
      const world = await newWorld();
      const genesis = await world.block();
      const parent = await world.block({ parent: genesis });
      return asChain(await sequenced(world, [genesis, await world.block({ parent }), parent]));
    },
  },
  {
    name: 'stamped-twice',
    section: 'order',
    does: 'Block 2 is timestamped twice and both are sequenced; the chain goes on after the first.',
    expected: audited({ verdict: 'verified', tip: 4, forks: [1] }),
    proves: 'Two timestamps make two tuples, and the least number decides which one stands.',
    guard: [leastNumber],
    make: async () => {
      const world = await newWorld();
      const genesis = await world.block();
      const b1 = await world.block({ parent: genesis });
      const b2 = await world.block({ parent: b1 });
      const again = restamped(b2, await world.token(b2.block, b2.time));
      return asChain(await sequenced(world, [genesis, b1, b2, again, await world.block({ parent: b2 })]));
    },
  },
  {
    name: 'one-number-two-blocks',
    section: 'order',
    does: 'The sequencer gave number 2 to two blocks; three buckets hold each document.',
    expected: equivocation(2),
    proves: 'One k with two y under one K_S is equivocation.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'for (const key of [sequence.y, `#${sequence.k}`]) {',
        replace: 'for (const key of [sequence.y]) {',
      },
    ],
    make: async () => {
      const scene = await straight();
      const other = await scene.world.block({ parent: at(scene, 1), time: at(scene, 2).time });
      scene.storage.putTuple(other.hash, other.tuple);
      scene.storage.putAttestation(2, await scene.world.attest(scene.genesis, other, { k: 2 }), [3, 4, 5]);
      return asChain(scene);
    },
  },
  {
    name: 'contradiction-elsewhere',
    section: 'order',
    does: 'The second document for number 2 lies under the name of number 6.',
    expected: { ...equivocation(2), junk: ['seq/6 CHAIN_SEQUENCE_NUMBER'] },
    proves: 'A valid document under another number’s name is junk there, and evidence all the same.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'for (const stray of finding.strays) noteSequence(state, stray);',
        replace: '',
      },
    ],
    make: async () => {
      const scene = await straight();
      const other = await scene.world.block({ parent: at(scene, 1) });
      scene.storage.putAttestation(6, await scene.world.attest(scene.genesis, other, { k: 2 }));
      return asChain(scene);
    },
  },
  {
    name: 'one-block-two-numbers',
    section: 'order',
    does: 'The sequencer gave block 4 number 4, and number 6 again.',
    expected: equivocation(4),
    proves: 'One y with two k under one K_S is equivocation.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'for (const key of [sequence.y, `#${sequence.k}`]) {',
        replace: 'for (const key of [`#${sequence.k}`]) {',
      },
    ],
    make: async () => {
      const scene = await straight();
      scene.storage.putAttestation(6, await scene.world.attest(scene.genesis, at(scene, 4), { k: 6 }));
      return asChain(scene);
    },
  },
  {
    name: 'junk-y-no-block',
    section: 'order',
    does: 'The writer’s key asks the sequencer to number bytes that are no block.',
    expected: checked('refused', 'BLOCK_FORM'),
    proves: 'The sequencer computes y itself, from what must be a block.',
    guard: [
      {
        file: 'services/sequencer/sequencerProgram.ts',
        find: 'const block = readBlock(blockBytes);',
        replace:
          'const block = { u: blockBytes.slice(0, 16), merkle: blockBytes.slice(0, 32), parent: parentIn(blockBytes) };\n' +
          '    function parentIn(bytes) { try { return parseBlock(bytes).parent; } catch { return bytes.slice(0, 32); } }',
      },
    ],
    make: asked((program, tail, issuer) => {
      const junk = new Uint8Array(87);
      junk.set(tail);
      return program.sequence(junk, issuer.sign(toHex(blockHash(junk))));
    }),
  },
  {
    name: 'junk-y-other-stamp',
    section: 'order',
    does: 'The writer’s key asks the sequencer to number a block with the timestamp of another.',
    expected: checked('refused', 'TIMESTAMP_CLAIM'),
    proves: 'The sequencer takes only a timestamp over this very block.',
    guard: [
      {
        file: 'services/sequencer/sequencerProgram.ts',
        find: 'await checkTimestamp(jwt, toHex(hash));',
        replace: '',
      },
    ],
    make: asked((program, tail, issuer) =>
      program.sequence(makeBlock(issuer, tail).bytes, makeBlock(issuer, tail).jwt),
    ),
  },
  {
    name: 'junk-y-no-parent',
    section: 'order',
    does: 'The writer’s key asks the sequencer to number a block that follows nothing sequenced there.',
    expected: checked('refused', 'PARENT_UNKNOWN'),
    proves: 'The sequencer takes only a block whose parent it has numbered.',
    guard: [
      {
        file: 'services/sequencer/sequencerProgram.ts',
        find: 'if (!isFirst && !numbered.has(keyOf(block.parent))) {',
        replace: 'if (false) {',
      },
    ],
    make: asked((program, _, issuer) => {
      const { bytes, jwt } = makeBlock(issuer, timestampHash('never.seen.here'));
      return program.sequence(bytes, jwt);
    }),
  },
  {
    name: 'junk-y-attested',
    section: 'order',
    does: 'A sequencer that was broken attests a y that names no block, as number 3; the chain goes on behind it.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'attestation without block 3',
      tip: 2,
      codes: ['CHAIN_SEQUENCE_BLOCK unknown'],
    }),
    proves: 'A number that names nothing stalls the chain there, since it may have been anything.',
    guard: [{ file: 'core/chain/omc.ts', find: 'next.k > state.filled ||', replace: '' }],
    make: async () => {
      const scene = await straight(3);
      const y = crypto.getRandomValues(new Uint8Array(48));
      const junk = await scene.world.attest(scene.genesis, at(scene, 2), { k: 3, y });
      scene.storage.putAttestation(3, junk);
      const next = await scene.world.block({ parent: at(scene, 2) });
      await scene.world.store(scene.storage, scene.genesis, next, { k: 4 });
      return asChain(scene);
    },
  },
  {
    name: 'junk-y-forged',
    section: 'order',
    does: 'Somebody without K_S serves an enclave’s document over a made-up sequence as number 3.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'invalid 3',
      tip: 2,
      codes: ['CHAIN_SEQUENCE_INVALID unknown', 'CHAIN_STORAGE unknown'],
      junk: ['seq/3 CHAIN_SEQUENCE_SIGNATURE'],
    }),
    proves: 'A sequence without K_S’s signature over this chain is junk and is named.',
    guard: [{ file: 'core/chain/verifyAttestation.ts', find: 'if (!signed) {', replace: 'if (false) {' }],
    make: async () => {
      const scene = await straight();
      const { sequencer } = await newWorld();
      const y = crypto.getRandomValues(new Uint8Array(48));
      scene.storage.putAttestation(3, await scene.world.attest(scene.genesis, at(scene, 3), { k: 3, y, sequencer }));
      return asChain(scene);
    },
  },
];
