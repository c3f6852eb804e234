import type { PathDetails } from '../../core/x509/describeCertificate.ts';
import { list } from '../format/quantity.ts';

/** Paths over the very same certificates as one, under all of their names: several documents of one enclave share theirs. */
export function mergePaths(paths: readonly PathDetails[]): readonly PathDetails[] {
  const merged = new Map<string, { readonly path: PathDetails; readonly names: string[] }>();
  for (const path of paths) {
    const key = [path.root, ...path.certificates.map(({ fingerprint }) => fingerprint)].join(' ');
    const same = path.certificates.length > 0 ? merged.get(key) : undefined;
    if (same) same.names.push(path.name);
    else merged.set(path.certificates.length > 0 ? key : `${key} ${path.name}`, { path, names: [path.name] });
  }
  return [...merged.values()].map(({ path, names }) => ({ ...path, name: joined(names) }));
}

/** `document 1: Key of …` and `document 2: Key of …` → `document 1 and document 2: Key of …`. */
function joined(names: readonly string[]): string {
  const parts = names.map((name) => name.split(': '));
  const [first] = parts;
  const isAlike = first?.length === 2 && parts.every((part) => part.length === 2 && part[1] === first[1]);
  if (!isAlike) return list([...new Set(names)]);
  return `${list(parts.map(([before = '']) => before))}: ${first[1]}`;
}
