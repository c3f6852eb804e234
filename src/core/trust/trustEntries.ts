import { setKey, trustShape, type Shape } from './shape.ts';
import type { Trust } from './trust.ts';

/** One fact that a person has decided to trust: where it stands, by names instead of positions, and what it says. */
export interface TrustEntry {
  /** `['chains', 'NAME', 'timestamp', 'jwks', 'keys', 'KID']`, `['nitro', 'roots', 'sha3:…']`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Everything that a trust file pins, fact by fact, in the order of the file. A chain of which only the name is given pins nothing. */
export function trustEntries(trust: Trust): readonly TrustEntry[] {
  return [...facts(trustShape, trust, [])];
}

function* facts(shape: Shape, value: unknown, path: readonly string[]): Generator<TrustEntry> {
  if (value === undefined) return;
  switch (shape.kind) {
    case 'value':
      yield { path, value };
      break;
    case 'set':
      for (const member of value as readonly unknown[]) yield { path: [...path, setKey(member)], value: member };
      break;
    case 'record':
      for (const [name, member] of Object.entries(value as object)) yield { path: [...path, name], value: member };
      break;
    case 'group':
      for (const [name, member] of Object.entries(shape.members)) {
        yield* facts(member, (value as Record<string, unknown>)[name], [...path, name]);
      }
      break;
    case 'keyed':
      for (const entry of value as readonly never[]) yield* facts(shape.entry, entry, [...path, shape.key(entry)]);
  }
}
