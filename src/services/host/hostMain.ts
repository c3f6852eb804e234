import { parseArgs } from 'node:util';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { openHost } from './openHost.ts';
import { openRegistries } from './openRegistries.ts';
import { registryArguments, registryOptions } from './registryArguments.ts';

const usage = `A host's agent; see README.md.

  --state FOLDER --operator NAME [--port PORT] [--did key|jwk|web|ethr] [--interval SECONDS] [--lifetime SECONDS]
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
      ...registryOptions,
    },
  });
  const { state, operator, did } = values;
  if (state === undefined) throw fault('--state');
  if (did !== 'key' && did !== 'jwk' && did !== 'web' && did !== 'ethr') throw fault('--did key, jwk, web or ethr');
  const registries = registryArguments(did, values);
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

function fault(expected: string): AuditorError {
  return new AuditorError('usage', 'ARGUMENTS', `Expected ${expected}.\n\n${usage}`);
}

main().catch((error: unknown) => {
  const known = error instanceof AuditorError && error.kind !== 'internal';
  process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(known && error.kind === 'usage' ? 2 : 1);
});
