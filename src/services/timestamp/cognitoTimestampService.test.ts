import { afterEach, describe, expect, it } from 'vitest';
import { makeIssuer } from '../sequencer/sequencer.fixture.ts';
import { cognitoLocalAccess } from './cognitoLocal.ts';
import { createCognitoTimestampService, type CognitoSettings } from './cognitoTimestampService.ts';
import { startFakeCognito, type FakeAnswer, type FakeCognito } from './fakeCognito.fixture.ts';

const issuer = makeIssuer();
const hash = 'ab'.repeat(32);
const now = () => Math.floor(Date.now() / 1_000);
let fake: FakeCognito | undefined;

afterEach(() => fake?.close());

/** A service against a Cognito that behaves as `answer` says and gives the token where it says nothing. */
async function open(
  answer: (operation: string, call: number) => FakeAnswer | undefined,
  claims: Record<string, unknown> = {},
  more: Partial<CognitoSettings> = {},
) {
  const notices: string[] = [];
  const started: FakeCognito = await startFakeCognito((operation, call) => {
    const iss = `${started.endpoint}/pool`;
    const token = () => issuer.sign(hash, { iss, aud: 'client', iat: now(), ...claims });
    const login = operation === 'InitiateAuth' ? { body: { AuthenticationResult: { IdToken: token() } } } : undefined;
    return answer(operation, call) ?? login;
  }, issuer.pin.jwks);
  fake = started;
  const service = createCognitoTimestampService({
    ...cognitoLocalAccess,
    endpoint: started.endpoint,
    userPoolId: 'pool',
    clientId: 'client',
    domain: issuer.pin.domain,
    attempts: 2,
    notice: (sentence) => notices.push(sentence),
    ...more,
  });
  return { service, notices, fake: started };
}

const round = ['AdminCreateUser', 'AdminSetUserPassword', 'InitiateAuth', 'AdminDeleteUser'];

describe('a Cognito timestamp', () => {
  it('takes four calls, with a password that meets every policy', async () => {
    const { service, notices, fake: cognito } = await open(() => undefined);
    await service.timestamp(hash);
    expect(cognito.calls).toEqual(round);
    expect(notices).toEqual([]);
    const [created, password, login] = cognito.bodies;
    expect(created).toEqual({
      UserPoolId: 'pool',
      Username: `${hash}@affidavit.invalid`,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: `${hash}@affidavit.invalid` },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    expect(password).toMatchObject({ Permanent: true });
    for (const rule of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!]/, /^\S{40,99}$/]) expect(password?.['Password']).toMatch(rule);
    expect(login).toMatchObject({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: 'client' });
  });

  it('sends no e-mail attribute where the user name itself is the claim, and the secret’s hash where there is one', async () => {
    const claims = { 'cognito:username': `${hash}@affidavit.invalid`, email: undefined };
    const more = { claim: 'cognito:username', clientSecret: 'secret' };
    const { service, fake: cognito } = await open(() => undefined, claims, more);
    await service.timestamp(hash);
    expect(cognito.bodies[0]).not.toHaveProperty('UserAttributes');
    expect(cognito.bodies[2]).toMatchObject({
      AuthParameters: { SECRET_HASH: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
    });
    expect((await service.pin()).claim).toBe('cognito:username');
  });

  it('is made in spite of throttling', async () => {
    let busy = 5;
    const { service, fake: cognito } = await open((operation) =>
      operation === 'AdminSetUserPassword' && busy-- > 0 ? { fault: 'TooManyRequestsException' } : undefined,
    );
    await service.timestamp(hash);
    expect(cognito.calls.filter((operation) => operation === 'AdminSetUserPassword').length).toBe(6);
    expect(cognito.calls.at(-1)).toBe('AdminDeleteUser');
  }, 600_000);

  it('is given up when the service stays busy', async () => {
    const { service } = await open((operation) =>
      operation === 'AdminCreateUser' ? { fault: 'InternalErrorException', status: 500 } : undefined,
    );
    await expect(service.timestamp(hash)).rejects.toMatchObject({
      kind: 'source',
      code: 'TIMESTAMP_UNREACHABLE',
      message: expect.stringContaining('did not answer as often as it was asked'),
    });
  }, 600_000);

  it.each([
    ['NotAuthorizedException', /ALLOW_USER_PASSWORD_AUTH/],
    ['ResourceNotFoundException', /user pool or its app client does not exist/],
  ])('is not asked for again after %s; the reason is said in words and the user deleted', async (fault, message) => {
    const { service, fake: cognito } = await open((operation) =>
      operation === 'InitiateAuth' ? { fault } : undefined,
    );
    await expect(service.timestamp(hash)).rejects.toMatchObject({
      code: 'TIMESTAMP_REFUSED',
      message: expect.stringMatching(message),
    });
    expect(cognito.calls).toEqual(round);
  });

  it('is refused where the pool answers with a challenge', async () => {
    const { service } = await open((operation) =>
      operation === 'InitiateAuth' ? { body: { ChallengeName: 'SMS_MFA' } } : undefined,
    );
    await expect(service.timestamp(hash)).rejects.toMatchObject({
      code: 'TIMESTAMP_REFUSED',
      message: expect.stringContaining('SMS_MFA'),
    });
  });

  it.each([
    ['names another block', { email: `${'cd'.repeat(32)}@affidavit.invalid` }, /Claim email/],
    ['is by another issuer', { iss: 'https://elsewhere.invalid' }, /Issuer/],
    ['is for another client', { aud: 'other' }, /Audience/],
    ['is of another use', { token_use: 'access' }, /Token use/],
  ])('is not handed out when it %s', async (_, claims, message) => {
    const { service } = await open(() => undefined, claims);
    await expect(service.timestamp(hash)).rejects.toMatchObject({
      code: 'TIMESTAMP_TOKEN',
      message: expect.stringMatching(message),
    });
  });

  it('is kept although its user could not be deleted, which is said', async () => {
    const { service, notices } = await open((operation) =>
      operation === 'AdminDeleteUser' ? { fault: 'AccessDeniedException' } : undefined,
    );
    expect(await service.timestamp(hash)).toMatch(/^ey/);
    expect(notices).toEqual([expect.stringMatching(/could not be deleted.*AdminDeleteUser/)]);
  });

  it('comes with words about a clock that differs, once', async () => {
    const { service, notices } = await open(() => undefined, { iat: now() + 120 });
    await service.timestamp(hash);
    await service.timestamp(hash);
    expect(notices).toEqual([expect.stringMatching(/clock is 1(1[0-9]|20) seconds behind the timestamp service's/)]);
  });

  it('says that nothing answers', async () => {
    const { service, fake: cognito } = await open(() => undefined);
    await cognito.close();
    await expect(service.pin()).rejects.toMatchObject({ kind: 'source', code: 'TIMESTAMP_UNREACHABLE' });
    await expect(service.timestamp(hash)).rejects.toMatchObject({ code: 'TIMESTAMP_UNREACHABLE' });
  }, 600_000);

  it('says that the keys cannot be used', async () => {
    fake = await startFakeCognito(() => undefined, { keys: [{ kty: 'EC' }] });
    const settings = { userPoolId: 'pool', clientId: 'client', domain: 'x.invalid', endpoint: fake.endpoint };
    const service = createCognitoTimestampService({ ...cognitoLocalAccess, ...settings });
    await expect(service.pin()).rejects.toMatchObject({ code: 'TIMESTAMP_KEYS' });
  });
});
