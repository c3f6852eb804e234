import { combine, type Status } from './status.ts';

/** A stable name of a check, `AREA_THING`. Words for people are keyed by it (see messages.ts). */
export type Code = `${Uppercase<string>}_${Uppercase<string>}`;

/** Values that fill the words of a check; they are plain JSON and are shown escaped. */
export type Params = Readonly<Record<string, string | number | boolean | null>>;

/** The very bytes that a check is about: SHA3-256 of the object they are in (hex), and where in it they stand. */
export interface Evidence {
  readonly digest: string;
  readonly offset: number;
  readonly length: number;
  /** What the object is, as the person knows it: `certificate 3`, `seq/17`. */
  readonly name?: string;
}

/** A remark that decides nothing (DESIGN §3.3): revocation not checked, a development key, a long `user_data`. */
export interface Note {
  readonly code: Code;
  readonly params?: Params;
}

/** One thing that was checked: plain JSON, deterministic, planned before it runs. */
export interface Check {
  readonly code: Code;
  readonly status: Status;
  readonly params?: Params;
  readonly evidence?: readonly Evidence[];
  /** The rule and its source, e.g. `RFC 9052 §4.4`. */
  readonly spec?: string;
  readonly notes?: readonly Note[];
  readonly children?: readonly Check[];
}

/** The shape of a check before it has run, so that it can be drawn at once. */
export interface Plan {
  readonly code: Code;
  readonly children?: readonly Plan[];
}

/** What a check carries beside its code and status. */
export type Details = Omit<Check, 'code' | 'status' | 'children'>;

export function pass(code: Code, details: Details = {}): Check {
  return { code, status: 'pass', ...details };
}

export function fail(code: Code, details: Details = {}): Check {
  return { code, status: 'fail', ...details };
}

export function unknown(code: Code, details: Details = {}): Check {
  return { code, status: 'unknown', ...details };
}

/** A parent that needs all of its children. */
export function all(code: Code, children: readonly Check[], details: Details = {}): Check {
  return { code, status: combine(children.map((child) => child.status)), ...details, children };
}

/** A plan as checks that have not run: what is drawn first, and what a cancelled run leaves behind. */
export function planned(plans: readonly Plan[]): Check[] {
  return plans.map(({ code, children }) => ({
    code,
    status: 'unknown' as const,
    ...(children ? { children: planned(children) } : {}),
  }));
}

/** Depth-first walk over checks and their children. */
export function* walk(checks: readonly Check[]): Generator<Check> {
  for (const check of checks) {
    yield check;
    if (check.children) yield* walk(check.children);
  }
}
