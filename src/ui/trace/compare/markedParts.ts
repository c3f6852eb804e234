import type { Part } from '../audit/eventParts.ts';

/** A piece of a sentence, and whether it is where two sentences part. */
export type MarkedPart = Exclude<Part, { readonly joined: readonly Part[] }> & { readonly differs?: boolean };

/** The pieces of one sentence with those marked that the other does not have in their place; all values of sentences that are built in other ways. */
export function markedParts(own: readonly Part[], other: readonly Part[] | undefined): readonly MarkedPart[] {
  const pieces = flat(own);
  const others = other && flat(other);
  const isAlike = others?.length === pieces.length;
  return pieces.map((piece, place): MarkedPart => {
    if ('text' in piece) return piece;
    const differs = !isAlike || JSON.stringify(piece) !== JSON.stringify(others[place]);
    return differs ? { ...piece, differs } : piece;
  });
}

function flat(parts: readonly Part[]): readonly Exclude<Part, { readonly joined: readonly Part[] }>[] {
  return parts.flatMap((part) => ('joined' in part ? flat(part.joined) : [part]));
}
