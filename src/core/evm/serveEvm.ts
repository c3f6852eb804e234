import { errorReply } from '../kinds/errorReply.ts';
import { followCounter, proveReceipts, recoverSeals } from './jobs.ts';
import { isEvmRequest, type EvmReply, type EvmRequest } from './protocol.ts';

/** The worker's side. Requests are short (a batch of headers, one block's receipts), so a cancel is seen between two of them. */
export function serveEvm(post: (reply: EvmReply) => void, pause: () => Promise<void>): (message: unknown) => void {
  const running = new Map<number, AbortController>();
  return (message) => {
    if (!isEvmRequest(message)) return;
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const { signal } = running.set(id, new AbortController()).get(id) as AbortController;
    void answer(message, pause, signal)
      .then(post)
      .catch((thrown: unknown) => post(errorReply(id, thrown, signal)))
      .finally(() => running.delete(id));
  };
}

async function answer(
  request: Exclude<EvmRequest, { type: 'cancel' }>,
  pause: () => Promise<void>,
  signal: AbortSignal,
): Promise<EvmReply> {
  const { id } = request;
  await pause();
  signal.throwIfAborted();
  switch (request.type) {
    case 'seals':
      return { type: 'seals', id, signers: recoverSeals(request.headers, request.consensus) };
    case 'receipts':
      return { type: 'receipts', id, proven: await proveReceipts(request.job) };
    case 'counter':
      return { type: 'counter', id, state: followCounter(request.contract, request.events, request.from) };
  }
}
