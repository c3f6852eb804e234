import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { Refusal } from './refusal.ts';

/** The headers that make a request the writer's, and the one that says in every answer which sequencer gave it. */
export const requestHeaders = {
  sequencer: 'affidavit-sequencer',
  counter: 'affidavit-counter',
  signature: 'affidavit-signature',
} as const;

export interface WriterRequest {
  /** The sequencer that is meant, SPKI: a request cannot be replayed to its successor, to give that one a foreign block zero. */
  readonly sequencer: Uint8Array;
  readonly method: string;
  readonly path: string;
  /** Never used twice: a request that was once refused cannot be replayed when it would pass, to take a number behind the writer's back. */
  readonly counter: number;
  readonly body: Uint8Array;
}

function message(request: WriterRequest): Uint8Array {
  const { sequencer, method, path, counter, body } = request;
  return encodeCbor(['affidavit/sequencer-request/1', sequencer, method, path, counter, sha3(body)]);
}

/** @param writerKey Ed25519, private */
export function signRequest(request: WriterRequest, writerKey: KeyObject): Record<string, string> {
  return {
    [requestHeaders.sequencer]: toBase64Url(request.sequencer),
    [requestHeaders.counter]: String(request.counter),
    [requestHeaders.signature]: toBase64Url(sign(null, message(request), writerKey)),
  };
}

/** The headers as a server got them; attacker-controlled. */
export type ReceivedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns the request's counter once its signature has been found to be the writer's.
 * @throws Refusal NOT_SIGNED, OTHER_SEQUENCER, WRONG_SIGNATURE
 */
export function verifyRequest(
  received: Omit<WriterRequest, 'counter'>,
  headers: ReceivedHeaders,
  writerKey: KeyObject,
): number {
  const meant = headers[requestHeaders.sequencer];
  const counterText = headers[requestHeaders.counter];
  const signature = headers[requestHeaders.signature];
  if (typeof meant !== 'string' || typeof counterText !== 'string' || typeof signature !== 'string') {
    throw new Refusal('NOT_SIGNED', `A request carries the headers ${Object.values(requestHeaders).join(', ')}.`);
  }
  const own = toBase64Url(received.sequencer);
  if (meant !== own) {
    throw new Refusal('OTHER_SEQUENCER', `The request is for another sequencer; this one's key is ${own}.`);
  }
  const counter = /^[1-9][0-9]{0,15}$/.test(counterText) ? Number(counterText) : Number.NaN;
  if (!Number.isSafeInteger(counter) || !isSigned({ ...received, counter }, signature, writerKey)) {
    throw new Refusal(
      'WRONG_SIGNATURE',
      "Only the writer may ask: the request's signature is not by the writer's key.",
    );
  }
  return counter;
}

function isSigned(request: WriterRequest, signature: string, writerKey: KeyObject): boolean {
  if (!/^[A-Za-z0-9_-]{86}$/.test(signature)) return false;
  return verify(null, message(request), writerKey, Buffer.from(signature, 'base64url'));
}

/** @param spki base64url of an Ed25519 SPKI, as `WriterKey.publicKey`. @throws Error where it is not one */
export function importWriterKey(spki: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(fromBase64Url(spki)), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The key of the writer is an Ed25519 key.');
  return key;
}
