import { isHex } from '../../core/bytes/hex.ts';
import { limits } from '../../core/chain/limits.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { LocalWriter } from './readLocal.ts';

/** How far a transaction has come, in the writer's own words: news, never evidence. What counts is the audit. */
export const transactionStates = ['accepted', 'batched', 'stored', 'sequenced', 'final'] as const;
export type TransactionState = (typeof transactionStates)[number] | 'forked' | 'unknown';

export interface TransactionStatus {
  readonly state: TransactionState;
  readonly genesis?: string;
  readonly k?: number;
  readonly height?: number;
}

/**
 * Has the writer write `d`. The bytes become public and cannot be taken back.
 * @returns H(d), hex, once the write is on the writer's disk
 * @throws AuditorError `usage` WRITE_LENGTH; `source` WRITE_REFUSED with the writer's own sentence, WRITER_DOWN
 */
export async function recordTransaction(writer: LocalWriter, transaction: Uint8Array<ArrayBuffer>): Promise<string> {
  if (transaction.length > limits.transaction) {
    const message = `A record has at most ${limits.transaction} bytes. Record its digest instead.`;
    throw new AuditorError('usage', 'WRITE_LENGTH', message);
  }
  const answer = await ask(writer, 'write', {
    method: 'POST',
    headers: { Authorization: `Bearer ${writer.token}`, 'Content-Type': 'application/octet-stream' },
    body: transaction,
  });
  if (typeof answer.transaction !== 'string' || !isHex(answer.transaction, 32)) {
    throw new AuditorError(
      'source',
      'WRITE_REFUSED',
      'The writer’s answer names no transaction. Look for the file before sending it again.',
    );
  }
  return answer.transaction;
}

/** @throws AuditorError `source` WRITE_REFUSED, WRITER_DOWN; the signal's reason when aborted */
export async function transactionStatus(
  writer: LocalWriter,
  hash: string,
  signal?: AbortSignal,
): Promise<TransactionStatus> {
  const { state, genesis, k, height } = await ask(writer, `transactions/${hash}`, signal ? { signal } : {});
  const known = [...transactionStates, 'forked'].find((each) => each === state) as TransactionState | undefined;
  return {
    state: known ?? 'unknown',
    ...(typeof genesis === 'string' ? { genesis } : {}),
    ...(typeof k === 'number' ? { k } : {}),
    ...(typeof height === 'number' ? { height } : {}),
  };
}

async function ask(writer: LocalWriter, path: string, init: RequestInit): Promise<Readonly<Record<string, unknown>>> {
  const base = writer.url.endsWith('/') ? writer.url : `${writer.url}/`;
  let answer: Response;
  try {
    answer = await fetch(new URL(path, base), { ...init, cache: 'no-store' });
  } catch (cause) {
    if (init.signal?.aborted) throw init.signal.reason;
    throw new AuditorError(
      'source',
      'WRITER_DOWN',
      `The writer at ${writer.url} does not answer. Is it still running?`,
      { cause },
    );
  }
  const body: unknown = await answer.json().catch(() => undefined);
  const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  if (!answer.ok) {
    const reason = typeof value.message === 'string' ? value.message : `it answered ${answer.status}`;
    throw new AuditorError('source', 'WRITE_REFUSED', `The writer refused: ${reason}`);
  }
  return value;
}
