import type { KindView } from './view.ts';

const modules = import.meta.glob<{ readonly view: KindView }>('./*.tsx');

/** Fetches every view before one is needed, for pages that are used with the network off. */
export function prepareViews(): void {
  for (const load of Object.values(modules)) load().catch(() => undefined);
}

/** The view of a kind, or an empty one where it has none. */
export async function loadView(kind: string): Promise<KindView> {
  const load = modules[`./${kind}.tsx`];
  return load ? (await load()).view : {};
}
