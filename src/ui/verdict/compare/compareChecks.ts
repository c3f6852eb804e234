import type { Check, Params } from '../../../core/verdict/check.ts';

/** How a check of one verdict stands to that of another: same, another outcome, the same outcome for other reasons, or made by one alone. */
export type Difference = 'same' | 'outcome' | 'detail' | 'left' | 'right';

/** A check as two verdicts made it. */
export interface ComparedCheck {
  readonly code: string;
  readonly left: Check | undefined;
  readonly right: Check | undefined;
  readonly difference: Difference;
  /** Whether anything below differs. */
  readonly differsBelow: boolean;
  readonly children: readonly ComparedCheck[];
}

/** Innermost checks that differ, by how. */
export type DifferenceCounts = Readonly<Record<Exclude<Difference, 'same'>, number>>;

/**
 * Lays two trees of checks over one another. Siblings belong together by their code, several of one code in their order; what the right one alone
 * has stands behind what came before it there.
 */
export function compareChecks(left: readonly Check[], right: readonly Check[]): readonly ComparedCheck[] {
  const pairs = keyed(left);
  const leftKeys = new Set(pairs.map(([key]) => key));
  const others = keyed(right);
  const otherByKey = new Map(others.map(([key, check], place) => [key, { check, place }]));
  const result: ComparedCheck[] = [];
  let next = 0;
  const placeRightOnly = (end: number): void => {
    for (; next < end; next += 1) {
      const other = others[next];
      if (other && !leftKeys.has(other[0])) result.push(one(undefined, other[1]));
    }
  };
  for (const [key, check] of pairs) {
    const other = otherByKey.get(key);
    if (other) placeRightOnly(other.place);
    result.push(one(check, other?.check));
  }
  placeRightOnly(others.length);
  return result;
}

/** How many checks differ, and how; a parent whose children differ is not counted again. */
export function countDifferences(compared: readonly ComparedCheck[]): DifferenceCounts {
  const counts = { outcome: 0, detail: 0, left: 0, right: 0 };
  const look = ({ difference, differsBelow, children }: ComparedCheck): void => {
    if (difference !== 'same' && !differsBelow) counts[difference] += 1;
    children.forEach(look);
  };
  compared.forEach(look);
  return counts;
}

function one(left: Check | undefined, right: Check | undefined): ComparedCheck {
  // What one alone has needs no comparing below: all of it is that one's.
  const children = left && right ? compareChecks(left.children ?? [], right.children ?? []) : [];
  return {
    code: (left ?? right)?.code ?? '',
    left,
    right,
    difference: differenceOf(left, right),
    differsBelow: children.some(({ difference, differsBelow }) => difference !== 'same' || differsBelow),
    children,
  };
}

function differenceOf(left: Check | undefined, right: Check | undefined): Difference {
  if (!left) return 'right';
  if (!right) return 'left';
  if (left.status !== right.status) return 'outcome';
  return own(left) === own(right) ? 'same' : 'detail';
}

/** What a check says itself, without its children. */
function own({ params, evidence = [], notes = [] }: Check): string {
  return JSON.stringify([
    pairsOf(params),
    evidence.map(({ digest, offset, length, name }) => [digest, offset, length, name]),
    notes.map((note) => [note.code, pairsOf(note.params)]),
  ]);
}

function pairsOf(params: Params = {}): readonly unknown[] {
  return Object.entries(params).sort(([first], [second]) => (first < second ? -1 : 1));
}

function keyed(checks: readonly Check[]): readonly (readonly [string, Check])[] {
  const seen = new Map<string, number>();
  return checks.map((check) => {
    const count = seen.get(check.code) ?? 0;
    seen.set(check.code, count + 1);
    return [`${check.code} ${count}`, check];
  });
}
