/** A proof as the picture needs it: its place in the credential, and the places of those that it names. */
export interface LinkedProof {
  readonly index: number;
  readonly previous: readonly number[];
}

/** Where a proof is drawn: how many proofs lie under it at most, and its place among those of the same depth. */
export interface LaidProof {
  readonly index: number;
  readonly level: number;
  readonly place: number;
}

export interface ProofPicture {
  readonly nodes: readonly LaidProof[];
  /** From the one that is covered to the one that covers it. */
  readonly edges: readonly { readonly from: LaidProof; readonly to: LaidProof }[];
  readonly levels: number;
  /** How many stand on each level. */
  readonly widths: readonly number[];
}

/** Lays proofs out by what they build on: those that build on nothing at level 0. Circles, which are refused anyway, end where they close. */
export function layOutProofs(proofs: readonly LinkedProof[]): ProofPicture {
  const byIndex = new Map(proofs.map((proof) => [proof.index, proof]));
  const known = new Map<number, number>();
  const levelOf = (index: number, above: ReadonlySet<number>): number => {
    const found = known.get(index);
    if (found !== undefined) return found;
    const inside = new Set([...above, index]);
    const below = (byIndex.get(index)?.previous ?? []).filter((each) => byIndex.has(each) && !inside.has(each));
    const level = below.reduce((most, each) => Math.max(most, levelOf(each, inside) + 1), 0);
    known.set(index, level);
    return level;
  };
  const widths: number[] = [];
  const nodes = proofs.map(({ index }): LaidProof => {
    const level = levelOf(index, new Set());
    const place = widths[level] ?? 0;
    widths[level] = place + 1;
    return { index, level, place };
  });
  const at = new Map(nodes.map((node) => [node.index, node]));
  const edges = proofs.flatMap(({ index, previous }) =>
    previous.flatMap((each) => {
      const [from, to] = [at.get(each), at.get(index)];
      return from && to ? [{ from, to }] : [];
    }),
  );
  const levels = widths.length;
  return { nodes, edges, levels, widths: Array.from({ length: levels }, (_, level) => widths[level] ?? 0) };
}
