import { boundedBody } from '../../audit/source/boundedBody.ts';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import type { SignedVote } from '../../core/network/vote.ts';
import { contentBounds } from './contentStore.ts';

const patience = { content: 10_000, vote: 3_000 } as const;
/** Of what a node says to a vote that it is told. */
const maximumAnswer = 1024;

/**
 * A file by its digest, from the first of several addresses that has it. What comes back is what was asked for, whoever gave it.
 * @returns undefined where none of them has it
 */
export async function fetchContent(
  nodes: readonly string[],
  digest: string,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  for (const node of nodes) {
    const bytes = await askPeer(`${node}/content/${digest}`, contentBounds.file, signal).catch(() => undefined);
    signal?.throwIfAborted();
    if (bytes && sha3Hex(bytes) === digest) return bytes;
  }
  return undefined;
}

/** A body of at most so many bytes. @throws whatever goes wrong: who asks several asks the next one */
export async function askPeer(url: string, maximum: number, signal?: AbortSignal): Promise<Uint8Array> {
  const late = AbortSignal.timeout(patience.content);
  // A redirect would make this node ask an address that whoever answers chose.
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, late]) : late, redirect: 'error' });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url} answers ${response.status}`);
  }
  const bytes = await boundedBody(response, maximum);
  if (!bytes) throw new Error(`${url} answers with more than ${maximum} bytes`);
  return bytes;
}

/** What a node answers that does not take what it is sent. */
export class PeerRefusal extends Error {
  readonly status: number;

  constructor(url: string, status: number) {
    super(`${url} answers ${status}`);
    this.status = status;
  }
}

/** @throws PeerRefusal, or whatever else goes wrong */
export async function sendToPeer(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const signal = AbortSignal.timeout(patience.content);
  const response = await fetch(url, { method: 'POST', body: bytes, signal, redirect: 'error' });
  await response.body?.cancel();
  if (!response.ok) throw new PeerRefusal(url, response.status);
}

/** Gives a file to nodes, who give it to whoever asks. @returns how many of them have it now */
export async function giveContent(nodes: readonly string[], bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const given = await Promise.allSettled(nodes.map((node) => sendToPeer(`${node}/content`, bytes)));
  return given.filter(({ status }) => status === 'fulfilled').length;
}

/** Tells others of a vote; who does not hear it reads it from the ledger. @returns how many keep it, to hold it against others */
export async function tellVote(nodes: readonly string[], signed: SignedVote): Promise<number> {
  const body = JSON.stringify(signed);
  const told = await Promise.allSettled(
    nodes.map(async (node) => {
      const signal = AbortSignal.timeout(patience.vote);
      const response = await fetch(`${node}/votes`, { method: 'POST', body, signal, redirect: 'error' });
      const answer = await boundedBody(response, maximumAnswer);
      return answer !== undefined && (JSON.parse(decodeUtf8(answer)) as { heard?: unknown }).heard === true;
    }),
  );
  return told.filter((each) => each.status === 'fulfilled' && each.value).length;
}
