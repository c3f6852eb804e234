import type { KeyObject } from 'node:crypto';
import { fromBase64Url } from '../../core/bytes/base64.ts';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { parseJson } from '../../core/bytes/json.ts';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { limits } from '../../core/chain/limits.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { retry } from '../process/retry.ts';
import {
  SequencerLostError,
  SequencerRefusedError,
  SequencerUnreachableError,
  type SequencerClient,
  type SequencerIdentity,
} from './sequencerClient.ts';
import { openTransport, type SequencerAddress, type SequencerReply } from './sequencerTransport.ts';
import { requestHeaders, signRequest } from './writerRequest.ts';

export interface SequencerConnection {
  readonly address: SequencerAddress;
  /** Ed25519, private: the key that the sequencer was started with the public half of. */
  readonly writerKey: KeyObject;
  /** The K_S that must answer (SPKI, base64url); without it the first one that does. */
  readonly expected?: string;
  /** Tries per request, 5 by default. */
  readonly attempts?: number;
  /** Milliseconds per try, 10 000 by default. */
  readonly timeout?: number;
}

/** An answer that may be another one the next time: 5xx, or a counter that somebody used already. */
class PassingFault extends Error {}

/** Nothing is sent before the first call. */
export function connectSequencer(connection: SequencerConnection): SequencerClient {
  const { address, writerKey, attempts = 5, timeout = 10_000 } = connection;
  const transport = openTransport(address, timeout);
  let known = connection.expected;
  let counter = 0;

  function nextCounter(): number {
    counter = Math.max(counter + 1, Date.now() * 1_000);
    return counter;
  }

  /** Looks at who answered before anything else: a stranger's refusal means nothing. */
  function accept(reply: SequencerReply): SequencerReply {
    const found = reply.headers[requestHeaders.sequencer];
    if (typeof found !== 'string') throw new PassingFault('What answers there is not a sequencer.');
    known ??= found;
    if (found !== known) throw new SequencerLostError(known, found);
    if (reply.status === 200) return reply;
    const { code, message } = readFault(reply);
    if (reply.status >= 500 || code === 'REPLAYED') throw new PassingFault(`${code}: ${message}`);
    throw new SequencerRefusedError(code, reply.status, message);
  }

  async function ask(send: () => Promise<SequencerReply>): Promise<SequencerReply> {
    try {
      return await retry(async () => accept(await send()), {
        attempts,
        firstWait: 100,
        longestWait: 2_000,
        retryable: (error) => !(error instanceof AuditorError),
      });
    } catch (error) {
      if (error instanceof AuditorError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new SequencerUnreachableError(
        `The sequencer at ${address} did not answer ${attempts} times: ${reason}`,
        error,
      );
    }
  }

  async function identity(): Promise<SequencerIdentity> {
    const reply = await ask(() => transport.send('GET', '/identity', {}));
    const { counter: highest, ...rest } = readIdentity(reply, address);
    // A clock that was set back must not make this writer's requests look like old ones.
    counter = Math.max(counter, highest);
    return rest;
  }

  return {
    identity,
    async sequence(blockBytes, timestamp) {
      const body = encodeCbor([1, blockBytes, timestamp]);
      if (counter === 0) await identity();
      const sequencer = fromBase64Url(known as string);
      const reply = await ask(() => {
        const path = '/sequence';
        const headers = signRequest({ sequencer, method: 'POST', path, counter: nextCounter(), body }, writerKey);
        return transport.send('POST', path, { ...headers, 'content-type': 'application/cbor' }, body);
      });
      if (reply.body.length === 0 || reply.body.length > limits.enclaveDocument) {
        throw new SequencerUnreachableError(`The sequencer at ${address} answered with ${reply.body.length} bytes.`);
      }
      return reply.body;
    },
    close: () => transport.close(),
  };
}

function readFault(reply: SequencerReply): { code: string; message: string } {
  try {
    const { code, message } = parseJson(decodeUtf8(reply.body)) as Record<string, unknown>;
    if (typeof code === 'string' && typeof message === 'string') return { code, message };
  } catch {
    // Falls through: the status alone must do.
  }
  return { code: 'UNKNOWN', message: `The sequencer answered with HTTP status ${reply.status} and no reason.` };
}

function readIdentity(reply: SequencerReply, address: string): SequencerIdentity & { counter: number } {
  try {
    const value = parseJson(decodeUtf8(reply.body)) as Record<string, unknown>;
    const { publicKey, genesis, next, simulated, rootPem, pcrs, counter } = value;
    if (
      typeof publicKey === 'string' &&
      (genesis === null || typeof genesis === 'string') &&
      typeof next === 'number' &&
      typeof simulated === 'boolean' &&
      (rootPem === null || typeof rootPem === 'string') &&
      typeof counter === 'number' &&
      isTextRecord(pcrs)
    ) {
      return { publicKey, genesis, next, simulated, rootPem, pcrs: { ...pcrs }, counter };
    }
  } catch {
    // Falls through to the one message for everything that is not an identity.
  }
  throw new SequencerUnreachableError(`What answers at ${address} does not speak as a sequencer does.`);
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string')
  );
}
