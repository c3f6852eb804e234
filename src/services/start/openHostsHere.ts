import { openHostNetwork } from '../validator/openHostNetwork.ts';

/** Seconds between credentials that the host makes by itself. */
const interval = 60;

/**
 * A host and five validators in the background; says where they are when they answer, or why they are not there.
 * @returns what stops them, also while they still start
 */
export function openHostsHere(
  folder: string,
  log: (words: string) => void,
  shortPath: (path: string) => string,
): () => Promise<void> {
  const opening = openHostNetwork({ folder, interval });
  opening.then(
    ({ host, validators, trustFile }) => {
      const addresses = validators.map(({ url }) => `--validator ${url}`).join(' ');
      log(
        `a host (simulated enclave, software TPM) is ${host.url}, ${validators.length} validators vouch for it:\n          npm run -s launch -- run --trust ${shortPath(trustFile)} --host ${host.url} ${addresses}`,
      );
    },
    (error: Error) => log(`There is no host: ${error.message}`),
  );
  return async () => (await opening.catch(() => undefined))?.stop();
}
