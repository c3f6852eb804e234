import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { openHeader } from '../../core/evm/judgeRange.ts';
import { headerFromRpc } from '../../core/evm/rpcHeader.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { mapInWindow } from '../pool/mapInWindow.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import type { LedgerNodes } from './ledgerNodes.ts';
import type { RpcNode, RpcOutcome } from './rpcNode.ts';

/** Why headers could not be read: what was given is none (`form`), it was not given (`missing`), or nobody answers (`down`). */
export interface HeaderFault {
  readonly kind: 'form' | 'missing' | 'down';
  readonly number: number;
  readonly node: string;
  readonly reason: string;
}

export interface HeadersRead {
  readonly headers: readonly ReadHeader[];
  /** The nodes that gave one of them. */
  readonly by: ReadonlySet<RpcNode>;
  readonly fault?: HeaderFault;
  /** Blocks that were exchanged for others while they were read. */
  readonly reorganised: number;
}

export interface HeaderReading {
  readonly nodes: LedgerNodes;
  /** In the order in which they are asked. */
  readonly order: readonly RpcNode[];
  readonly executor: EvmExecutor;
  readonly consensus: EvmPin['consensus'];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Headers of one message to a worker: a quarter of a second of work where a block has seven seals. */
const perBatch = 32;
/** Batches under way at once: fetched while others are judged. */
const underWay = 4;
/** So deep, and so often, is looked for where a branch begins. */
const reorganisation = { depth: 256, rounds: 4 } as const;

export function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}

/**
 * Every header from `first` to `last`, by number. Where one does not name the one before it, the ledger may have exchanged blocks in between: those before it are asked
 * for again until they meet. @throws the signal's reason, and what the executor throws
 */
export async function readHeaders(first: number, last: number, reading: HeaderReading): Promise<HeadersRead> {
  const total = last - first + 1;
  const starts = Array.from({ length: Math.ceil(total / perBatch) }, (_, index) => first + index * perBatch);
  const by = new Set<RpcNode>();
  let done = 0;
  const stop = new AbortController();
  let fault: HeaderFault | undefined;
  const signal = reading.signal ? AbortSignal.any([reading.signal, stop.signal]) : stop.signal;
  const headers: ReadHeader[] = [];
  try {
    const parts = await mapInWindow(
      starts,
      underWay * reading.executor.concurrency,
      async (start) => {
        const numbers = Array.from({ length: Math.min(perBatch, last - start + 1) }, (_, index) => start + index);
        const part = await readSome(numbers, { ...reading, signal }, by);
        if ('kind' in part) {
          fault ??= part;
          stop.abort();
          return [];
        }
        done += part.length;
        reading.onProgress?.(done, total);
        return part;
      },
      signal,
    );
    headers.push(...parts.flat());
  } catch (error) {
    reading.signal?.throwIfAborted();
    if (!fault) throw error;
  }
  if (fault) return { headers: [], by, fault, reorganised: 0 };
  const reorganised = await mend(headers, reading, by);
  return { headers, by, reorganised };
}

/** Reads headers of any numbers, in their order, and who sealed them. */
export async function readSome(
  numbers: readonly number[],
  { nodes, order, executor, consensus, signal }: HeaderReading,
  by: Set<RpcNode>,
): Promise<ReadHeader[] | HeaderFault> {
  const calls = numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [quantity(number), false] }));
  const { outcomes, node } = await nodes.ask(calls, order, signal);
  by.add(node);
  const opened: Omit<ReadHeader, 'signers'>[] = [];
  for (const [index, number] of numbers.entries()) {
    const one = openAnswer(outcomes[index], number, consensus, node.name);
    if ('kind' in one) return one;
    opened.push(one);
  }
  const signers = await executor.seals(
    opened.map(({ header }) => header.rlp),
    consensus,
    signal,
  );
  return opened.map((each, index) => ({ ...each, signers: signers[index] ?? [] }));
}

function openAnswer(
  outcome: RpcOutcome | undefined,
  number: number,
  consensus: EvmPin['consensus'],
  node: string,
): Omit<ReadHeader, 'signers'> | HeaderFault {
  if (outcome?.kind !== 'result') {
    return {
      kind: outcome?.kind === 'refused' ? 'missing' : 'down',
      number,
      node,
      reason: outcome?.reason ?? 'It gave no answer.',
    };
  }
  const { value } = outcome;
  if (value === null) return { kind: 'missing', number, node, reason: 'It says that there is no such block.' };
  try {
    const opened = openBlock(value, consensus);
    if (opened.header.number !== number) {
      throw new FormatError(`It answers with block ${opened.header.number}.`, 0);
    }
    return opened;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { kind: 'form', number, node, reason: error.message };
  }
}

/** A node's answer as the header that it makes. What the node says of its hash must be its hash: else something is in it that is not understood here. @throws FormatError */
export function openBlock(value: JsonValue, consensus: EvmPin['consensus']): Omit<ReadHeader, 'signers'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FormatError('It answers with something that is no block.', 0);
  const block: JsonObject = value;
  const opened = openHeader(headerFromRpc(block, consensus === 'aura' ? 'aura' : 'ordinary'), consensus);
  const said = block['hash'];
  const { blockHash } = opened.sealed;
  if (typeof said === 'string' && said.toLowerCase() !== blockHash) {
    throw new FormatError(
      `It says that the block's hash is ${said.slice(0, 66)}, but what it gives has the hash ${blockHash}.`,
      0,
    );
  }
  return opened;
}

/** Asks again for blocks before a broken link, backwards, until they meet. Returns how many were exchanged. */
async function mend(headers: ReadHeader[], reading: HeaderReading, by: Set<RpcNode>): Promise<number> {
  let exchanged = 0;
  for (let round = 0; round < reorganisation.rounds; round++) {
    const broken = headers.findIndex((_, index) => index > 0 && !meets(headers, index));
    if (broken < 0) return exchanged;
    const before = exchanged;
    for (let index = broken - 1; index >= Math.max(0, broken - reorganisation.depth); index--) {
      const number = headers[index]?.header.number ?? 0;
      const again = await readSome([number], reading, by);
      const [one] = 'kind' in again ? [] : again;
      if (!one || one.sealed.blockHash === headers[index]?.sealed.blockHash) break;
      headers[index] = one;
      exchanged += 1;
      if (index > 0 && meets(headers, index)) break;
    }
    if (exchanged === before) return exchanged;
  }
  return exchanged;
}

function meets(headers: readonly ReadHeader[], index: number): boolean {
  return headers[index]?.header.parentHash === headers[index - 1]?.sealed.blockHash;
}
