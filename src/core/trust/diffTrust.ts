import { sameFact } from './shape.ts';
import { trustEntries } from './trustEntries.ts';
import type { Trust } from './trust.ts';

/** One difference between two trust files, for a person to read before it is made. */
export type TrustChange =
  | { readonly change: 'added'; readonly path: readonly string[]; readonly after: unknown }
  | { readonly change: 'removed'; readonly path: readonly string[]; readonly before: unknown }
  | { readonly change: 'changed'; readonly path: readonly string[]; readonly before: unknown; readonly after: unknown };

/**
 * What would be added, removed or changed by going from `before` to `after`. Order within sets and line breaks of PEM do not count.
 * A chain is known by its name here.
 */
export function diffTrust(before: Trust, after: Trust): readonly TrustChange[] {
  const old = byPath(before);
  const changes: TrustChange[] = [];
  for (const [key, { path, value }] of byPath(after)) {
    const former = old.get(key);
    old.delete(key);
    if (!former) changes.push({ change: 'added', path, after: value });
    else if (!sameFact(former.value, value))
      changes.push({ change: 'changed', path, before: former.value, after: value });
  }
  for (const { path, value } of old.values()) changes.push({ change: 'removed', path, before: value });
  return changes;
}

function byPath(trust: Trust) {
  return new Map(trustEntries(trust).map((entry) => [JSON.stringify(entry.path), entry]));
}
