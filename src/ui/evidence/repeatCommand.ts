import type { Report } from '../../core/kinds/judge.ts';

/** What a check was made with, beside its file. */
export interface RepeatedCall {
  readonly file: string;
  readonly report: Pick<Report, 'at' | 'timeSource'>;
  /** Name of the trust file; undefined where nothing is pinned. */
  readonly trust: string | undefined;
  readonly companions: readonly string[];
}

/**
 * The call of the command line that makes the same check again (DESIGN §8). A time is given where one was given, and where the present was taken:
 * another day would be another check. Evidence judged at its own signed time needs none.
 */
export function repeatCommand({ file, report, trust, companions }: RepeatedCall): string {
  const { at, timeSource } = report;
  return [
    'npm run -s check --',
    ...(at !== null && timeSource !== 'signed' ? [`--at ${at}`] : []),
    ...(trust === undefined ? [] : [`--trust ${shellFile(trust)}`]),
    ...companions.map((name) => `--with ${shellFile(name)}`),
    shellFile(file),
  ].join(' ');
}

/** A file name as one word of a POSIX shell, and never one that reads as an option. */
export function shellFile(name: string): string {
  const path = name.startsWith('-') ? `./${name}` : name;
  return /^[\w./:@%+,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
