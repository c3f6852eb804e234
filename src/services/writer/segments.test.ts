import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { parseSegment } from '../../core/chain/segment.ts';
import { makeFolder } from '../replication/durableFile.ts';
import { Segments } from './segments.ts';
import { freshTransaction, makeGround, until, untilFinal } from './writer.fixture.ts';
import type { ReplicationService } from '../replication/replicate.ts';

const genesis = 'ab'.repeat(32);

async function place(count: number) {
  const ground = await makeGround();
  const folder = join(ground.folder, 'segments');
  const words: string[] = [];
  const open = (replication: ReplicationService = ground.replication) =>
    new Segments({ folder, replication, onTrouble: (text) => words.push(text) });
  const source = join(ground.folder, 'source');
  await makeFolder(source);
  const attestationOf = (k: number) => new Uint8Array([k & 255, k >> 8, 7]);
  const tupleOf = (k: number) => encodeCbor([1, k]);
  const keep = async (segments: Segments, k: number) => {
    const files = { attestation: join(source, `${k}.a`), tuple: join(source, `${k}.t`) };
    await writeFile(files.attestation, attestationOf(k));
    await writeFile(files.tuple, tupleOf(k));
    await segments.keep(genesis, k, files);
  };
  const segments = open();
  for (let k = 0; k < count; k += 1) await keep(segments, k);
  return { ground, folder, words, open, keep, segments, attestationOf, tupleOf };
}

it('256 final numbers become one segment in the buckets, and nothing stays on the disk', async () => {
  const { ground, folder, segments, attestationOf, tupleOf } = await place(256);
  segments.settled({ genesis, next: 255 });
  await segments.idle();
  expect([...ground.replication.objects.keys()]).toEqual([]);
  segments.settled({ genesis, next: 256 });
  await segments.idle();
  const bytes = ground.replication.objects.get(`${genesis}/seg/0`) as Uint8Array;
  const entries = parseSegment(bytes, 0);
  expect(entries.map(({ k }) => k)).toEqual(Array.from({ length: 256 }, (_, k) => k));
  expect(entries[200]).toEqual({ k: 200, attestations: [attestationOf(200)], tuples: [tupleOf(200)] });
  expect(await readdir(join(folder, genesis))).toEqual([]);
});

it('killed while the buckets take it, the next start stores the very same bytes', async () => {
  const { ground, folder, open, segments } = await place(256);
  const sent: Uint8Array[] = [];
  const never: ReplicationService = {
    replicate: (_, bytes, signal) => {
      sent.push(bytes);
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
    },
    close: () => undefined,
  };
  await segments.close();
  const killed = open(never);
  killed.settled({ genesis, next: 256 });
  await until(() => sent.length === 1, 'it is on its way');
  await killed.close();
  expect(ground.replication.objects.size).toBe(0);
  const next = open();
  next.resume({ genesis, next: 300, state: 'open' });
  await next.idle();
  expect(ground.replication.objects.get(`${genesis}/seg/0`)).toEqual(sent[0]);
  expect(await readdir(join(folder, genesis))).toEqual([]);
});

it('where a part is missing there is no segment, and what was kept goes', async () => {
  const { ground, folder, segments } = await place(255);
  segments.settled({ genesis, next: 256 });
  await segments.idle();
  expect(ground.replication.objects.size).toBe(0);
  expect(await readdir(join(folder, genesis))).toEqual([]);
});

it('of an ended chain whole segments are made and the rest goes', async () => {
  const { ground, folder, segments } = await place(260);
  segments.ended({ genesis, next: 260 });
  await segments.idle();
  expect([...ground.replication.objects.keys()]).toEqual([`${genesis}/seg/0`]);
  expect(await readdir(folder)).toEqual([]);
});

it('other bytes under its name are told and end nothing', async () => {
  const { ground, words, keep, segments } = await place(256);
  ground.replication.objects.set(`${genesis}/seg/0`, new Uint8Array(1));
  segments.settled({ genesis, next: 256 });
  await segments.idle();
  expect(words).toEqual([expect.stringMatching(/^A segment was not stored .*single objects/)]);
  await keep(segments, 256);
});

it('the writer keeps what its next segment needs, across a restart', async () => {
  const ground = await makeGround();
  const kept = async () => (await readdir(join(ground.folder, 'writer', 'segments'), { recursive: true })).sort();
  const first = await ground.open();
  await untilFinal(first, [await first.write(freshTransaction())]);
  await first.stop();
  const { genesis: chain } = first.chains()[0] as { genesis: string };
  expect(await kept()).toEqual(
    [chain, `${chain}/0`, ...[0, 1].flatMap((k) => [`${chain}/0/${k}.a`, `${chain}/0/${k}.tuple`])].sort(),
  );
  const second = await ground.open();
  await untilFinal(second, [await second.write(freshTransaction())]);
  await second.stop();
  expect(await kept()).toHaveLength(2 + 2 * 3);
});
