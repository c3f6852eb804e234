/** Where the words go: standard output. */
export interface LogOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface TerminalLog {
  /** Words as they are. */
  say(words: string): void;
  /** A line with the time of day. */
  log(words: string): void;
  /** What comes again and again: the last such line alone stands at the end of a terminal, so that nothing scrolls away; elsewhere each is a line. */
  status(words: string): void;
  /** Takes that line away: what stands above it is the last word. */
  end(): void;
}

/** @param clock milliseconds since 1970 */
export function openTerminalLog(output: LogOutput, clock: () => number = Date.now): TerminalLog {
  const timed = (words: string) => `${new Date(clock()).toTimeString().slice(0, 8)}  ${words}`;
  const erase = '\r\u001b[2K';
  let shown = '';
  const line = (words: string) => output.write(shown === '' ? `${words}\n` : `${erase}${words}\n${shown}`);
  return {
    say: line,
    log: (words) => line(timed(words)),
    status(words) {
      if (output.isTTY !== true) return void line(timed(words));
      shown = timed(words).slice(0, (output.columns || 80) - 1);
      output.write(`${erase}${shown}`);
    },
    end() {
      if (shown !== '') output.write(erase);
      shown = '';
    },
  };
}
