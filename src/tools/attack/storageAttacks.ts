import { encodeCbor } from '../../core/bytes/cbor.ts';
import { parseBlock } from '../../core/chain/block.ts';
import { parseShard } from '../../core/chain/shard.ts';
import { encodeTuple } from '../../core/chain/tuple.ts';
import type { Attack, Edit } from './attack.ts';
import { deleteMarker } from './deleteMarker.ts';
import { emptyChain } from './emptyChain.ts';
import { audited } from './outcome.ts';
import { asChain, at, forked, setShard, shardOf, straight, type Scene } from './scene.ts';

const guards = {
  down: {
    file: 'audit/chain/storageTally.ts',
    find: 'const down = times > 0 &&',
    replace: 'const down = false &&',
  },
  hash: {
    file: 'core/chain/decodeGroup.ts',
    find: 'if (isPadded && equalBytes(sha3(bytes), group.digest))',
    replace: 'if (isPadded)',
  },
} satisfies Record<string, Edit>;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function bucketsDown(count: number): Attack {
  const words = ['One bucket is', 'Two buckets are', 'Three buckets are'][count - 1];
  return {
    name: `down-${count}`,
    section: 'storage',
    does: `${words} down.`,
    expected: audited({ verdict: 'verified', storage: numbers(count).map((bucket) => `bucket ${bucket} down`) }),
    proves: 'Any three buckets do, and those that are down are named.',
    guard: [guards.down],
    make: async () => {
      const scene = await straight();
      for (const bucket of numbers(count)) scene.storage.down.add(bucket);
      return asChain(scene);
    },
  };
}

function flippedBytes(count: number): Attack {
  return {
    name: `flipped-${count}`,
    section: 'storage',
    does: `One byte of the shard of seq/1 is flipped in ${count} of six buckets.`,
    expected: audited({ verdict: 'verified', storage: numbers(count).map((bucket) => `bucket ${bucket} wrong 1`) }),
    proves: 'What is decoded is thrown away unless it has the hash that its shards name; each liar is named.',
    guard: [guards.hash],
    make: async () => {
      const scene = await straight();
      for (const bucket of numbers(count)) {
        const name = scene.storage.seq(1);
        const shard = shardOf(scene, bucket, name).slice();
        // Not at the end, where it might change the padding: that is looked at too.
        const place = shard.length - 100 - bucket;
        shard[place] = (shard[place] as number) ^ 1;
        setShard(scene, bucket, name, shard);
      }
      return asChain(scene);
    },
  };
}

/** A chain in which one bucket's shard of one object is exchanged. */
async function exchanged(bucket: number, change: (scene: Scene, name: string) => Uint8Array): Promise<Scene> {
  const scene = await straight();
  const name = scene.storage.seq(2);
  setShard(scene, bucket, name, change(scene, name));
  return scene;
}

/** A shard that is a sum of others of the same object: it fits, and adds nothing. */
function sum(shards: readonly Uint8Array[]): Uint8Array {
  const parsed = shards.map(parseShard);
  const first = parsed[0];
  if (!first) throw new Error('a sum has terms');
  const add = (parts: readonly Uint8Array[]): Uint8Array =>
    parts.reduce((total, part) => total.map((byte, index) => byte ^ (part[index] as number)));
  const coefficients = add(parsed.map((shard) => shard.coefficients));
  const payload = add(parsed.map((shard) => shard.payload));
  return encodeCbor([1, first.object, first.length, coefficients, payload]);
}

export const storageAttacks: readonly Attack[] = [
  bucketsDown(1),
  bucketsDown(2),
  bucketsDown(3),
  {
    name: 'down-4',
    section: 'storage',
    does: 'Four buckets are down.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'gap 0',
      tip: null,
      codes: [...emptyChain, 'CHAIN_STORAGE unknown'],
      storage: numbers(4).map((bucket) => `bucket ${bucket} down`),
    }),
    proves: 'Without three good shards of everything the storage check does not pass.',
    guard: [
      {
        file: 'core/chain/judgeChain.ts',
        find: 'const whole = unreadable.length === 0 && main.length > 0;',
        replace: 'const whole = true;',
      },
    ],
    make: async () => {
      const scene = await straight();
      for (const bucket of numbers(4)) scene.storage.down.add(bucket);
      return asChain(scene);
    },
  },
  flippedBytes(1),
  flippedBytes(2),
  flippedBytes(3),
  {
    name: 'swapped-shard',
    section: 'storage',
    does: 'A bucket gives its shard of another object under a name.',
    expected: audited({ verdict: 'verified', storage: ['bucket 1 wrong 1'] }),
    proves: 'A shard of another object than the one that counts is called wrong.',
    guard: [
      {
        file: 'core/chain/decodeShards.ts',
        find: "return isZero(found.shard.coefficients) ? 'zero' : 'wrong';",
        replace: "return 'undecided';",
      },
    ],
    make: async () => asChain(await exchanged(1, (scene) => shardOf(scene, 1, scene.storage.seq(3)))),
  },
  {
    name: 'copied-shard',
    section: 'storage',
    does: 'A bucket holds a copy of another bucket’s shard, so that five shards are kept where six are paid for.',
    expected: audited({ verdict: 'verified', storage: ['bucket 4 copied 1'] }),
    proves: 'A shard that another bucket shows already is called copied.',
    guard: [
      {
        file: 'core/chain/independence.ts',
        find: 'if (earlier.some((other) => equalBytes(other.coefficients, coefficients)))',
        replace: 'if (false)',
      },
    ],
    make: async () => asChain(await exchanged(4, (scene, name) => shardOf(scene, 2, name))),
  },
  {
    name: 'zero-shard',
    section: 'storage',
    does: 'A bucket’s shard has zeros for coefficients and payload: it fits every object and carries nothing.',
    expected: audited({ verdict: 'verified', storage: ['bucket 0 zero 1'] }),
    proves: 'A shard that carries nothing is called zero.',
    guard: [
      {
        file: 'core/chain/independence.ts',
        find: "if (isZero(coefficients)) return 'zero';",
        replace: '',
      },
    ],
    make: async () =>
      asChain(
        await exchanged(0, (scene, name) => {
          const { object, length, payload } = parseShard(shardOf(scene, 0, name));
          return encodeCbor([1, object, length, new Uint8Array(3), new Uint8Array(payload.length)]);
        }),
      ),
  },
  {
    name: 'dependent-shard',
    section: 'storage',
    does: 'A bucket’s shard is the sum of two others’: it fits, but with those two no third is left.',
    expected: audited({ verdict: 'verified', storage: ['bucket 5 dependent 1'] }),
    proves: 'A shard that lies in the span of two others is called dependent.',
    guard: [{ file: 'core/chain/independence.ts', find: "if (dependent) return 'dependent';", replace: '' }],
    make: async () =>
      asChain(await exchanged(5, (scene, name) => sum([shardOf(scene, 0, name), shardOf(scene, 1, name)]))),
  },
  {
    name: 'colluding-buckets',
    section: 'storage',
    does: 'Three buckets together serve another valid attestation under number 2, for a block that the others never saw.',
    expected: audited({
      verdict: 'rejected',
      stop: 'equivocation 2',
      tip: 1,
      codes: ['CHAIN_EQUIVOCATION fail'],
    }),
    proves:
      'Every group of shards of a number is decoded, so that three buckets cannot hide what the other three hold.',
    guard: [
      {
        file: 'core/chain/decodeShards.ts',
        find: 'for (const group of groups.slice(0, maximumGroups)) {',
        replace: 'for (const group of groups.slice(0, 1)) {',
      },
    ],
    make: async () => {
      const scene = await straight();
      const other = await scene.world.block({ parent: at(scene, 1) });
      scene.storage.putAttestation(2, await scene.world.attest(scene.genesis, other, { k: 2 }), [3, 4, 5]);
      return asChain(scene);
    },
  },
  {
    name: 'attestation-removed',
    section: 'storage',
    does: 'Attestation 2 is removed from every bucket, attestation 3 and later are served.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'gap 2',
      tip: 1,
      codes: ['CHAIN_SEQUENCE_GAP unknown'],
    }),
    proves: 'A number that is missing while a later one is shown is a gap.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'if (missing < state.cut) stops.push({ reason: reasonAt(state.numbers.get(missing)), k: missing });',
        replace: '',
      },
    ],
    make: async () => {
      const scene = await straight();
      scene.storage.remove(scene.storage.seq(2));
      return asChain(scene);
    },
  },
  {
    name: 'fork-hidden',
    section: 'storage',
    does: 'Number 2, a block of a fork, is removed from every bucket, so that the main chain looks as if it had been alone.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'gap 2',
      tip: 1,
      codes: ['CHAIN_SEQUENCE_GAP unknown'],
    }),
    proves: 'The main chain goes on only while every number before is filled: what is missing may have decided it.',
    guard: [{ file: 'core/chain/omc.ts', find: 'next.k > state.filled ||', replace: '' }],
    make: async () => {
      const scene = await forked(1);
      scene.storage.remove(scene.storage.seq(2));
      return asChain(scene);
    },
  },
  {
    name: 'last-ten-hidden',
    section: 'storage',
    does: 'The last ten of fourteen blocks are hidden by everybody.',
    expected: audited({ verdict: 'verified', tip: 3 }),
    proves: 'What nobody shows cannot be known: the end is called as shown, neither a gap nor the end of the chain.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: 'if (missing <= Math.max(state.end, first)) {',
        replace: 'if (missing <= Math.max(state.end + 1, first)) {',
      },
    ],
    make: async () => {
      const scene = await straight(14);
      for (let k = 4; k < 14; k += 1) {
        scene.storage.remove(scene.storage.seq(k));
        scene.storage.remove(scene.storage.tuple(at(scene, k)));
      }
      return asChain(scene);
    },
  },
  {
    name: 'tree-removed',
    section: 'storage',
    does: 'The records of block 3 are removed from every bucket, its block and timestamp are kept.',
    expected: audited({ verdict: 'undetermined', codes: ['CHAIN_TREE unknown'], junk: ['tuple CHAIN_TREE'] }),
    proves: 'A block whose tree is missing stays on the main chain, and its content is not known.',
    guard: [
      {
        file: 'core/chain/judgeChain.ts',
        find: 'const missing = main.filter((block) => block.leaves === null);',
        replace: 'const missing = main.filter(() => false);',
      },
    ],
    make: async () => {
      const scene = await straight();
      const { hash, block, jwt } = at(scene, 3);
      scene.storage.putTuple(hash, encodeTuple({ transactions: [], block: parseBlock(block), timestamp: jwt }));
      return asChain(scene);
    },
  },
  {
    name: 'block-removed',
    section: 'storage',
    does: 'Block 3 with its timestamp is removed from every bucket, its attestation is kept.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'attestation without block 3',
      tip: 2,
      codes: ['CHAIN_SEQUENCE_BLOCK unknown'],
    }),
    proves: 'A number that is attested and has no block is told from one that is missing.',
    guard: [
      {
        file: 'core/chain/omc.ts',
        find: "if (entry && entry.sequences.length > 0) return 'attestation without block';",
        replace: '',
      },
    ],
    make: async () => {
      const scene = await straight();
      scene.storage.remove(scene.storage.tuple(at(scene, 3)));
      return asChain(scene);
    },
  },
  {
    name: 'delete-marker',
    section: 'storage',
    does: 'Somebody with the writer’s keys deletes seq/2 in six real gateways: the versions are protected, so only markers come.',
    expected: audited({ verdict: 'verified' }),
    proves: 'Every stored version is read, so a delete marker hides nothing.',
    guard: [
      {
        file: 'audit/source/httpBucket.ts',
        find: 'const stored = await versions.stored(name, signal);',
        replace: "const stored = 'refused' as string | readonly StoredVersion[];",
      },
    ],
    make: deleteMarker,
  },
];
