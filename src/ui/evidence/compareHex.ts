/** A piece of a hex text that is the same in both, or is not. */
export interface HexPiece {
  readonly text: string;
  readonly differs: boolean;
}

/** How two hex texts differ. `first` counts from 1. */
export interface HexComparison {
  readonly different: number;
  readonly count: number;
  readonly first: number;
  readonly measured: readonly (readonly HexPiece[])[];
  readonly pinned: readonly (readonly HexPiece[])[];
}

/** Compares digit by digit; both sides in groups of four digits, each group in pieces that are equal or are not. */
export function compareHex(measured: string, pinned: string): HexComparison {
  const count = Math.max(measured.length, pinned.length);
  const differs = Array.from({ length: count }, (_, index) => measured[index] !== pinned[index]);
  return {
    different: differs.filter(Boolean).length,
    count,
    first: differs.indexOf(true) + 1,
    measured: inGroups(measured, differs),
    pinned: inGroups(pinned, differs),
  };
}

function inGroups(hex: string, differs: readonly boolean[]): readonly (readonly HexPiece[])[] {
  const groups: HexPiece[][] = [];
  for (const [index, digit] of [...hex].entries()) {
    if (index % 4 === 0) groups.push([]);
    const group = groups.at(-1) as HexPiece[];
    const last = group.at(-1);
    const isDifferent = differs[index] === true;
    if (last && last.differs === isDifferent) group[group.length - 1] = { ...last, text: last.text + digit };
    else group.push({ text: digit, differs: isDifferent });
  }
  return groups;
}
