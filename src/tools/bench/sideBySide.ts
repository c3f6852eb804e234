/** Does a piece of work once and says how much it was: documents, bytes. */
export type Work = () => number | Promise<number>;

export interface Rates<Name extends string> {
  /** Median amount a second. */
  readonly rate: Readonly<Record<Name, number>>;
  /** Median over the rounds of one side's rate through the other's: steadier than the ratio of two medians on a machine that others use. */
  ratio(name: Name, other: Name): number;
}

const rounds = 5;
const roundMilliseconds = 200;

/**
 * Measures several pieces of work in turn, round by round, so that whatever slows the machine down slows all of them. Each is warmed up first.
 */
export async function sideBySide<Name extends string>(work: Readonly<Record<Name, Work>>): Promise<Rates<Name>> {
  const names = Object.keys(work) as Name[];
  for (const name of names) await work[name]();
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) measured[name].push(await rateOf(work[name]));
  }
  return {
    rate: Object.fromEntries(names.map((name) => [name, median(measured[name])])) as Record<Name, number>,
    ratio: (name, other) => median(measured[name].map((rate, round) => rate / measured[other][round]!)),
  };
}

async function rateOf(work: Work): Promise<number> {
  const start = performance.now();
  let amount = 0;
  let elapsed: number;
  do {
    amount += await work();
    elapsed = performance.now() - start;
  } while (elapsed < roundMilliseconds);
  return (amount / elapsed) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
