import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askService } from '../../audit/host/askService.ts';
import { demandCredential } from '../../audit/host/hostAnswer.ts';
import type { HostPin, Trust } from '../../core/trust/trust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { spawnService, type SpawnedService } from '../host/spawnService.ts';

/** A host and validators, each a process of its own, and what the client trusts. */
export interface HostNetwork {
  readonly folder: string;
  readonly host: SpawnedService;
  readonly validators: SpawnedService[];
  readonly trust: Trust;
  readonly policy: HostPin;
  /** Starts a service again in its folder, at its place. */
  restartValidator(place: number): Promise<void>;
  restartHost(args: readonly string[]): Promise<SpawnedService>;
  stop(): Promise<void>;
}

export async function startHostNetwork(count = 5, threshold = 3): Promise<HostNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-hosts-'));
  const trustFile = join(folder, 'trust.json');
  const running: SpawnedService[] = [];
  const start = async (kind: 'host' | 'validator', name: string, args: readonly string[]) => {
    const started = await spawnService(kind, join(folder, name), args);
    running.push(started);
    return started;
  };
  const validatorArgs = (place: number) => ['--trust', trustFile, '--operator', `operator ${place % 3}`, '--region', `region ${place % 2}`];
  const hostArgs = ['--operator', 'tests'];
  const stop = async () => {
    await Promise.all(running.map((each) => each.stop(0)));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [host, ...validators] = await Promise.all([
      start('host', 'host', hostArgs),
      ...Array.from({ length: count }, (_, place) => start('validator', `validator-${place}`, validatorArgs(place))),
    ]);
    const described = await askService(host.url);
    const { tpm, environment } = described as unknown as {
      readonly tpm: { readonly attestationKey: string };
      readonly environment: { readonly rootPem: string; readonly pcrs: Readonly<Record<string, string>> };
    };
    const { credential } = await demandCredential(host.url, 'A'.repeat(43), undefined);
    const policy: HostPin = {
      name: host.did,
      validators: validators.map(({ did }, place) => ({ did, operator: `operator ${place % 3}` })),
      threshold,
      measurements: [{ pcrs: environment.pcrs }, credential.subject.measuredBoot.digest],
    };
    const trust: Trust = {
      nitro: { roots: [environment.rootPem] },
      tpm: { attestationKeys: [tpm.attestationKey] },
      hosts: [policy],
    };
    await writeFile(trustFile, serializeTrust(trust));
    return {
      folder,
      host,
      validators,
      trust,
      policy,
      async restartValidator(place) {
        validators[place] = await start('validator', `validator-${place}`, validatorArgs(place));
      },
      restartHost: (args) => start('host', 'host', [...hostArgs, ...args]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
