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
import type { SeenHeaders } from './seenHeaders.ts';

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
  /** Blocks before this one need no seals: a pinned hash commits to them. */
  readonly sealedFrom?: number | undefined;
  /** Gets every header that is read. */
  readonly seen?: SeenHeaders | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Headers of one message to a worker: a quarter of a second of work where a block has seven seals. */
const perBatch = 32;
/** Batches under way at once: fetched while others are judged. */
const underWay = 4;
/** So deep, and so often, is looked for where a branch begins. */
const reorganisation = { depth: 256, rounds: 4 } as const;
const hashRounds = 3;

export function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}

/**
 * Every header from `first` to `last`, by number. Where one does not name the one before it, the ledger may have exchanged blocks in between: those before it are asked
 * for again until they meet.
 * @param known the first of them, where they were read before
 * @throws the signal's reason, and what the executor throws
 */
export async function readHeaders(
  first: number,
  last: number,
  reading: HeaderReading,
  known: readonly ReadHeader[] = [],
): Promise<HeadersRead> {
  const from = first + known.length;
  const total = last - from + 1;
  const starts = Array.from({ length: Math.ceil(total / perBatch) }, (_, index) => from + index * perBatch);
  const by = new Set<RpcNode>();
  let done = 0;
  const stop = new AbortController();
  let fault: HeaderFault | undefined;
  const signal = reading.signal ? AbortSignal.any([reading.signal, stop.signal]) : stop.signal;
  const headers: ReadHeader[] = [...known];
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
  reading: HeaderReading,
  by: Set<RpcNode>,
): Promise<ReadHeader[] | HeaderFault> {
  const { nodes, order, consensus, signal } = reading;
  const calls = numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [quantity(number), false] }));
  const { outcomes, node } = await nodes.ask(calls, order, signal);
  by.add(node);
  const opened: Omit<ReadHeader, 'signers'>[] = [];
  for (const [index, number] of numbers.entries()) {
    const one = openAnswer(outcomes[index], number, consensus, node.name);
    if ('kind' in one) return one;
    opened.push(one);
  }
  return withSigners(opened, reading, node);
}

async function withSigners(
  opened: readonly Omit<ReadHeader, 'signers'>[],
  { executor, consensus, sealedFrom = 0, seen, signal }: HeaderReading,
  node: RpcNode,
): Promise<ReadHeader[]> {
  const needed = opened.filter(({ header }) => header.number >= sealedFrom);
  const signers = await executor.seals(
    needed.map(({ header }) => header.rlp),
    consensus,
    signal,
  );
  return opened.map((each) => {
    const read = { ...each, signers: signers[needed.indexOf(each)] ?? [] };
    seen?.note(read, node.name);
    return read;
  });
}

/** The block with this hash, from the first node that gives it; undefined where none does. */
export async function readByHash(hash: string, reading: HeaderReading): Promise<ReadHeader | undefined> {
  const { nodes, order, consensus, signal } = reading;
  // Asked again where it is not there: a node that shows two histories may deny at one time what it shows at another.
  const left = Array.from({ length: hashRounds }, () => order).flat();
  while (left.length > 0) {
    const { outcomes, node } = await nodes.ask([{ method: 'eth_getBlockByHash', params: [hash, false] }], left, signal);
    left.splice(left.indexOf(node), 1);
    const [outcome] = outcomes;
    if (outcome?.kind !== 'result' || outcome.value === null) continue;
    try {
      const opened = openBlock(outcome.value, consensus);
      if (opened.sealed.blockHash !== hash) continue;
      return (await withSigners([opened], reading, node))[0];
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return undefined;
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

/**
 * Blocks do not meet where the ledger has exchanged some while they were read, or where a node shows two histories. From a broken link backwards the parent that is named is asked
 * for by its hash, else what stands there now, until they meet. Returns how many were exchanged.
 */
async function mend(headers: ReadHeader[], reading: HeaderReading, by: Set<RpcNode>): Promise<number> {
  let exchanged = 0;
  const now = async (number: number): Promise<ReadHeader | undefined> => {
    const again = await readSome([number], reading, by);
    return 'kind' in again ? undefined : again[0];
  };
  for (let round = 0; round < reorganisation.rounds; round++) {
    const broken = headers.findIndex((_, index) => index > 0 && !meets(headers, index));
    const behind = headers[broken];
    if (broken < 0 || !behind) return exchanged;
    const before = exchanged;
    for (let index = broken - 1; index >= Math.max(0, broken - reorganisation.depth); index--) {
      const [here, child] = [headers[index], headers[index + 1]];
      if (!here || !child) break;
      const parent = await readByHash(child.header.parentHash, reading);
      const one = parent?.header.number === here.header.number ? parent : await now(here.header.number);
      if (!one || one.sealed.blockHash === here.sealed.blockHash) break;
      headers[index] = one;
      exchanged += 1;
      if (meets(headers, index + 1) && (index === 0 || meets(headers, index))) break;
    }
    if (exchanged > before) continue;
    // What stands before stays: then it is the block behind the break that was exchanged.
    const one = await now(behind.header.number);
    if (!one || one.sealed.blockHash === behind.sealed.blockHash) return exchanged;
    headers[broken] = one;
    exchanged += 1;
  }
  return exchanged;
}

function meets(headers: readonly ReadHeader[], index: number): boolean {
  return headers[index]?.header.parentHash === headers[index - 1]?.sealed.blockHash;
}
