import { AuditorError } from '../../core/verdict/auditorError.ts';

/**
 * Asks a ledger; what goes wrong is its refusal.
 * @param step what is asked, as it stands in the message
 * @param wordsOf why it was refused, for a person
 * @throws AuditorError `source` LEDGER_REFUSED
 */
export async function refusing<T>(step: string, ask: () => Promise<T>, wordsOf = shortWords): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof AuditorError) throw cause;
    const words = `The ledger refused ${step}: ${wordsOf(cause)}`;
    throw new AuditorError('source', 'LEDGER_REFUSED', words, { cause });
  }
}

/** viem's short message, without the call and its arguments. */
export function shortWords(cause: unknown): string {
  const { shortMessage, message } = cause as { readonly shortMessage?: unknown; readonly message?: unknown };
  return String(shortMessage ?? message ?? cause);
}
