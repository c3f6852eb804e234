import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import type { Storage } from '../../core/chain/chain.fixture.ts';
import { segmentName } from '../../core/chain/names.ts';
import { parseShard } from '../../core/chain/shard.ts';
import type { Attack, ChainEvidence, Edit, ServedEvidence } from './attack.ts';
import { certified, rewritten } from './certified.ts';
import { audited, checked } from './outcome.ts';
import { asChain, at, setShard, shardOf, straight } from './scene.ts';
import { writeBuckets } from './writeBuckets.ts';

/** Generous: Node with this program loaded takes about 150 MB, and the machines of CI are slow and shared. */
const within = { seconds: 60, megabytes: 700 };
const tenGigabytes = 10 * 1024 ** 3;

/** Six origins of which three answer one name with ten gigabytes that never say their length. */
async function endless(nameIn: (storage: Storage) => string): Promise<ServedEvidence> {
  const { world, storage, genesis } = await straight();
  const name = nameIn(storage);
  const part = Buffer.alloc(256 * 1024);
  let poured = 0;
  const openOrigins = async () => {
    const server = createServer((request, response) => {
      const [, bucket = '', ...parts] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
      const asked = parts.join('/');
      const stored = storage.buckets[Number(bucket)]?.get(asked)?.[0];
      if (asked !== name || Number(bucket) > 2) {
        return void (stored ? response.writeHead(200).end(stored) : response.writeHead(404).end());
      }
      poured += 1;
      let left = tenGigabytes;
      const pour = (): void => {
        while (left > 0 && !response.destroyed) {
          left -= part.length;
          if (!response.write(part)) return void response.once('drain', pour);
        }
        response.end();
      };
      response.writeHead(200);
      pour();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      buckets: [0, 1, 2, 3, 4, 5].map((bucket) => ({ url: `http://127.0.0.1:${port}/${bucket}` })),
      close: async () => {
        server.closeAllConnections();
        await new Promise<void>((resolve) => void server.close(() => resolve()));
        if (poured === 0) throw new Error(`Nobody asked for ${name}, so nothing was shown.`);
      },
    };
  };
  return { kind: 'served', pin: world.pin(genesis), open: openOrigins };
}

/** Six folders of which three hold a file of ten gigabytes under one name; it takes no room on the disk. */
async function vast(): Promise<ServedEvidence> {
  const { world, storage, genesis } = await straight();
  const name = storage.seq(2);
  const openFolders = async (folder: string) => {
    const buckets = await writeBuckets(storage, folder);
    for (const bucket of [0, 1, 2]) {
      const file = await open(join(folder, `b${bucket}`, ...name.split('/')), 'w');
      await file.truncate(tenGigabytes);
      await file.close();
    }
    return { buckets: buckets.map(({ url }) => ({ url: join(folder, url) })), close: async () => undefined };
  };
  return { kind: 'served', pin: world.pin(genesis), open: openFolders };
}

/** The head of a byte string, array or map that states a length of 32 bits. */
const longHead = (major: number, length: number): Uint8Array =>
  Uint8Array.of((major << 5) | 26, ...new Uint8Array(new Uint32Array([length]).buffer).toReversed());

const threeMissing = ['bucket 0 missing 1', 'bucket 1 missing 1', 'bucket 2 missing 1'];

const malformed = audited({
  verdict: 'verified',
  storage: [0, 1, 2].map((bucket) => `bucket ${bucket} malformed 1`),
});

const anyPayload: Edit = {
  file: 'core/chain/shard.ts',
  find: "const payload = readBytes(reader, 'the payload', pieceLength(length));",
  replace: 'const payload = reader.readBytes().bytes;',
};

const endlessBody: Edit = {
  file: 'audit/source/boundedBody.ts',
  find: 'if (length > maximumLength) {',
  replace: 'if (length > Infinity) {',
};

/** A chain of six in which three buckets' shards of seq/3 were changed. */
async function inThree(change: (shard: Uint8Array) => Uint8Array): Promise<ChainEvidence> {
  const scene = await straight();
  const name = scene.storage.seq(3);
  for (const bucket of [0, 1, 2]) setShard(scene, bucket, name, change(shardOf(scene, bucket, name)));
  return asChain(scene);
}

export const resourceAttacks: readonly Attack[] = [
  {
    name: 'length-of-4-gib',
    section: 'resources',
    does: 'Three buckets’ shards of seq/3 say that they are of an object of 4 GiB.',
    expected: malformed,
    proves: 'An object’s length is bounded, and compared with the payload’s, before anything is made of it.',
    guard: [
      {
        file: 'core/chain/shard.ts',
        find: 'if (length < 1 || length > limits.object) {\n    throw fault(',
        replace: 'if (false) {\n    throw fault(',
      },
      anyPayload,
    ],
    within,
    make: async () =>
      inThree((shard) => {
        const { object, coefficients, payload } = parseShard(shard);
        return encodeCbor([1, object, 2 ** 32 - 1, coefficients, payload]);
      }),
  },
  {
    name: 'string-of-4-gib',
    section: 'resources',
    does: 'Three buckets’ shards of seq/3 say that a payload of 4 GiB follows, and end.',
    expected: malformed,
    proves:
      'A string’s length is compared with what is left before anything is made of it; behind that a payload has its one length, and the document ends where it ends.',
    guard: [
      { file: 'core/bytes/cborReader.ts', find: 'if (head.argument > left) {', replace: 'if (false) {' },
      anyPayload,
      { file: 'core/bytes/cborReader.ts', find: 'if (this.atEnd) return;', replace: 'if (this) return;' },
    ],
    within,
    make: async () =>
      inThree((shard) => {
        const { object, length, coefficients } = parseShard(shard);
        // An array of five, of which the fifth is a byte string without its bytes.
        const four = encodeCbor([1, object, length, coefficients]).subarray(1);
        return concatBytes(Uint8Array.of(0x85), four, longHead(2, 2 ** 32 - 1));
      }),
  },
  {
    name: 'nesting-of-100000',
    section: 'resources',
    does: 'The object under block 3’s name is 100,000 arrays inside each other.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'attestation without block 3',
      tip: 2,
      codes: ['CHAIN_SEQUENCE_BLOCK unknown', 'CHAIN_STORAGE unknown'],
      junk: ['tuple CHAIN_TUPLE_FORM'],
    }),
    proves: 'Nesting is bounded, so that no object runs the stack over.',
    guard: [{ file: 'core/bytes/cbor.ts', find: 'if (depth >= maximumDepth)', replace: 'if (false)' }],
    within,
    make: async () => {
      const scene = await straight();
      const nested = concatBytes(new Uint8Array(100_000).fill(0x81), Uint8Array.of(0));
      scene.storage.putTuple(at(scene, 3).hash, nested);
      return asChain(scene);
    },
  },
  {
    name: 'json-nesting-of-100000',
    section: 'resources',
    does: 'A certificate whose anchors are 100,000 lists inside each other.',
    expected: checked('rejected', 'CERTIFICATE_FORM fail'),
    proves: 'Nesting is bounded, so that no file runs the stack over.',
    guard: [
      {
        file: 'core/bytes/json.ts',
        find: 'if (depth < maximumDepth) return depth + 1;',
        replace: 'if (depth >= 0) return depth + 1;',
      },
    ],
    within,
    make: async () => {
      const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const made = await certified();
      const file = rewritten(made, () => undefined);
      return { ...file, text: file.text.replace(/"anchors":\{.*?\},"claim"/, `"anchors":${nested},"claim"`) };
    },
  },
  {
    name: 'map-of-a-million',
    section: 'resources',
    does: 'A certificate whose claim has a million members more, with a right digest.',
    expected: checked('rejected', 'CERTIFICATE_FORM fail'),
    proves: 'The members of an object are counted while they are read, and few are enough.',
    guard: [
      {
        file: 'core/bytes/json.ts',
        find: 'if (count > maximumMembers) ',
        replace: 'if (false) ',
      },
      {
        file: 'core/bytes/json.ts',
        find: 'if (++this.#values > this.#limits.maximumValues) {',
        replace: 'if (false) {',
      },
    ],
    within: { ...within, megabytes: 1500 },
    make: async () =>
      rewritten(await certified(), (body) => {
        for (let index = 0; index < 1_000_000; index += 1) body.claim[`member${index}`] = index;
      }),
  },
  {
    name: 'map-head-of-a-million',
    section: 'resources',
    does: 'Number 2’s document is a map that says it has a million pairs, and has none.',
    expected: audited({
      verdict: 'undetermined',
      stop: 'invalid 2',
      tip: 1,
      codes: ['CHAIN_SEQUENCE_INVALID unknown', 'CHAIN_STORAGE unknown'],
      junk: ['seq/2 TEE_FORM'],
    }),
    proves: 'What is refused at its first byte is named as junk; no pair is made room for.',
    guard: [
      {
        file: 'core/chain/evaluateAttestation.ts',
        find: 'if (!result.ok) {',
        replace: 'if (!result.ok) {\n      continue;',
      },
    ],
    within,
    make: async () => {
      const scene = await straight();
      scene.storage.putAttestation(2, concatBytes(longHead(5, 1_000_000), utf8('and nothing more')));
      return asChain(scene);
    },
  },
  {
    name: 'endless-object',
    section: 'resources',
    does: 'Three origins answer seq/2 with ten gigabytes, in chunks that never say how many will come.',
    expected: audited({ verdict: 'verified', storage: threeMissing }),
    proves: 'A body is dropped as soon as it is longer than anything that may stand there.',
    guard: [endlessBody],
    within,
    make: () => endless((storage) => storage.seq(2)),
  },
  {
    name: 'endless-segment',
    section: 'resources',
    does: 'Three origins answer the segment of the first 256 blocks with ten gigabytes.',
    expected: audited({ verdict: 'verified' }),
    proves: 'A segment is a cache: where it cannot be read the single objects count.',
    guard: [endlessBody],
    within,
    make: () => endless(({ chain }) => segmentName(chain, 0)),
  },
  {
    name: 'vast-file',
    section: 'resources',
    does: 'Three folders hold a file of ten gigabytes as seq/2.',
    expected: audited({ verdict: 'verified', storage: threeMissing }),
    proves: 'A file’s length is looked at before it is read, and once more while it is read.',
    guard: [
      {
        file: 'audit/node/folderBucket.ts',
        find: 'if (found.size > maximumLength) return [];',
        replace: '',
      },
      {
        file: 'audit/node/folderBucket.ts',
        find: 'if (length > maximumLength) return undefined;',
        replace: '',
      },
    ],
    within,
    make: vast,
  },
];
