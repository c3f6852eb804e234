import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AuditorError } from '../../core/verdict/auditorError.ts';

export interface StartArguments {
  readonly help: boolean;
  readonly state: string;
  /** The page's; the writer's is the next, the six buckets' are the six after that, then the ledger's and that of the service about traces. */
  readonly port: number;
  /** Milliseconds. */
  readonly interval: number;
  readonly fresh: boolean;
  readonly build: boolean;
  /** File that names the operator's own buckets. */
  readonly buckets: string | undefined;
  /** Whether the hold service runs. */
  readonly holds: boolean;
  /** Whether the local ledger runs. */
  readonly ledger: boolean;
  /** Whether a host and its validators run. */
  readonly hosts: boolean;
  /** Whether the nodes of the attestation network run; not without the ledger. */
  readonly network: boolean;
}

export const startUsage = `Starts everything on this machine: timestamps, sequencer, six buckets, writer, ledger and page.

  npm start -- [--port PORT] [--interval SECONDS] [--state FOLDER] [--fresh] [--buckets FILE] [--no-build] [--no-holds] [--no-ledger] [--no-hosts] [--no-network]

  --port      the page's port, 8460 by default; the nine after it are the writer's, the buckets', the ledger's and that about traces
  --interval  seconds between blocks, 5 by default
  --state     where the chain, its trust file and its keys are kept, .affidavit by default
  --fresh     throws away what is kept there, and starts with an empty chain
  --buckets   writes to six buckets of your own, named in FILE, in place of six on this machine (src/services/start/README.md)
  --no-build  serves the page as it was built before
  --no-holds  leaves out the hold service: readers who ask what protects the objects cannot tell then
  --no-ledger leaves out the local ledger, its contracts and the service about traces
  --no-hosts  leaves out the host and the five validators that vouch for it
  --no-network leaves out the seven nodes of the attestation network
`;

/**
 * @param args what stands after `npm start --`
 * @param root the project's folder
 * @param cwd the folder that npm was called from: paths are relative to it
 * @throws AuditorError `usage` ARGUMENTS
 */
export function readStartArguments(args: readonly string[], root: string, cwd: string): StartArguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8460' },
        interval: { type: 'string', default: '5' },
        state: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        buckets: { type: 'string' },
        'no-build': { type: 'boolean', default: false },
        'no-holds': { type: 'boolean', default: false },
        'no-ledger': { type: 'boolean', default: false },
        'no-hosts': { type: 'boolean', default: false },
        'no-network': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw fault(error instanceof Error ? error.message : String(error));
  }
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port < 1 || port > 65_526) {
    throw fault(`--port is a number from 1 to 65526, not ${values.port}.`);
  }
  const seconds = Number(values.interval);
  if (!/^\d{1,5}(\.\d{1,3})?$/.test(values.interval) || seconds < 0.1 || seconds > 86_400) {
    throw fault(`--interval is a number of seconds from 0.1 to 86400, not ${values.interval}.`);
  }
  const { state, buckets } = values;
  return {
    help: values.help,
    state: state === undefined ? join(root, '.affidavit') : resolve(cwd, state),
    buckets: buckets === undefined ? undefined : resolve(cwd, buckets),
    port,
    interval: seconds * 1000,
    fresh: values.fresh,
    build: !values['no-build'],
    holds: !values['no-holds'],
    ledger: !values['no-ledger'],
    hosts: !values['no-hosts'],
    network: !values['no-ledger'] && !values['no-network'],
  };
}

function fault(message: string): AuditorError {
  return new AuditorError('usage', 'ARGUMENTS', `${message}\n\n${startUsage}`);
}
