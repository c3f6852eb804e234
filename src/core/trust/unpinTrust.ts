import { setKey, trustShape, type Shape } from './shape.ts';
import type { Trust } from './trust.ts';

/**
 * The trust file without the facts at or below a path of `trustEntries`: one key, one chain, all roots. What is left empty goes too.
 * A path at which nothing is pinned changes nothing.
 */
export function unpinTrust(trust: Trust, path: readonly string[]): Trust {
  return (without(trustShape, trust, path) ?? {}) as Trust;
}

function without(shape: Shape, value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return undefined;
  switch (shape.kind) {
    case 'value':
      return value;
    case 'set':
      return orNothing((value as readonly unknown[]).filter((member) => setKey(member) !== name));
    case 'record':
      return fromEntries(Object.entries(value as object).filter(([member]) => member !== name));
    case 'group': {
      const member = shape.members[name];
      const current = (value as Record<string, unknown>)[name];
      if (!member || current === undefined) return value;
      const left = without(member, current, rest);
      const others = Object.entries(value as object).filter(([other]) => other !== name);
      return fromEntries(left === undefined ? others : [...others, [name, left]]);
    }
    case 'keyed':
      return orNothing(
        (value as readonly never[]).flatMap((entry) => {
          if (shape.key(entry) !== name) return [entry];
          const left = without(shape.entry, entry, rest) as Record<string, unknown> | undefined;
          const stands = left !== undefined && (shape.required ?? []).every((fact) => left[fact] !== undefined);
          return stands ? [left] : [];
        }),
      );
  }
}

function orNothing(entries: readonly unknown[]): readonly unknown[] | undefined {
  return entries.length > 0 ? entries : undefined;
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
