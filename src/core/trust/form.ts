import { memberPath, shown, trustFault } from './fault.ts';

/** Takes one value of a parsed JSON document over, or refuses it with its path. */
export type Reader<T> = (value: unknown, path: string) => T;

/** Refuses a value that has not the form it must have. */
export function refuse(path: string, expected: string, value: unknown): never {
  throw trustFault('TRUST_VALUE', path, `must be ${expected}, but is ${shown(value)}`, 'Correct it, or take it out.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these members and no others; those not in `required` may be absent. */
export function object<T extends object>(
  members: { readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>> },
  required: readonly (keyof T & string)[] = [],
): Reader<T> {
  return (value, path) => {
    if (!isObject(value)) refuse(path, 'an object', value);
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(members, name)) {
        const known = Object.keys(members).join(', ');
        throw trustFault(
          'TRUST_UNKNOWN_KEY',
          memberPath(path, name),
          `is not known; ${path} may have: ${known}`,
          'Take it out, or correct its spelling: what is not understood is never ignored.',
        );
      }
    }
    const result: Record<string, unknown> = {};
    for (const name of Object.keys(members) as (keyof T & string)[]) {
      if (Object.hasOwn(value, name)) {
        result[name] = members[name](value[name], memberPath(path, name));
      } else if (required.includes(name)) {
        throw trustFault('TRUST_MISSING', memberPath(path, name), 'is missing', `Add it, or take ${path} out.`);
      }
    }
    return result as T;
  };
}

/** An array of `minimum` to `maximum` entries of one form. */
export function list<T>(entry: Reader<T>, maximum: number, minimum = 0): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) refuse(path, 'a list', value);
    if (value.length > maximum || value.length < minimum) {
      throw tooMany(path, minimum, maximum, value.length);
    }
    return value.map((item, index) => entry(item, `${path}[${index}]`));
  };
}

function tooMany(path: string, minimum: number, maximum: number, count: number) {
  const problem = `must have ${minimum} to ${maximum} entries, but has ${count}`;
  return trustFault('TRUST_VALUE', path, problem, 'Add what is missing, or take out what is not needed.');
}

/** An object whose member names are themselves values, such as DIDs. */
export function record<T>(
  name: RegExp,
  named: string,
  entry: Reader<T>,
  maximum: number,
): Reader<Readonly<Record<string, T>>> {
  return (value, path) => {
    if (!isObject(value)) refuse(path, 'an object', value);
    const names = Object.keys(value);
    if (names.length > maximum) throw tooMany(path, 0, maximum, names.length);
    for (const member of names) {
      if (!name.test(member) || member.length > 2048) refuse(memberPath(path, member), `named by ${named}`, member);
    }
    return Object.fromEntries(names.map((member) => [member, entry(value[member], memberPath(path, member))]));
  };
}

/** Text of a pattern, at most `maximum` UTF-16 units, without control characters. */
export function text(expected: string, maximum: number, pattern = /^.+$/u): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string' || value.length > maximum || /\p{Cc}/u.test(value) || !pattern.test(value)) {
      refuse(path, expected, value);
    }
    return value;
  };
}

/** A whole number within bounds. */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, path) => {
    if (!Number.isSafeInteger(value) || (value as number) < minimum || (value as number) > maximum) {
      refuse(path, `a whole number from ${minimum} to ${maximum}`, value);
    }
    return value as number;
  };
}

/** True or false. */
export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') refuse(path, 'true or false', value);
  return value;
};

/** One of a few words. */
export function word<T extends string>(...words: readonly T[]): Reader<T> {
  return (value, path) => {
    if (!words.includes(value as T)) refuse(path, `one of ${words.join(', ')}`, value);
    return value as T;
  };
}

/**
 * Any JSON object, taken over as it stands. Integers beyond ±(2⁵³−1), which JSON lets one write as 1e20, are refused: written out again they
 * would not be the same.
 */
export const anyObject: Reader<Readonly<Record<string, unknown>>> = (value, path) => {
  if (!isObject(value)) refuse(path, 'an object', value);
  refuseUnsafe(value, path);
  return value;
};

function refuseUnsafe(value: unknown, path: string): void {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    refuse(path, 'within ±(2^53−1), as every integer', value);
  }
  if (Array.isArray(value)) for (const [index, entry] of value.entries()) refuseUnsafe(entry, `${path}[${index}]`);
  else if (isObject(value)) for (const name of Object.keys(value)) refuseUnsafe(value[name], memberPath(path, name));
}

/** Refuses two entries that have the same key; entries without a key do not count. */
export function distinct<T>(
  entries: readonly T[],
  path: string,
  what: string,
  key: (entry: T) => string | undefined,
): void {
  const seen = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const value = key(entry);
    if (value === undefined) continue;
    const first = seen.get(value);
    if (first !== undefined) {
      throw trustFault(
        'TRUST_DUPLICATE',
        `${path}[${index}]`,
        `has the same ${what} as ${path}[${first}] (${shown(value)})`,
        'Keep one of the two.',
      );
    }
    seen.set(value, index);
  }
}
