import type { Kind, Questions } from './qbftMessages.ts';
import type { Validator } from './validator.ts';

export interface Question {
  readonly id: number;
  readonly kind: Kind | 'stop';
  readonly asked: unknown;
}

/**
 * Lets a validator answer over the channel to the process that started this one, one question at a time, until it is told to stop. When that process is
 * gone the channel closes, and this one ends with its anvil.
 */
export function serveValidator(validator: Validator): void {
  let last: Promise<unknown> = Promise.resolve();
  const reply = (id: number, answer: unknown) => {
    if (process.connected) process.send?.({ id, answer }, () => undefined);
  };
  const handle = async ({ id, kind, asked }: Question) => {
    if (kind === 'stop') {
      await validator.close().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
      process.exit(0);
    }
    const answer = await validator.answer(kind, asked as Questions[Kind]['asked']);
    if ('refused' in answer) process.stderr.write(`${new Date().toISOString()} ${kind}: ${answer.refused}\n`);
    reply(id, answer);
  };
  process.on('disconnect', () => process.exit(0));
  process.on('message', (question: Question) => {
    last = last.then(() => handle(question));
  });
  process.send?.({ ready: validator.key.address });
}
