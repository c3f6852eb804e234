import { judgeRange, judgeScattered, type RangeJudged } from '../../core/evm/judgeRange.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { ProvenSets } from '../../core/evm/validatorContract.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fail, unknown, type Check, type Code } from '../../core/verdict/check.ts';
import type { ContractReading } from './contractReading.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import type { LedgerNodes } from './ledgerNodes.ts';
import type { OpenNode } from './openNodes.ts';
import { readHeaders, readSome, type HeaderFault, type HeaderReading } from './readHeaders.ts';
import { readLogBlocks } from './readLogBlocks.ts';
import { readValidatorSets } from './readValidatorSets.ts';
import type { RpcNode } from './rpcNode.ts';
import type { SeenHeaders } from './seenHeaders.ts';

/** Headers that were read, and what they are worth. */
export interface ChainRead {
  readonly headers: readonly ReadHeader[];
  readonly judged: RangeJudged;
  /** Proven from the contract that keeps the validators, where one does. */
  readonly sets?: ProvenSets | undefined;
  /** Whether they are all headers of the range, in a row. */
  readonly isRow: boolean;
  readonly from: number;
  readonly to: number;
  /** The last block that the range needs and the node has. */
  readonly wanted: number;
  readonly source: RpcNode;
  /** Blocks that were exchanged for others while they were read. */
  readonly reorganised: number;
  /** What is wrong with nodes whose headers do not hold. */
  readonly faults: readonly Check[];
}

/** Longer ranges are read by the logs that nodes name, unless the caller says otherwise. */
const longestRow = 50_000;
/** More than that are not held in memory at once. */
const maximumRow = 1_000_000;

interface Range {
  readonly from: number;
  readonly to: number;
  /** First header that is needed: the checkpoint or the first block, whichever comes first. */
  readonly start: number;
}

/** Where reading begins and ends with a node that has come so far. */
function rangeOf({ pin, from, to }: ContractReading, head: number): Range {
  const { checkpoint } = pin;
  const first = from ?? pin.from ?? checkpoint?.number ?? 0;
  const end = to ?? (pin.consensus === 'ethereum' && checkpoint ? checkpoint.number : Math.min(head, pin.to ?? head));
  if (end < first && to !== undefined) {
    throw new AuditorError('usage', 'EVM_RANGE', `The range of blocks ends (${end}) before it begins (${first}).`);
  }
  // One block before the range tells what a contract had counted there.
  const before = checkpoint || (pin.from ?? 0) < first ? Math.max(0, first - 1) : first;
  return { from: first, to: end, start: Math.min(before, checkpoint?.number ?? before) };
}

/**
 * Reads headers until some hold: first from all nodes together, those that are slow covered by others; then, where that does not hold, from each node by itself.
 * Which node is believed is decided by the seals, not by how many agree.
 * @param known headers of the range that were read before, from its beginning or before it
 */
export async function readChain(
  reading: ContractReading,
  opened: readonly OpenNode[],
  nodes: LedgerNodes,
  executor: EvmExecutor,
  seen: SeenHeaders,
  known: readonly ReadHeader[] = [],
): Promise<ChainRead> {
  const { pin, signal } = reading;
  const all = opened.map(({ node }) => node);
  const attempts: readonly { readonly order: readonly RpcNode[]; readonly head: number }[] = [
    { order: all, head: opened[0]?.head ?? 0 },
    ...(opened.length > 1 ? opened.map(({ node, head }) => ({ order: [node], head })) : []),
  ];
  const faults: Check[] = [];
  let first: ChainRead | undefined;
  for (const { order, head } of attempts) {
    const source = order[0] as RpcNode;
    const range = rangeOf(reading, head);
    const header: HeaderReading = {
      nodes,
      order,
      executor,
      consensus: pin.consensus,
      sealedFrom: pin.checkpoint?.number,
      seen,
      signal,
      onProgress: (done, total) => reading.onProgress?.({ done, total, unit: 'blocks' }),
    };
    const one = await readOnce(reading, range, head, header, source, order === attempts[0]?.order ? known : []);
    if (one.judged.end >= 0) return { ...one, faults };
    first ??= one;
    if (order.length === 1)
      faults.push(fail('EVM_NODE', { params: { node: source.name, reason: reasonOf(one.judged.checks) } }));
  }
  return { ...(first as ChainRead), faults };
}

/** The first thing that does not hold, by its code: the check itself stands beside. */
function reasonOf(checks: readonly Check[]): string {
  const worst = checks.find(({ status }) => status === 'fail') ?? checks.find(({ status }) => status === 'unknown');
  const reason = worst?.params?.['reason'];
  return `Its blocks do not hold (${worst?.code ?? 'EVM_SEALS'}).${typeof reason === 'string' ? ` ${reason}` : ''}`;
}

async function readOnce(
  reading: ContractReading,
  range: Range,
  head: number,
  header: HeaderReading,
  source: RpcNode,
  known: readonly ReadHeader[],
): Promise<ChainRead> {
  const { pin } = reading;
  const made = {
    from: range.from,
    to: range.to,
    source,
    faults: [],
    wanted: Math.min(range.to, head),
    reorganised: 0,
  };
  const isBehind = pin.checkpoint !== undefined && head < Math.max(pin.checkpoint.number, range.from);
  if (isBehind || head < range.from) {
    const reason = `The newest block that ${source.name} shows is ${head}.`;
    return {
      ...made,
      headers: [],
      isRow: true,
      judged: worthless('EVM_HEAD', {
        number: head,
        needed: Math.max(range.from, pin.checkpoint?.number ?? 0),
        reason,
      }),
    };
  }
  // The headers up to the checkpoint are needed even where the range ends before it.
  const last = Math.max(Math.min(range.to, head), Math.min(pin.checkpoint?.number ?? 0, head));
  const length = last - range.start + 1;
  const how = reading.read ?? (length > longestRow ? 'logs' : 'headers');
  if (how === 'logs')
    return { ...made, isRow: false, ...(await readByLogs(reading, made.from, made.wanted, header, source)) };
  if (length > maximumRow) {
    throw new AuditorError(
      'usage',
      'EVM_RANGE',
      `${length} blocks are more than the ${maximumRow} that are read at once. Pin a nearer checkpoint.`,
    );
  }
  const before = known.filter(({ header: { number } }) => number >= range.start && number <= last);
  const { headers, fault, reorganised } = await readHeaders(range.start, last, header, before);
  if (fault) return { ...made, headers: [], isRow: true, judged: faulty(fault) };
  const judgedBy = pinFor(pin, range.start, last);
  const sets = judgedBy.validatorContract
    ? await readValidatorSets(headers, judgedBy, header.nodes, header.order, header.signal)
    : undefined;
  const judged = judgeRange(headers, judgedBy, sets);
  const { votesFrom } = judged;
  if (!pin.checkpoint || votesFrom === undefined || votesFrom >= range.start || last - votesFrom >= maximumRow) {
    return { ...made, headers, isRow: true, sets, judged, reorganised };
  }
  // A vote may or may not have decided something: the headers of its epoch before the pinned block tell, which its hash commits to.
  const earlier = await readHeaders(votesFrom, range.start - 1, header);
  const whole = earlier.fault ? headers : [...earlier.headers, ...headers];
  return { ...made, headers: whole, isRow: true, judged: judgeRange(whole, judgedBy), reorganised };
}

/** Keys of validators who have retired seal nothing outside of their range: without a checkpoint nothing else says who may. */
function pinFor(pin: EvmPin, first: number, last: number): EvmPin {
  const begins = pin.checkpoint ? Math.max(first, pin.checkpoint.number) : first;
  const isInside = (pin.from ?? 0) <= begins && last <= (pin.to ?? Number.MAX_SAFE_INTEGER);
  if (isInside) return pin;
  const { validatorContract: _, ...rest } = pin;
  return { ...rest, validators: [] };
}

async function readByLogs(
  reading: ContractReading,
  from: number,
  to: number,
  header: HeaderReading,
  source: RpcNode,
): Promise<Pick<ChainRead, 'headers' | 'judged'>> {
  const { pin, address, topics, signal } = reading;
  const found = await readLogBlocks({ address, ...(topics ? { topics } : {}) }, from, to, source, signal);
  if ('reason' in found) {
    return {
      headers: [],
      judged: worthless('EVM_LINKS', {
        reason: `${source.name} does not say in which blocks there are events. ${found.reason}`,
      }),
    };
  }
  const numbers = [...new Set([...found.numbers, to])];
  const headers: ReadHeader[] = [];
  for (let at = 0; at < numbers.length; at += 32) {
    const part = await readSome(numbers.slice(at, at + 32), header, new Set());
    if ('kind' in part) return { headers: [], judged: faulty(part) };
    headers.push(...part);
    header.onProgress?.(headers.length, numbers.length);
  }
  return { headers, judged: judgeScattered(headers, pinFor(pin, from, to)) };
}

/** Headers that could not be read decide nothing but that: what is none at all is bad evidence, what was not given is missing. */
function faulty({ kind, number, node, reason }: HeaderFault): RangeJudged {
  const params = { number, node, reason: `Block ${number} of ${node}: ${reason}` };
  if (kind !== 'form') return worthless('EVM_LINKS', params);
  return { checks: [fail('EVM_FORM', { spec: 'Ethereum Yellow Paper §4.3.4', params })], end: -1, progress: undefined };
}

function worthless(code: Code, params: Record<string, string | number>): RangeJudged {
  return { checks: [unknown(code, { params })], end: -1, progress: undefined };
}
