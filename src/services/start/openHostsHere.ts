import { openHostNetwork, type HostNetwork, type HostNetworkLedger } from '../validator/openHostNetwork.ts';

/** Seconds between credentials that the host makes by itself. */
const interval = 60;

export interface HostsHere {
  /** For `local.json`: who they are, where, and what to judge them by; null until they answer. */
  announced(): object | null;
  /** Also while they still start. */
  stop(): Promise<void>;
}

/**
 * A host and five validators in the background; says where they are when they answer, or why they are not there.
 * @param ledger where the host and the first validator are to be named; without it they have keys alone
 * @param page the page's address
 */
export function openHostsHere(
  folder: string,
  ledger: HostNetworkLedger | undefined,
  log: (words: string) => void,
  shortPath: (path: string) => string,
  page: string,
): HostsHere {
  let here: HostNetwork | undefined;
  const opening = openHostNetwork({ folder, interval, ...(ledger && { ledger }) });
  opening.then(
    (network) => {
      here = network;
      const { host, validators, trustFile } = network;
      const addresses = validators.map(({ url }) => `--validator ${url}`).join(' ');
      log(
        `a host (simulated enclave, software TPM) is ${host.url}, ${validators.length} validators vouch for it:\n          ${page}#/launch\n          npm run -s launch -- run --trust ${shortPath(trustFile)} --host ${host.url} ${addresses}`,
      );
    },
    (error: Error) => log(`There is no host: ${error.message}`),
  );
  return {
    announced: () => (here ? announce(here) : null),
    stop: async () => (await opening.catch(() => undefined))?.stop(),
  };
}

function announce({ host, validators, trust }: HostNetwork): object {
  const places = new Map((trust.hosts ?? []).flatMap((pin) => pin.validators.map((entry) => [entry.did, entry])));
  return {
    trust: { affidavit: 'trust/1', ...trust },
    host: { did: host.did, url: host.url },
    validators: validators.map(({ did, url }) => {
      const { operator = '', region = '' } = places.get(did) ?? {};
      return { did, url, operator, region };
    }),
  };
}
