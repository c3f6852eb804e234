import { cognitoLocalAccess, startCognitoLocal, type CognitoLocalOptions } from './cognitoLocal.ts';
import { createCognitoTimestampService } from './cognitoTimestampService.ts';
import type { TimestampService } from './timestampService.ts';

export interface EmbeddedTimestampOptions extends CognitoLocalOptions {
  /** What comes after the `@`; `affidavit.invalid` by default, a domain that cannot exist (RFC 6761). */
  readonly domain?: string;
  readonly notice?: (sentence: string) => void;
}

/**
 * The embedded default: cognito-local as a child process with a fresh pool, behind the same adapter as Amazon Cognito. Evidence that it
 * signs is for development only, and is labelled so wherever its key is met.
 */
export async function startEmbeddedTimestampService(options: EmbeddedTimestampOptions): Promise<TimestampService> {
  const { domain = 'affidavit.invalid', notice } = options;
  const local = await startCognitoLocal(options);
  try {
    const service = createCognitoTimestampService({
      ...cognitoLocalAccess,
      ...(await local.createPool()),
      endpoint: local.endpoint,
      domain,
      ...(notice ? { notice } : {}),
    });
    await service.pin();
    return {
      async timestamp(blockHashHex) {
        await local.ensureRunning();
        return service.timestamp(blockHashHex);
      },
      pin: () => service.pin(),
      async close() {
        await service.close();
        await local.close();
      },
    };
  } catch (error) {
    await local.close();
    throw error;
  }
}
