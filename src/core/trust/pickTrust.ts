import type { Trust } from './trust.ts';
import { trustEntries } from './trustEntries.ts';
import { unpinTrust } from './unpinTrust.ts';

/** Only the facts at or below one of the paths. */
export function pickTrust(trust: Trust, paths: readonly (readonly string[])[]): Trust {
  const wanted = (path: readonly string[]): boolean =>
    paths.some((above) => above.every((name, index) => path[index] === name));
  const picked = trustEntries(trust)
    .filter(({ path }) => !wanted(path))
    .reduce((left, { path }) => unpinTrust(left, path), trust);
  // A chain of which nothing but the name is left pins nothing.
  const bare = picked.chains?.filter((chain) => Object.keys(chain).length === 1) ?? [];
  return bare.reduce((left, { name }) => unpinTrust(left, ['chains', name]), picked);
}
