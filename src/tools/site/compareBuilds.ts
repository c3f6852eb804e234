/** Files of two builds that are not the same, sorted by name. */
export interface Difference {
  readonly name: string;
  readonly how: 'differs' | 'only in the first' | 'only in the second';
}

/** Compares the hashes of the files of two builds. */
export function compareBuilds(
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): readonly Difference[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
  return names.flatMap((name) => {
    if (!Object.hasOwn(second, name)) return { name, how: 'only in the first' } as const;
    if (!Object.hasOwn(first, name)) return { name, how: 'only in the second' } as const;
    return first[name] === second[name] ? [] : ({ name, how: 'differs' } as const);
  });
}
