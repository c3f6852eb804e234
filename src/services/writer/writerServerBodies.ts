import { limits } from '../../core/chain/limits.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { IncomingMessage } from 'node:http';
import { HttpFault } from '../process/httpFault.ts';
import { readBody } from '../process/readBody.ts';

/**
 * Reads the bodies of requests, all of them together within a bound: the queue's bound alone would let any number of clients fill the memory
 * with what is not in the queue yet.
 */
export class RequestBodies {
  readonly #bound: number;
  #held = 0;

  /** @param bound in bytes; never less than one transaction of the greatest length */
  constructor(bound = 64 * 1024 * 1024) {
    this.#bound = Math.max(bound, limits.transaction);
  }

  /** @throws HttpFault 400 | 413, AuditorError `source` QUEUE_FULL, and whatever `action` throws */
  async use<Result>(request: IncomingMessage, action: (body: Uint8Array) => Promise<Result>): Promise<Result> {
    let length = 0;
    try {
      const onPart = (bytes: number): void => {
        if (this.#held + bytes > this.#bound) throw busy();
        length += bytes;
        this.#held += bytes;
      };
      return await action(await readBody(request, limits.transaction, { tooLong, onPart }));
    } finally {
      this.#held -= length;
    }
  }
}

function tooLong(): HttpFault {
  return new HttpFault(
    413,
    'TRANSACTION_LENGTH',
    `A transaction has at most ${limits.transaction} bytes. Record its hash instead.`,
  );
}

function busy(): AuditorError {
  const message = 'More is being sent at once than this writer takes. Send it again in a few seconds.';
  return new AuditorError('source', 'QUEUE_FULL', message);
}
