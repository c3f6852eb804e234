import { join } from 'node:path';
import { askService } from '../../audit/host/askService.ts';
import { demandCredential } from '../../audit/host/hostAnswer.ts';
import { nonceText } from '../../core/host/hostValues.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { EvmPin, HostPin, Trust } from '../../core/trust/trust.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { fundAccount } from '../host/fundAccount.ts';
import type { HostDescription } from '../host/hostServer.ts';
import { openRegistries } from '../host/openRegistries.ts';
import { spawnService, type SpawnedService } from '../host/spawnService.ts';
import type { Ledger } from '../ledger/startLedger.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

export interface HostNetworkOptions {
  readonly folder: string;
  /** How many validators, and how many of them are demanded; 5 and 3 by default. */
  readonly count?: number;
  readonly threshold?: number;
  /** Seconds between credentials that nobody asked for; none without. */
  readonly interval?: number;
  /** With one, the host and the first validator have a `did:ethr` on it, and the host anchors its status lists there. */
  readonly ledger?: HostNetworkLedger;
}

/** A ledger with both registries, and accounts of its own that pay. */
export interface HostNetworkLedger extends Pick<Ledger, 'call' | 'rpc'> {
  readonly didRegistry: Hex;
  readonly revocationRegistry: Hex;
  /** Its entry in trust files, with the names of both contracts. */
  readonly pin: EvmPin;
}

/** A host and its validators, each a process of its own, and a trust file for those who launch on it. */
export interface HostNetwork {
  readonly host: SpawnedService;
  readonly validators: readonly SpawnedService[];
  readonly trust: Trust;
  readonly trustFile: string;
  /** Starts a validator again in its folder. */
  restartValidator(place: number): Promise<SpawnedService>;
  /** One more process of the host, in its folder, with other settings. */
  startHost(args: readonly string[]): Promise<SpawnedService>;
  stop(): Promise<void>;
}

/**
 * Starts a host and validators on this machine, in a folder that may have been used before. The measurements that they pin are those of this very host, as it says: here all are one person's.
 * @throws AuditorError in words; nothing is left running then
 */
export async function openHostNetwork(options: HostNetworkOptions): Promise<HostNetwork> {
  const { count = 5, threshold = 3, interval, ledger } = options;
  const folder = await stateFolder(options.folder);
  const trustFile = join(folder, 'trust.json');
  const running: SpawnedService[] = [];
  const start = async (kind: 'host' | 'validator', name: string, args: readonly string[]) => {
    const started = await spawnService(kind, join(folder, name), args);
    running.push(started);
    return started;
  };
  const places = Array.from({ length: count }, (_, place) => ({
    operator: `operator ${(place % 3) + 1}`,
    region: `region ${(place % 2) + 1}`,
  }));
  // Another way to be named is another identity, and so another folder.
  const onLedger = async (kind: 'host' | 'validator', name: string, args: readonly string[]) => {
    if (!ledger) return start(kind, name, args);
    const { rpc, didRegistry, revocationRegistry } = ledger;
    const own = `${name}-ethr`;
    const { address } = await openRegistries(join(folder, own), { rpc, didRegistry, revocationRegistry });
    await fundAccount(ledger, address);
    const registries = ['--rpc', rpc, '--did-registry', didRegistry, '--revocation-registry', revocationRegistry];
    return start(kind, own, [...args, '--did', 'ethr', ...registries]);
  };
  const startValidator = (place: number) => {
    const { operator = '', region = '' } = places[place] ?? {};
    const args = ['--trust', trustFile, '--operator', operator, '--region', region];
    const name = `validator-${place + 1}`;
    if (place === 0) return onLedger('validator', name, args);
    return place === 1 ? start('validator', `${name}-jwk`, [...args, '--did', 'jwk']) : start('validator', name, args);
  };
  const startHost = (args: readonly string[]) => onLedger('host', 'host', ['--operator', 'this machine', ...args]);
  const stop = async () => void (await Promise.all(running.map((each) => each.stop())));
  try {
    const starting = [
      startHost(interval === undefined ? [] : ['--interval', String(interval)]),
      ...places.map((_, place) => startValidator(place)),
    ];
    const settled = await Promise.allSettled(starting);
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    const [host, ...validators] = await Promise.all(starting);
    if (!host) throw new RangeError('There is no host.');
    const trust = await trustFor(host, validators, places, threshold, ledger?.pin);
    await writeFileDurably(trustFile, serializeTrust(trust), 0o644);
    return {
      host,
      validators,
      trust,
      trustFile,
      async restartValidator(place) {
        return (validators[place] = await startValidator(place));
      },
      startHost,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function trustFor(
  { url, did: name }: SpawnedService,
  validators: readonly SpawnedService[],
  places: readonly { readonly operator: string; readonly region: string }[],
  threshold: number,
  pin: EvmPin | undefined,
): Promise<Trust> {
  const { tpm, environment } = (await askService(url)) as unknown as HostDescription;
  const { credential } = await demandCredential(url, nonceText(crypto.getRandomValues(new Uint8Array(32))), undefined);
  const policy: HostPin = {
    name,
    validators: validators.map(({ did }, place) => ({ did, ...places[place] })),
    threshold,
    measurements: [
      { pcrs: environment.pcrs as Readonly<Record<string, string>> },
      credential.subject.measuredBoot.digest,
    ],
  };
  return {
    nitro: { roots: environment.rootPem === null ? [] : [environment.rootPem] },
    tpm: { attestationKeys: [tpm.attestationKey] },
    hosts: [policy],
    ...(pin && { evm: [pin] }),
  };
}
