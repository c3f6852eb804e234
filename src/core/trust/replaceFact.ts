import { diffTrust } from './diffTrust.ts';
import { mergeTrust } from './mergeTrust.ts';
import { pickTrust } from './pickTrust.ts';
import type { Trust } from './trust.ts';
import { unpinTrust } from './unpinTrust.ts';

/**
 * The trust file with one fact as another file says it, in place of what was pinned: a rotated key, a new threshold. Where an entry cannot stand without the fact (the
 * validators of a host), the whole entry is taken from the other file.
 * @throws AuditorError TRUST_CONTRADICTION where the two cannot stand together even so
 */
export function replaceFact(pinned: Trust, other: Trust, path: readonly string[]): Trust {
  const alone = attempt(pinned, other, path);
  const isIn = diffTrust(alone, other).every((change) => JSON.stringify(change.path) !== JSON.stringify(path));
  return isIn ? alone : attempt(pinned, other, path.slice(0, 2));
}

function attempt(pinned: Trust, other: Trust, path: readonly string[]): Trust {
  return mergeTrust(unpinTrust(pinned, path), pickTrust(other, [path]));
}
