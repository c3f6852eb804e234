import { parseArgs } from 'node:util';
import type { Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { openHost } from './openHost.ts';
import { openRegistries, type RegistryAddresses } from './openRegistries.ts';

const usage = `A host's agent; see README.md.

  --state FOLDER --operator NAME [--port PORT] [--did key|web|ethr] [--interval SECONDS] [--lifetime SECONDS]
  [--memory MIB] [--vcpus COUNT] [--rpc URL --did-registry ADDRESS --revocation-registry ADDRESS]`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      operator: { type: 'string', default: 'unnamed' },
      port: { type: 'string', default: '0' },
      did: { type: 'string', default: 'key' },
      interval: { type: 'string' },
      lifetime: { type: 'string', default: '300' },
      memory: { type: 'string' },
      vcpus: { type: 'string' },
      rpc: { type: 'string' },
      'did-registry': { type: 'string' },
      'revocation-registry': { type: 'string' },
    },
  });
  const { state, operator, did } = values;
  if (state === undefined) throw fault('--state');
  if (did !== 'key' && did !== 'web' && did !== 'ethr') throw fault('--did key, web or ethr');
  const registries = readRegistries(values);
  if ((did === 'ethr') !== (registries !== undefined)) {
    throw fault('--rpc, --did-registry and --revocation-registry with --did ethr, and only then');
  }
  const number = (name: string, value: string | undefined): number | undefined => {
    if (value === undefined) return undefined;
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(value)) throw fault(`--${name} as a number`);
    return Number(value);
  };
  const [memoryMiB, vcpus] = [number('memory', values.memory), number('vcpus', values.vcpus)];
  const interval = number('interval', values.interval);
  const opened = await openHost({
    folder: state,
    operator,
    didMethod: did,
    limits: { ...(memoryMiB === undefined ? {} : { memoryMiB }), ...(vcpus === undefined ? {} : { vcpus }) },
    ...(interval === undefined ? {} : { interval: interval * 1000 }),
    lifetime: (number('lifetime', values.lifetime) ?? 300) * 1000,
    port: number('port', values.port) ?? 0,
    ...(registries && { ledger: await openRegistries(state, registries) }),
    onTrouble: (words) => process.stderr.write(`${words}\n`),
  });
  process.stdout.write(`${JSON.stringify({ listening: opened.url, did: opened.agent.did })}\n`);
}

function readRegistries(values: {
  readonly rpc?: string;
  readonly 'did-registry'?: string;
  readonly 'revocation-registry'?: string;
}): RegistryAddresses | undefined {
  const { rpc, 'did-registry': dids, 'revocation-registry': revocations } = values;
  if (rpc === undefined && dids === undefined && revocations === undefined) return undefined;
  const isAddress = (value: string | undefined): value is Hex => /^0x[0-9a-f]{40}$/.test(value ?? '');
  if (rpc === undefined || !isAddress(dids) || !isAddress(revocations)) {
    throw fault('--rpc with the addresses of both registries, in lower case');
  }
  return { rpc, didRegistry: dids, revocationRegistry: revocations };
}

function fault(expected: string): AuditorError {
  return new AuditorError('usage', 'ARGUMENTS', `Expected ${expected}.\n\n${usage}`);
}

main().catch((error: unknown) => {
  const known = error instanceof AuditorError && error.kind !== 'internal';
  process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(known && error.kind === 'usage' ? 2 : 1);
});
