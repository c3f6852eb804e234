import { AuditorError } from '../verdict/auditorError.ts';
import { shown, trustFault } from './fault.ts';
import { parseTrust } from './parseTrust.ts';
import { serializeTrust } from './serializeTrust.ts';
import { sameFact, setKey, trustShape, type KeyedShape, type Shape } from './shape.ts';
import type { Trust } from './trust.ts';

/**
 * Both trust files together: what pinning `added` into `base` gives. Chains are the same where their genesis is; the name in `base` stays.
 * @throws AuditorError TRUST_CONTRADICTION where one says otherwise than the other: a pin is replaced only after it was taken out.
 */
export function mergeTrust(base: Trust, added: Trust): Trust {
  const merged = merge(trustShape, base, added, '$') as Trust;
  try {
    // Each may be right alone and both together not: one genesis under two names, one key for two chains.
    return parseTrust(serializeTrust(merged));
  } catch (cause) {
    if (!(cause instanceof AuditorError)) throw cause;
    throw new AuditorError('usage', 'TRUST_CONTRADICTION', cause.message, { cause });
  }
}

function merge(shape: Shape, base: unknown, added: unknown, path: string): unknown {
  if (base === undefined) return added;
  if (added === undefined) return base;
  switch (shape.kind) {
    case 'value':
      if (!sameFact(base, added)) contradict(path, base, added);
      return base;
    case 'set':
      return mergeSets(base as readonly unknown[], added as readonly unknown[]);
    case 'record':
      return mergeRecords(base as Record<string, unknown>, added as Record<string, unknown>, path);
    case 'group': {
      const result = { ...(base as Record<string, unknown>) };
      for (const [name, member] of Object.entries(shape.members)) {
        const value = merge(member, result[name], (added as Record<string, unknown>)[name], `${path}.${name}`);
        if (value !== undefined) result[name] = value;
      }
      return result;
    }
    case 'keyed':
      return mergeKeyed(shape, base as readonly never[], added as readonly never[], path);
  }
}

function mergeSets(base: readonly unknown[], added: readonly unknown[]): unknown[] {
  const known = new Set(base.map(setKey));
  return [...base, ...added.filter((member) => !known.has(setKey(member)))];
}

function mergeRecords(base: Record<string, unknown>, added: Record<string, unknown>, path: string): unknown {
  for (const [name, value] of Object.entries(added)) {
    if (Object.hasOwn(base, name) && !sameFact(base[name], value))
      contradict(`${path}[${shown(name)}]`, base[name], value);
  }
  return { ...added, ...base };
}

function mergeKeyed(shape: KeyedShape, base: readonly never[], added: readonly never[], path: string): unknown[] {
  const same = shape.same ?? ((a: never, b: never) => shape.key(a) === shape.key(b));
  const result: unknown[] = [...base];
  for (const entry of added) {
    const index = base.findIndex((candidate) => same(candidate, entry));
    if (index < 0) result.push(entry);
    else result[index] = merge(shape.entry, base[index], entry, `${path}[${shown(shape.key(entry))}]`);
  }
  return result;
}

function contradict(path: string, base: unknown, added: unknown): never {
  throw trustFault(
    'TRUST_CONTRADICTION',
    path,
    `is pinned as ${shown(base)}, and would be pinned as ${shown(added)}`,
    'Only one of the two can be right: find out which, and take the other out first.',
  );
}
