import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminCreateUserCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { parseJwt } from '../../core/jwt/parse.ts';
import { cognitoLocalAccess, startCognitoLocal, type CognitoLocal } from './cognitoLocal.ts';
import { createCognitoTimestampService, openClient } from './cognitoTimestampService.ts';
import { startEmbeddedTimestampService } from './embeddedTimestampService.ts';
import { openTimestampRule } from './timestampRule.ts';
import type { TimestampService } from './timestampService.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-cognito-'));
const hash = (text: string) => sha3Hex(new TextEncoder().encode(text));
let local: CognitoLocal;
let service: TimestampService;
let pool: { userPoolId: string; clientId: string };
const notices: string[] = [];

beforeAll(async () => {
  local = await startCognitoLocal({ folder });
  pool = await local.createPool();
  service = createCognitoTimestampService({
    ...cognitoLocalAccess,
    ...pool,
    endpoint: local.endpoint,
    domain: 'affidavit.invalid',
    notice: (sentence) => notices.push(sentence),
  });
}, 600_000);

afterAll(async () => {
  await service.close();
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

async function users(): Promise<number> {
  const client = openClient({ ...cognitoLocalAccess, endpoint: local.endpoint });
  const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId: pool.userPoolId }));
  client.destroy();
  return Users.length;
}

describe('timestamps by the embedded Cognito', () => {
  it('hold under their pin for the hash that was asked, and for no other', async () => {
    const before = Math.floor(Date.now() / 1_000);
    const token = await service.timestamp(hash('b'));
    const after = Date.now() / 1_000;
    const pin = await service.pin();
    expect(pin).toMatchObject({
      issuer: `${local.endpoint}/${pool.userPoolId}`,
      audience: pool.clientId,
      domain: 'affidavit.invalid',
      claim: 'email',
      tokenUse: 'id',
      jwks: { keys: [{ kty: 'RSA', kid: 'CognitoLocal', alg: 'RS256', use: 'sig', e: 'AQAB' }] },
    });
    const rule = await openTimestampRule(pin);
    const result = await rule(token, hash('b'));
    expect(result).toMatchObject({ ok: true, kid: 'CognitoLocal', signatures: 1 });
    expect((result as { time: number }).time).toBeGreaterThanOrEqual(before);
    expect((result as { time: number }).time).toBeLessThanOrEqual(after);
    expect(await rule(token, hash('c'))).toMatchObject({ ok: false, code: 'CHAIN_TIMESTAMP_SUBJECT' });
    expect(parseJwt(token).payload).toMatchObject({ email: `${hash('b')}@affidavit.invalid` });
  });

  it('leave no user behind', async () => {
    await service.timestamp(hash('no user'));
    expect(await users()).toBe(0);
    expect(notices).toEqual([]);
  });

  it('are made although an earlier run left the user behind', async () => {
    const client = openClient({ ...cognitoLocalAccess, endpoint: local.endpoint });
    const Username = `${hash('left')}@affidavit.invalid`;
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool.userPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: Username }],
      }),
    );
    client.destroy();
    expect(await users()).toBe(1);
    expect(parseJwt(await service.timestamp(hash('left'))).payload).toMatchObject({ email: Username });
    expect(await users()).toBe(0);
  });

  it('are one for requests at the same time over one hash, several for several hashes', async () => {
    const hashes = ['x', 'x', 'y', 'z', 'x'].map(hash);
    const tokens = await Promise.all(hashes.map((value) => service.timestamp(value)));
    expect(new Set(tokens).size).toBe(3);
    expect(await users()).toBe(0);
  });

  it('are refused for what is no hash', async () => {
    await expect(service.timestamp(hash('b').toUpperCase())).rejects.toMatchObject({ code: 'TIMESTAMP_HASH' });
    await expect(service.timestamp('ab')).rejects.toMatchObject({ kind: 'usage' });
  });
});

describe('the embedded service', () => {
  it('comes back by itself when its process was killed, with the same pin', async () => {
    const { pid } = local;
    const pin = await service.pin();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => local.isRunning()).toBe(false);
    // As it is left when the process dies while it writes.
    await writeFile(join(folder, '.cognito', 'db', `${pool.userPoolId}.json`), '{"Users": {');
    await Promise.all([local.ensureRunning(), local.ensureRunning()]);
    expect(local.pid).not.toBe(pid);
    const rule = await openTimestampRule(pin);
    expect(await rule(await service.timestamp(hash('again')), hash('again'))).toMatchObject({ ok: true });
  }, 600_000);

  it('starts, stamps and stops as a whole, and says that it was stopped', async () => {
    const whole = await startEmbeddedTimestampService({ folder: join(folder, 'whole') });
    const rule = await openTimestampRule(await whole.pin());
    expect(await rule(await whole.timestamp(hash('w')), hash('w'))).toMatchObject({ ok: true });
    await whole.close();
    await whole.close();
    await expect(whole.timestamp(hash('w'))).rejects.toMatchObject({ code: 'TIMESTAMP_CLOSED' });
  }, 600_000);

  it('says in words that its port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(startCognitoLocal({ folder: join(folder, 'port'), port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1, wanted for the timestamp service`),
    });
    server.close();
  });
});
