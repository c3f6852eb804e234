import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { openChain } from '../../core/chain/chainContext.ts';
import { verifyAttestation } from '../../core/chain/verifyAttestation.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { blockHash } from '../../core/chain/block.ts';
import { freePort } from '../process/port.ts';
import { makeBlock, makeIssuer, readSequence, type TestBlock } from './sequencer.fixture.ts';
import { SequencerLostError, SequencerUnreachableError } from './sequencerClient.ts';
import { spawnSequencer, type SpawnedSequencer } from './spawnSequencer.ts';
import { loadWriterKey } from './writerKey.ts';

const issuer = makeIssuer();
const folder = await mkdtemp(join(tmpdir(), 'affidavit-spawn-'));
const writerKey = await loadWriterKey(folder);
const spawned: SpawnedSequencer[] = [];
// A place that nothing else can take between two starts.
const place = process.platform === 'win32' ? `127.0.0.1:${await freePort()}` : `unix:${join(folder, 'socket')}`;

afterAll(async () => {
  await Promise.all(spawned.map((sequencer) => sequencer.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(listen?: string): Promise<SpawnedSequencer> {
  const options = { stateFolder: folder, writerKey, timestamp: issuer.pin };
  const sequencer = await spawnSequencer(listen === undefined ? options : { ...options, listen });
  spawned.push(sequencer);
  return sequencer;
}

function pinOf({ identity }: SpawnedSequencer, genesis: TestBlock): ChainPin {
  return {
    name: 'test',
    genesis: toHex(blockHash(genesis.bytes)),
    sequencerKey: identity.publicKey,
    nitroRoots: [identity.rootPem as string],
    timestamp: issuer.pin,
  };
}

describe('a sequencer in its own process', () => {
  it('numbers under load, is gone when killed, and its successor is another one, which the client says', async () => {
    const first = await start(place);
    const ended = new Promise((resolve) => void first.onExit(resolve));
    const genesis = makeBlock(issuer);
    await first.client.sequence(genesis.bytes, genesis.jwt);
    const blocks = Array.from({ length: 40 }, () => makeBlock(issuer, genesis.stamp));
    const answers = blocks.map(({ bytes, jwt }) => first.client.sequence(bytes, jwt).catch((error: unknown) => error));
    // Killed outright while requests are under way.
    await Promise.race(answers);
    process.kill(first.pid, 'SIGKILL');
    expect(await ended).toEqual({ code: null, signal: 'SIGKILL' });

    const second = await start(place);
    expect(second.identity.publicKey).not.toBe(first.identity.publicKey);
    expect(second.identity).toMatchObject({ genesis: null, next: 0, simulated: true });
    expect(second.identity.rootPem).toBe(first.identity.rootPem);
    expect(second.identity.pcrs).toEqual(first.identity.pcrs);

    const outcomes = await Promise.all(answers);
    const documents = outcomes.filter((outcome) => outcome instanceof Uint8Array);
    const faults = outcomes.filter((outcome) => !(outcome instanceof Uint8Array));
    expect(documents.length).toBeGreaterThan(0);
    expect(
      faults.every((fault) => fault instanceof SequencerLostError || fault instanceof SequencerUnreachableError),
    ).toBe(true);
    const numbers = documents.map((document) => readSequence(document).k);
    expect(new Set(numbers).size).toBe(numbers.length);
    await expect(first.client.sequence(genesis.bytes, genesis.jwt)).rejects.toBeInstanceOf(SequencerLostError);

    // What the first one attested stays good, under a root that both share; the second one's is another chain's.
    const context = await openChain(pinOf(first, genesis));
    expect(await verifyAttestation(context, documents[0] as Uint8Array)).toMatchObject({
      ok: true,
      sequence: { pcrs: first.identity.pcrs },
    });
    const foreign = await second.client.sequence(genesis.bytes, genesis.jwt);
    expect(await verifyAttestation(context, foreign)).toMatchObject({ ok: false, code: 'CHAIN_SEQUENCER_KEY' });
  }, 600_000);

  it('stops when asked, after what it was asked before', async () => {
    const sequencer = await start();
    const genesis = makeBlock(issuer);
    await sequencer.client.sequence(genesis.bytes, genesis.jwt);
    expect(await sequencer.stop()).toEqual({ code: 0, signal: null });
    expect(await readFile(join(folder, 'sequencer.log'), 'utf8')).toContain(sequencer.identity.publicKey);
  }, 600_000);

  it('says in words why it cannot start', async () => {
    const sequencer = await start();
    await expect(start(sequencer.address.replace('http://', ''))).rejects.toMatchObject({
      code: 'CHILD_ENDED',
      message: expect.stringMatching(/Starting the sequencer failed.*exit code 2.*is in use/s),
    });
    const { jwks: _, ...unfinished } = issuer.pin;
    await expect(spawnSequencer({ stateFolder: folder, writerKey, timestamp: unfinished })).rejects.toMatchObject({
      message: expect.stringContaining('has no jwks'),
    });
  }, 600_000);
});
