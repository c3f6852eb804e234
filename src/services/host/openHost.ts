import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../core/bytes/json.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { programMeasurement } from '../sequencer/programMeasurement.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { createHostAgent, type HostAgent } from './hostAgent.ts';
import { hostAnswers, type HostDescription } from './hostServer.ts';
import { openHostStore } from './hostStore.ts';
import { identityOf, type DidMethod, type Identity } from './identity.ts';
import type { HttpService } from '../process/httpService.ts';
import { createJsonServer } from '../process/jsonServer.ts';
import { machineClaims, type RuntimeLimits } from './machineClaims.ts';
import { measureBoot } from './measureBoot.ts';
import { openP256Key, type P256Key } from './p256Key.ts';
import { secretToken } from './secretToken.ts';
import { openTpm } from './openTpm.ts';

/** What needs a ledger: a DID whose keys stand there, and lists whose digests do. */
export interface HostLedgerPart {
  /** The DID of this key on the ledger, registered where it is not yet. */
  identity(key: P256Key): Promise<Identity>;
  anchorList(list: JsonObject): Promise<void>;
  /** Where the host answers. */
  announce(url: string): Promise<void>;
}

export interface HostOptions {
  readonly folder: string;
  readonly operator: string;
  readonly didMethod: DidMethod;
  readonly limits: RuntimeLimits;
  /** Milliseconds between credentials that nobody asked for; none without. */
  readonly interval?: number;
  /** Milliseconds that a credential holds. */
  readonly lifetime?: number;
  readonly host?: string;
  readonly port?: number;
  readonly ledger?: HostLedgerPart;
  readonly onTrouble: (words: string) => void;
}

export interface OpenHost {
  readonly agent: HostAgent;
  readonly url: string;
  readonly description: HostDescription;
  close(): Promise<void>;
}

/** The first file of the program that is measured. */
const entry = fileURLToPath(new URL('hostMain.ts', import.meta.url));

/** A host on this machine, answering requests. @throws AuditorError in words */
export async function openHost(options: HostOptions): Promise<OpenHost> {
  const { operator, didMethod, limits, interval, lifetime, host = '127.0.0.1', port = 0, ledger, onTrouble } = options;
  const folder = await stateFolder(options.folder);
  const key = await openP256Key(folder, 'host-key');
  const tpm = await openTpm(folder, onTrouble);
  await measureBoot(tpm, entry, limits);
  const measurement = (await programMeasurement(entry)).pcrs;
  const nsm = await createNsmSimulator({ stateFolder: folder, measurement });
  const store = await openHostStore(folder);
  const token = await secretToken(folder);
  // Its address is known only when it listens, and stands in the DID and in the address of the list.
  let answers: ReturnType<typeof hostAnswers> | undefined;
  const server: HttpService = await createJsonServer({
    name: 'the host',
    host,
    port,
    answer: async (method, path, body) => answers?.(method, path, body),
  });
  try {
    const identity = await identityOf(didMethod, key, { origin: server.url, ledger });
    const statusAddress = `${server.url}/status`;
    const agent = createHostAgent({
      identity,
      store,
      tpm,
      nsm,
      claims: () => machineClaims(limits),
      statusAddress,
      ...(lifetime === undefined ? {} : { lifetime }),
      ...(ledger && { onList: (list) => ledger.anchorList(list) }),
    });
    const { simulated, rootPem, pcrs } = nsm.describe();
    const description: HostDescription = {
      affidavit: 'host/1',
      did: agent.did,
      operator,
      statusList: statusAddress,
      tpm: { status: tpm.status, attestationKey: tpm.attestationKey },
      environment: { simulated, rootPem, pcrs: { ...pcrs } },
    };
    answers = hostAnswers(agent, { description, document: identity.document, token });
    await ledger?.announce(server.url);
    const watch = interval === undefined ? undefined : repeat(interval, () => agent.reattest(), onTrouble);
    return {
      agent,
      url: server.url,
      description,
      async close() {
        clearInterval(watch);
        await server.close();
        await tpm.close?.();
      },
    };
  } catch (error) {
    await server.close();
    await tpm.close?.();
    throw error;
  }
}

/** One at a time: what takes longer than the interval is not started twice. */
function repeat(interval: number, task: () => Promise<unknown>, onTrouble: (words: string) => void): NodeJS.Timeout {
  let isRunning = false;
  return setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    task()
      .catch((error: Error) => onTrouble(`The host could not attest itself anew: ${error.message}`))
      .finally(() => (isRunning = false));
  }, interval);
}
