import { wrongCall } from './args.ts';

/**
 * How many auditors are asked for; undefined where nothing was said. It is whoever asks that sets it, never a file.
 * @throws AuditorError `usage` CALL
 */
export function readThreshold(text: string | undefined, usage: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d?$/.test(text)) throw wrongCall('--threshold is a number from 1 to 99.', usage);
  return Number(text);
}
