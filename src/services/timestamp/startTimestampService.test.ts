import { describe, expect, it } from 'vitest';
import { readCognitoSettings } from './startTimestampService.ts';

const complete = {
  AFFIDAVIT_COGNITO_REGION: 'eu-central-1',
  AFFIDAVIT_COGNITO_USER_POOL_ID: 'eu-central-1_abc',
  AFFIDAVIT_COGNITO_CLIENT_ID: 'client',
  AFFIDAVIT_COGNITO_DOMAIN: 'stamps.example.org',
};

describe('the environment', () => {
  it('names Amazon Cognito, or nothing', () => {
    expect(readCognitoSettings({ PATH: '/bin', AFFIDAVIT_COGNITO_REGION: '' })).toBeUndefined();
    expect(readCognitoSettings({ ...complete, AFFIDAVIT_COGNITO_CLAIM: 'cognito:username' })).toEqual({
      region: 'eu-central-1',
      userPoolId: 'eu-central-1_abc',
      clientId: 'client',
      domain: 'stamps.example.org',
      claim: 'cognito:username',
    });
  });

  it('is refused when it names it in part', () => {
    const { AFFIDAVIT_COGNITO_CLIENT_ID: _, ...part } = complete;
    expect(() => readCognitoSettings(part)).toThrow('AFFIDAVIT_COGNITO_CLIENT_ID must be set too');
  });
});
