import { setMaxListeners } from 'node:events';
import { homedir } from 'node:os';
import { AuditorError } from '../core/verdict/auditorError.ts';
import type { ExitCode, Io } from './io.ts';
import { userFolder } from './userFolder.ts';

/** How long a cancelled command may take to stop by itself. */
const patienceMilliseconds = 2000;

/**
 * Runs a command as a process: its arguments, its folder (`INIT_CWD`, where npm was called), its exit code. A wrong call or broken I/O is said in
 * words on standard error and exits 2; Ctrl-C says what was cancelled and exits 130.
 * @param phrase how words are put that name a command: as npm calls it here, otherwise where the package is installed
 */
export async function run(
  command: (args: readonly string[], io: Io) => Promise<ExitCode>,
  phrase: (words: string) => string = (words) => words,
): Promise<void> {
  const { stdout, stderr, env } = process;
  const cancel = new AbortController();
  // Every request under way listens to it, hundreds at once.
  setMaxListeners(0, cancel.signal);
  let under = '';
  const say = (text: string): void => void stderr.write(`${phrase(text)}\n`);
  const leave = (code: number): void => {
    process.exitCode = code;
    // What is written to a pipe must be out before the process ends; connections kept open must not hold it up.
    stdout.write('', () => stderr.write('', () => process.exit(code)));
  };
  // Whoever reads the lines may stop early, as `head` does.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 141 : 2));
  process.on('SIGINT', () => {
    if (cancel.signal.aborted) process.exit(130);
    cancel.abort(new DOMException('Cancelled', 'AbortError'));
    say(`\nCancelled${under === '' ? '' : ` while ${under}`}. Nothing was concluded about what is not listed above.`);
    setTimeout(() => process.exit(130), patienceMilliseconds).unref();
  });
  const terminal = stderr.isTTY === true;
  const io: Io = {
    folder: env.INIT_CWD || process.cwd(),
    userFolder: userFolder(env, process.platform, homedir()),
    line: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    say,
    draw: (text) => void stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns || 80) - 1)}`),
    terminal,
    watched: stdout.isTTY === true,
    colour: terminal && !env.NO_COLOR && env.TERM !== 'dumb',
    now: Date.now,
    signal: cancel.signal,
    doing: (what) => (under = what),
  };
  try {
    const code = await command(process.argv.slice(2), io);
    leave(cancel.signal.aborted ? 130 : code);
  } catch (error) {
    if (cancel.signal.aborted) return leave(130);
    say(describe(error));
    leave(2);
  }
}

function describe(error: unknown): string {
  if (error instanceof AuditorError && error.kind !== 'internal') return error.message;
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Affidavit failed at something that it should not fail at. Please report this:\n${words}`;
}
