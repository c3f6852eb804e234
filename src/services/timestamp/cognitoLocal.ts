import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CreateUserPoolClientCommand, CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { startChild, untilReady, type ChildService } from '../process/childService.ts';
import { freePort, requireFreePort } from '../process/port.ts';
import { retry } from '../process/retry.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { cognitoFault } from './cognitoFault.ts';
import { readStore, replaceStore, type CognitoStore } from './cognitoStore.ts';
import { openClient, type CognitoSettings } from './cognitoTimestampService.ts';

export interface CognitoLocalOptions {
  /** Where its store and its log go; what an earlier run left in the store is thrown away. */
  readonly folder: string;
  /** A fixed port; any free one where not given. The port is part of the tokens' issuer. */
  readonly port?: number;
}

/** Amazon Cognito's stand-in as a child process: real RS256 tokens by a key that ships inside its package, so that anyone can forge them. */
export interface CognitoLocal {
  readonly endpoint: string;
  readonly pid: number;
  isRunning(): boolean;
  /** A fresh user pool whose user names are e-mail addresses, with an app client that allows logins by password. */
  createPool(): Promise<Pick<CognitoSettings, 'userPoolId' | 'clientId'>>;
  /** Starts it again, on the same port and with the same pools, where it has ended. */
  ensureRunning(): Promise<void>;
  close(): Promise<void>;
}

const host = '127.0.0.1';
const what = 'the timestamp service (cognito-local)';

/** Its credentials are not looked at, but the SDK insists on some. */
export const cognitoLocalAccess = {
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

/** @throws AuditorError `usage` PORT_IN_USE, `source` CHILD_ENDED | CHILD_SILENT | IO_… */
export async function startCognitoLocal(options: CognitoLocalOptions): Promise<CognitoLocal> {
  const folder = await stateFolder(options.folder);
  // Pools of earlier runs are of no use: each chain has its own, and its tokens are verified without the service.
  let store: CognitoStore = new Map();
  await replaceStore(folder, store);
  const { port, child: first } = await launchOn(folder, options.port);
  const endpoint = `http://${host}:${port}`;
  let child = first;
  let restart: Promise<void> | undefined;
  let closed = false;

  async function relaunch(): Promise<void> {
    // The port is in the tokens' issuer, so it must be the same one; a connection that borrows it for a moment is waited for.
    await retry(() => requireFreePort(port, what, 'start again', host), {
      attempts: 6,
      firstWait: 200,
      retryable: () => true,
    });
    await replaceStore(folder, store);
    child = await launch(folder, port);
  }

  return {
    endpoint,
    get pid() {
      return child.pid;
    },
    isRunning: () => child.exit === undefined,
    async createPool() {
      const client = openClient({ endpoint, ...cognitoLocalAccess });
      try {
        const pool = await client.send(
          new CreateUserPoolCommand({ PoolName: 'affidavit', UsernameAttributes: ['email'] }),
        );
        const userPoolId = pool.UserPool?.Id;
        const made = await client.send(
          new CreateUserPoolClientCommand({
            UserPoolId: userPoolId,
            ClientName: 'affidavit',
            ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
          }),
        );
        const clientId = made.UserPoolClient?.ClientId;
        if (userPoolId === undefined || clientId === undefined)
          throw new Error('The pool came back without its names.');
        store = await readStore(folder);
        return { userPoolId, clientId };
      } catch (error) {
        throw cognitoFault(error);
      } finally {
        client.destroy();
      }
    },
    async ensureRunning() {
      if (closed) throw new AuditorError('usage', 'TIMESTAMP_CLOSED', 'The timestamp service was stopped.');
      if (child.exit === undefined) return;
      restart ??= relaunch().finally(() => (restart = undefined));
      await restart;
    },
    async close() {
      closed = true;
      await restart?.catch(() => undefined);
      await child.stop();
    },
  };
}

async function launchOn(folder: string, fixed: number | undefined): Promise<{ port: number; child: ChildService }> {
  if (fixed !== undefined) {
    await requireFreePort(fixed, what, 'choose another port for it', host);
    return { port: fixed, child: await launch(folder, fixed) };
  }
  const launchAnywhere = async () => {
    const port = await freePort(host);
    return { port, child: await launch(folder, port) };
  };
  // Somebody may take a free port before the child does.
  const retryable = (error: unknown) => error instanceof AuditorError && /EADDRINUSE/.test(error.message);
  return retry(launchAnywhere, { attempts: 3, retryable });
}

async function launch(folder: string, port: number): Promise<ChildService> {
  const packageFile = createRequire(import.meta.url).resolve('cognito-local/package.json');
  const child = await startChild({
    name: what,
    args: [join(dirname(packageFile), 'lib', 'bin', 'start.js')],
    // It writes `.cognito/` into the folder that it is started in.
    cwd: folder,
    env: { PORT: String(port), HOST: host, DEBUG: '', AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' },
    logFile: join(folder, 'cognito-local.log'),
  });
  try {
    await untilReady(child, () => answers(`http://${host}:${port}/health`));
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}
