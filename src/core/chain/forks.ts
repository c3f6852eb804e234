import type { ChainNode } from './omc.ts';
import type { Fork, SequencedBlock } from './types.ts';

/**
 * Every fork with where it leaves: a child of a main-chain block beside the one that won, followed along its least numbers, and each
 * further branch of it as a fork of its own. Children of the tail are undecided, not forks.
 */
export function listForks(
  main: readonly ChainNode[],
  hashes: ReadonlyMap<string, { readonly children: readonly ChainNode[] }>,
  cut: number,
): Fork[] {
  const branches: { readonly parent: ChainNode; readonly first: ChainNode }[] = [];
  for (let index = 0; index + 1 < main.length; index += 1) {
    const parent = main[index] as ChainNode;
    const siblings = hashes.get(parent.timestampHash)?.children ?? [];
    if (siblings.length < 2) continue;
    for (const first of siblings) if (first !== main[index + 1] && first.k < cut) branches.push({ parent, first });
  }
  const forks: Fork[] = [];
  // The list grows while it is walked: branches of branches are appended.
  for (const branch of branches) {
    const blocks: SequencedBlock[] = [];
    for (let node: ChainNode | undefined = branch.first; node;) {
      blocks.push({ ...node });
      const parent: ChainNode = node;
      const [next, ...others] = [...(hashes.get(parent.timestampHash)?.children ?? [])]
        .filter((child) => child.k < cut)
        .sort((a, b) => a.k - b.k);
      for (const first of others) branches.push({ parent, first });
      node = next;
    }
    forks.push({ parent: branch.parent.block, height: branch.first.height as number, blocks });
  }
  return forks.sort((a, b) => a.height - b.height || (a.blocks[0]?.k ?? 0) - (b.blocks[0]?.k ?? 0));
}
