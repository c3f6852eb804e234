import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';

/**
 * Takes a state folder for this process, until it is released or this process is gone, however it ends: LevelDB's own lock, which the
 * system gives back even after a kill.
 * @throws AuditorError `usage` STATE_LOCKED, `source` IO_…
 */
export async function lockState(folder: string): Promise<() => Promise<void>> {
  const lock = new ClassicLevel(join(folder, 'lock'));
  try {
    await lock.open();
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    if (faultCode(cause) === 'LEVEL_LOCKED') {
      throw new AuditorError(
        'usage',
        'STATE_LOCKED',
        `Another process is using the state folder ${folder}. Stop it, or choose another folder with --state.`,
        { cause: error },
      );
    }
    throw ioFault(`The state folder ${folder} cannot be used`, cause ?? error);
  }
  return () => lock.close();
}
