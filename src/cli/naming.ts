import { AuditorError } from '../core/verdict/auditorError.ts';

/**
 * What is wrong with a file is said with its name, so that it is clear which of several is meant.
 * @param name as it was given
 */
export async function naming<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof AuditorError) || cause.kind !== 'usage' || cause.message.includes(name)) throw cause;
    throw new AuditorError('usage', cause.code, `${name}: ${cause.message}`, { cause });
  }
}
