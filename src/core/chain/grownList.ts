/** The list with one more. An array that is added to, or spread into, keeps room for sixteen more; nearly all of a chain's have one member. */
export function withOne<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.length === 0 ? [item] : [...list, item];
}

/** The same for a list that somebody may make long: from the third member on it is added to the list itself. */
export function grown<Item>(list: readonly Item[], item: Item): readonly Item[] {
  if (list.length < 2) return withOne(list, item);
  (list as Item[]).push(item);
  return list;
}
