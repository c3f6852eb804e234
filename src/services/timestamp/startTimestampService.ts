import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createCognitoTimestampService, type CognitoSettings } from './cognitoTimestampService.ts';
import { startEmbeddedTimestampService, type EmbeddedTimestampOptions } from './embeddedTimestampService.ts';
import type { TimestampService } from './timestampService.ts';

const prefix = 'AFFIDAVIT_COGNITO_';
const needed = ['REGION', 'USER_POOL_ID', 'CLIENT_ID', 'DOMAIN'] as const;

/**
 * Amazon Cognito where the environment names a user pool (see README.md), the embedded stand-in else.
 * @param environment `process.env`
 * @throws AuditorError `usage` TIMESTAMP_SETTINGS where it names one in part only, and whatever starting throws
 */
export async function startTimestampService(
  options: EmbeddedTimestampOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TimestampService> {
  const settings = readCognitoSettings(environment);
  if (settings === undefined) return startEmbeddedTimestampService(options);
  const service = createCognitoTimestampService({ ...settings, ...(options.notice && { notice: options.notice }) });
  await service.pin();
  return service;
}

/** Undefined where not one of the variables is set. */
export function readCognitoSettings(
  environment: Readonly<Record<string, string | undefined>>,
): CognitoSettings | undefined {
  if (!Object.entries(environment).some(([name, value]) => name.startsWith(prefix) && value)) return undefined;
  const read = (name: string) => environment[`${prefix}${name}`] || undefined;
  const missing = needed.filter((name) => read(name) === undefined);
  if (missing.length > 0) {
    throw new AuditorError(
      'usage',
      'TIMESTAMP_SETTINGS',
      `Amazon Cognito is set up in part only: ${missing.map((name) => prefix + name).join(', ')} must be set too.`,
    );
  }
  const optional = {
    clientSecret: read('CLIENT_SECRET'),
    claim: read('CLAIM'),
    endpoint: read('ENDPOINT'),
    issuer: read('ISSUER'),
  };
  return {
    region: read('REGION') as string,
    userPoolId: read('USER_POOL_ID') as string,
    clientId: read('CLIENT_ID') as string,
    domain: read('DOMAIN') as string,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
