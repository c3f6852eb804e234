/**
 * `work` over all items with at most `width` under way at once; results in the order of the items. The first failure, or the signal's
 * reason, rejects at once and nothing new is begun.
 */
export async function mapInWindow<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = Array.from({ length: items.length });
  const rest = items.entries();
  let failed = false;
  const runner = async (): Promise<void> => {
    for (const [index, item] of rest) {
      signal?.throwIfAborted();
      if (failed) return;
      results[index] = await work(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, runner));
  } catch (error) {
    failed = true;
    throw error;
  }
  signal?.throwIfAborted();
  return results;
}
