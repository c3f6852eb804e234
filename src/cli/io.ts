/** What a command may use of the world around it, so that it can be run in a test without a process. */
export interface Io {
  /** The folder that the command was called from; paths resolve against it. */
  readonly folder: string;
  /** Where this user's own settings and secrets are kept; made when it is needed. */
  readonly userFolder: string;
  /** Writes one line of JSON to standard output, where nothing else ever goes. */
  readonly line: (value: unknown) => void;
  /** Writes words for people to standard error. */
  readonly say: (text: string) => void;
  /** Draws words over the last line of a terminal; empty words take them away. */
  readonly draw: (text: string) => void;
  /** Whether standard error is a terminal: progress is drawn on one line there. */
  readonly terminal: boolean;
  /** Whether a person watches standard output too: a long line that was not asked for would push the words away. */
  readonly watched?: boolean;
  /** Whether words may be coloured. */
  readonly colour: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Notes what is under way, to be named when it is cancelled. */
  readonly doing: (what: string) => void;
}

/** Exit codes (DESIGN §8): all verified; something rejected or undetermined; wrong call, unreadable file, unknown kind. */
export type ExitCode = 0 | 1 | 2;

/** 2 beats 1 beats 0. */
export function worst(codes: Iterable<ExitCode>): ExitCode {
  return Math.max(0, ...codes) as ExitCode;
}
