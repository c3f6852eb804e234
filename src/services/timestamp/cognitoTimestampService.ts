import { createHmac, randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { isHex } from '../../core/bytes/hex.ts';
import type { TimestampPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { retry } from '../process/retry.ts';
import { cognitoFault, hasName, isPassing } from './cognitoFault.ts';
import { fetchJwks } from './fetchJwks.ts';
import type { TimestampService } from './timestampService.ts';
import { openTimestampRule, type TimestampRule } from './timestampRule.ts';

export interface CognitoSettings {
  readonly region: string;
  /** Another endpoint than Amazon's, e.g. cognito-local's. */
  readonly endpoint?: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Where the app client has one. */
  readonly clientSecret?: string;
  /** What comes after the `@`: `y@domain`. */
  readonly domain: string;
  /** `email` (default) where the pool's user names are e-mail addresses, `cognito:username` else. */
  readonly claim?: string;
  /** `iss` of the tokens; derived from the endpoint or the region where not given. */
  readonly issuer?: string;
  /** The SDK's own chain (environment, profile, role) where not given. */
  readonly credentials?: CognitoIdentityProviderClientConfig['credentials'];
  /** Tries of a whole timestamp, 4 by default, on top of the SDK's own (AWS_MAX_ATTEMPTS, AWS_RETRY_MODE). */
  readonly attempts?: number;
  /** Whole sentences for the operator: a clock that differs, a user that could not be deleted. */
  readonly notice?: (sentence: string) => void;
}

/** Beyond this many seconds the two clocks are said to differ. */
const tolerance = 5;

/**
 * A timestamp attestation as the patent makes it ([0023]): a user named `y@domain` with a random password is created, logs in, and is
 * deleted; the ID token that it got is the third party's signature over y and its clock.
 */
export function createCognitoTimestampService(settings: CognitoSettings): TimestampService {
  const { userPoolId, clientId, domain, claim = 'email', attempts = 4, notice } = settings;
  const issuer = settings.issuer ?? deriveIssuer(settings);
  const client = openClient(settings);
  const running = new Map<string, Promise<string>>();
  let pinned: Promise<{ pin: Required<TimestampPin>; rule: TimestampRule }> | undefined;
  let saidSkew = 0;

  async function fetchPin(): Promise<{ pin: Required<TimestampPin>; rule: TimestampRule }> {
    const jwks = await retry(() => fetchJwks(issuer), { attempts, retryable: isPassing });
    const pin = { issuer, audience: clientId, domain, claim, tokenUse: 'id', jwks };
    return { pin, rule: await openTimestampRule(pin) };
  }

  /** The keys stay the same for a chain's whole life; only a fetch that failed is made again. */
  function getPin(): Promise<{ pin: Required<TimestampPin>; rule: TimestampRule }> {
    pinned ??= fetchPin().catch((error: unknown) => {
      pinned = undefined;
      throw error;
    });
    return pinned;
  }

  async function createUser(name: string): Promise<void> {
    const command = new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: name,
      MessageAction: 'SUPPRESS',
      ...(claim === 'email'
        ? {
            UserAttributes: [
              { Name: 'email', Value: name },
              { Name: 'email_verified', Value: 'true' },
            ],
          }
        : {}),
    });
    try {
      await client.send(command);
    } catch (error) {
      if (!hasName(error, 'UsernameExistsException')) throw error;
      // Left over from a run that ended in the middle: its password is lost.
      await deleteUser(name);
      await client.send(command);
    }
  }

  async function deleteUser(name: string): Promise<void> {
    try {
      await client.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: name }));
    } catch (error) {
      if (!hasName(error, 'UserNotFoundException')) throw error;
    }
  }

  async function logIn(name: string): Promise<string> {
    const password = makePassword();
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username: name, Password: password, Permanent: true }),
    );
    const answer = await client.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: name, PASSWORD: password, ...secretHash(name, settings) },
      }),
    );
    const token = answer.AuthenticationResult?.IdToken;
    if (token === undefined) {
      const asked = answer.ChallengeName === undefined ? 'nothing' : `the challenge ${answer.ChallengeName}`;
      throw new AuditorError(
        'source',
        'TIMESTAMP_REFUSED',
        `The timestamp service answered a login with ${asked} instead of a token: the user pool must not ask for a second factor.`,
      );
    }
    return token;
  }

  /** The user goes in any case, but a token that was won is not thrown away because its user stays behind. */
  async function obtainToken(name: string): Promise<string> {
    try {
      await createUser(name);
      return await logIn(name);
    } finally {
      await deleteUser(name).catch((error: unknown) => {
        notice?.(`The user ${name} could not be deleted at the timestamp service: ${cognitoFault(error).message}`);
      });
    }
  }

  async function timestamp(blockHashHex: string): Promise<string> {
    const { rule } = await getPin();
    let token: string;
    try {
      token = await retry(() => obtainToken(`${blockHashHex}@${domain}`), { attempts, retryable: isPassing });
    } catch (error) {
      throw cognitoFault(error);
    }
    const result = await rule(token, blockHashHex);
    if (!result.ok) {
      throw new AuditorError(
        'source',
        'TIMESTAMP_TOKEN',
        `The timestamp service's token cannot be used: ${result.reason}`,
      );
    }
    saySkew(result.time);
    return token;
  }

  function saySkew(issuedAt: number): void {
    const skew = issuedAt - Math.floor(Date.now() / 1_000);
    if (Math.abs(skew) <= tolerance) {
      saidSkew = 0;
    } else if (Math.abs(skew - saidSkew) > tolerance) {
      saidSkew = skew;
      const way = skew > 0 ? 'behind' : 'ahead of';
      notice?.(
        `This machine's clock is ${Math.abs(skew)} seconds ${way} the timestamp service's. Timestamps carry the service's time; set this machine's clock.`,
      );
    }
  }

  return {
    async timestamp(blockHashHex) {
      if (!isHex(blockHashHex, 32)) {
        throw new AuditorError('usage', 'TIMESTAMP_HASH', 'A timestamp is made over 64 lower-case hex digits.');
      }
      // Two requests for one hash would delete each other's user: they share one token.
      const present = running.get(blockHashHex);
      if (present) return present;
      const made = timestamp(blockHashHex).finally(() => running.delete(blockHashHex));
      running.set(blockHashHex, made);
      return made;
    },
    pin: async () => (await getPin()).pin,
    async close() {
      client.destroy();
    },
  };
}

/** The SDK says once a process that Node 20 is old; it is this project's choice, not the operator's business. */
export function openClient(
  settings: Pick<CognitoSettings, 'region' | 'endpoint' | 'credentials'>,
): CognitoIdentityProviderClient {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { region, endpoint, credentials } = settings;
  return new CognitoIdentityProviderClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}

function deriveIssuer({ region, endpoint, userPoolId }: CognitoSettings): string {
  const origin = endpoint ?? `https://cognito-idp.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return `${origin.replace(/\/+$/, '')}/${userPoolId}`;
}

/** 256 bits, and one character of each class that a pool's policy can ask for. */
function makePassword(): string {
  return `aA1!${randomBytes(32).toString('base64url')}`;
}

function secretHash(name: string, { clientId, clientSecret }: CognitoSettings): { SECRET_HASH?: string } {
  if (clientSecret === undefined) return {};
  return { SECRET_HASH: createHmac('sha256', clientSecret).update(`${name}${clientId}`).digest('base64') };
}
