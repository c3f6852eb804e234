import type { Io } from './io.ts';

/** On a terminal one line is drawn over again this often, elsewhere a line is added this often. Milliseconds. */
const redraw = 150;
const repeat = 5000;

export interface ProgressLine {
  readonly show: (text: string) => void;
  /** Takes the line away, so that other words can follow. */
  readonly end: () => void;
}

/** Progress on standard error, seldom enough that it costs nothing. */
export function createProgress(io: Pick<Io, 'say' | 'draw' | 'terminal' | 'now'>): ProgressLine {
  let shown = io.now();
  let drawn = false;
  return {
    show(text) {
      const now = io.now();
      if (now - shown < (io.terminal ? redraw : repeat)) return;
      shown = now;
      if (io.terminal) io.draw(text);
      else io.say(text);
      drawn = true;
    },
    end() {
      if (drawn && io.terminal) io.draw('');
      drawn = false;
    },
  };
}

/** Counts, rate and time left, e.g. `1,204 of 3,000 blocks, 310 a second, 6 s left`. */
export function progressWords(progress: {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly rate?: number;
  readonly secondsLeft?: number | null;
}): string {
  const { done, total, unit, rate, secondsLeft } = progress;
  const parts = [`${number(done)} of ${number(Math.max(done, total))} ${unit}`];
  if (rate !== undefined && rate > 0)
    parts.push(`${number(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate))} a second`);
  if (typeof secondsLeft === 'number') parts.push(`${duration(secondsLeft)} left`);
  return parts.join(', ');
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  return whole < 7200 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3600)} h`;
}
