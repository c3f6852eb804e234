import type { KindView } from './view.ts';

const modules = import.meta.glob<{ readonly view: KindView }>('./*.tsx');

/** The view of a kind, or an empty one where it has none. */
export async function loadView(kind: string): Promise<KindView> {
  const load = modules[`./${kind}.tsx`];
  return load ? (await load()).view : {};
}
