import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { join } from 'node:path';
import { fromBase64Url } from '../../core/bytes/base64.ts';
import { toHex } from '../../core/bytes/hex.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { hostDigest } from '../../core/host/hostCredential.ts';
import { nodeMeasurement } from '../node/nodeMeasurement.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { createHostAgent } from './hostAgent.ts';
import { hostAnswers, type HostDescription } from './hostServer.ts';
import { openHostStore } from './hostStore.ts';
import { keyIdentity } from './identity.ts';
import { machineClaims } from './machineClaims.ts';
import { openP256Key } from './p256Key.ts';
import { openSoftwareTpm } from './softwareTpm.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-agent-'));
afterAll(() => rm(folder, { recursive: true }));
const statusAddress = 'http://host.example/status';

async function openAgent() {
  return createHostAgent({
    identity: keyIdentity(await openP256Key(folder, 'host-key')),
    store: await openHostStore(folder),
    tpm: await openSoftwareTpm(folder),
    nsm: await createNsmSimulator({ stateFolder: folder, measurement: nodeMeasurement }),
    claims: () => machineClaims(),
    statusAddress,
    listLength: 8,
  });
}

function bitsOf(list: JsonObject = {}): string {
  const { encodedList } = list['credentialSubject'] as { readonly encodedList: string };
  return toHex(new Uint8Array(gunzipSync(fromBase64Url(encodedList.slice(1)))));
}

test('whoever asks for many credentials fills a status list, and the next begins; what was taken back stays so in its own', async () => {
  const agent = await openAgent();
  const nonce = 'A'.repeat(43);
  const issued = [];
  for (let index = 0; index < 10; index += 1) issued.push(await agent.attest({ nonce }));
  const places = issued.map(({ credential }) => {
    const { statusListCredential, statusListIndex } = credential['credentialStatus'] as JsonObject;
    return `${String(statusListCredential).slice(statusAddress.length)} ${String(statusListIndex)}`;
  });
  // Places 1 to 7 of the first list, then the second one from its beginning.
  expect([places[0], places[6], places[7], places[9]]).toEqual([' 1', ' 7', '/1 0', '/1 2']);
  const [first, , , , , , , eighth] = issued.map(({ credential }) => hostDigest(credential));
  expect([bitsOf(await agent.statusList()), bitsOf(await agent.laterList(1))]).toEqual(['00', '00']);
  await agent.revoke(eighth ?? '');
  expect([bitsOf(await agent.statusList()), bitsOf(await agent.laterList(1))]).toEqual(['00', '80']);
  await agent.revoke(first ?? '');
  const again = await openAgent();
  expect([bitsOf(await again.statusList()), bitsOf(await again.laterList(1))]).toEqual(['40', '80']);
  expect((await again.laterList(1))?.['id']).toBe(`${statusAddress}/1`);
  const ask = hostAnswers(again, { description: {} as HostDescription, document: undefined, token: 'x' });
  expect((await ask('GET', '/status/1', {}))?.body).toMatchObject({ id: `${statusAddress}/1` });
  for (const path of ['/status/2', '/status/0', '/status/01', '/status/1e1', '/status/9999999']) {
    expect(await ask('GET', path, {})).toBeUndefined();
  }
});
