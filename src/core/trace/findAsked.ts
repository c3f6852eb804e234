import type { JsonObject, JsonValue } from '../bytes/json.ts';
import type { ShownEvent } from './shownEvents.ts';

/** A member of an event, or a place of its list. */
type Part = readonly [name: string, place?: string];

/** Questions that ask for the same parts of an event, and so are answered with one look at each event. */
export interface AskedAlike {
  readonly parts: readonly Part[];
  /** By the values of these parts: the places of those questions in the list. */
  readonly wanted: Map<string, number[]>;
}

/** Groups what is asked for by the parts that it asks for, read as `matchesEvent` reads them. */
export function groupAsked(asked: readonly JsonObject[]): readonly AskedAlike[] {
  const groups = new Map<string, AskedAlike>();
  for (const [index, each] of asked.entries()) {
    const parts = partsOf(each).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const shape = JSON.stringify(parts.map(([part]) => part));
    const group = groups.get(shape) ?? { parts: parts.map(([, part]) => part), wanted: new Map() };
    groups.set(shape, group);
    const values = JSON.stringify(parts.map(([, , value]) => value));
    const same = group.wanted.get(values);
    if (same) same.push(index);
    else group.wanted.set(values, [index]);
  }
  return [...groups.values()];
}

/**
 * For each question the first event that `matchesEvent` it. Every event is looked at once for each group, at no more of its parts than it has, however many questions there are.
 * @param groups of `groupAsked`
 */
export function findAsked(
  shown: readonly ShownEvent[],
  groups: readonly AskedAlike[],
): ReadonlyMap<number, ShownEvent> {
  const found = new Map<number, ShownEvent>();
  for (const { parts, wanted } of groups) {
    for (const each of shown) {
      const values = valuesOf(each.event, parts);
      const indices = values && wanted.get(values);
      if (!indices || found.has(indices[0] as number)) continue;
      for (const index of indices) found.set(index, each);
    }
  }
  return found;
}

function partsOf(asked: JsonObject): [order: string, part: Part, value: JsonValue][] {
  return Object.entries(asked).flatMap(([name, value]): [string, Part, JsonValue][] => {
    if ((name !== 'args' && name !== 'results') || typeof value !== 'object' || value === null) {
      return [[JSON.stringify([name]), [name], value as JsonValue]];
    }
    return Object.entries(value).flatMap(([place, each]): [string, Part, JsonValue][] =>
      each === null ? [] : [[JSON.stringify([name, place]), [name, place], each as JsonValue]],
    );
  });
}

/** Undefined where the event does not have, or does not show, one of the parts. */
function valuesOf(event: JsonObject, parts: readonly Part[]): string | undefined {
  const values: JsonValue[] = [];
  for (const [name, place] of parts) {
    const member = own(event, name);
    const value = place === undefined ? member : own(member, place);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return JSON.stringify(values);
}

/** What every object has is no member of an event. */
function own(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (value === undefined || value === null || !Object.hasOwn(value as object, name)) return undefined;
  return (value as JsonObject)[name];
}
