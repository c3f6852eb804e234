import { stat } from 'node:fs/promises';

/**
 * A sentence where this machine's clock is behind the time at which a file of the last start was written, so must have been set back; the
 * embedded timestamp service takes its time from it. Undefined where nothing speaks against the clock.
 * @param now milliseconds since 1970
 */
export async function clockWarning(file: string, now: number): Promise<string | undefined> {
  const written = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
  if (written <= now + 5_000) return undefined;
  return `This machine's clock shows ${new Date(now).toISOString()}, but ${file} was written at ${new Date(written).toISOString()}. Set the clock (NTP): timestamps take their time from it here.`;
}
