/** One measured figure, as `--json` prints it, one a line. */
export interface Figure {
  /** `certificate.bytes.gzip`: the bench, what was measured, which side of it. */
  readonly name: string;
  /** Null where what was measured cannot be true, or tells of other programs. */
  readonly value: number | null;
  readonly unit: string;
  /** What was aimed at, or null where the figure only stands beside another. */
  readonly target: number | null;
  /** Null without a target. */
  readonly met: boolean | null;
}

/** Words for whoever waits. */
export type Say = (words: string) => void;
/** Gives figures out as soon as they are there: a long bench that is ended has not measured for nothing. */
export type Emit = (figures: readonly Figure[]) => void;

export interface BenchOptions {
  /** Length of the chain that is audited; each bench has its own where it is left out. */
  readonly blocks?: number;
  readonly say: Say;
  readonly emit: Emit;
}

/** A group of figures that are measured together, in one run. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(options: BenchOptions): Promise<void>;
}

/** A figure without a target: something to compare with. */
export function figure(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, target: null, met: null };
}

export function atLeast(name: string, value: number, unit: string, target: number): Figure {
  return { name, value: rounded(value), unit, target, met: value >= target };
}

export function atMost(name: string, value: number, unit: string, target: number): Figure {
  return { name, value: rounded(value), unit, target, met: value <= target };
}

/** A figure that this run could not measure. */
export function unreliable(name: string, unit: string, target?: number): Figure {
  return { name, value: null, unit, target: target ?? null, met: null };
}

/** Four significant digits: more is noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
