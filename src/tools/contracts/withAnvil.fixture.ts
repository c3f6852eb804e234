import { AuditorError } from '../../core/verdict/auditorError.ts';
import { type Anvil, startAnvil } from './anvil.ts';

/** A node for all tests of one file, or undefined with one line that says what is skipped where none can be had. */
export async function anvilForTests(
  what: string,
  hardfork?: Parameters<typeof startAnvil>[0],
): Promise<Anvil | undefined> {
  try {
    return await startAnvil(hardfork);
  } catch (error) {
    if (!(error instanceof AuditorError && error.code === 'ANVIL_MISSING')) throw error;
    process.stderr.write(`skipped: ${what} (${error.message})\n`);
    return undefined;
  }
}

/** 32 equal bytes. */
export function word(byte: number): `0x${string}` {
  return `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;
}
