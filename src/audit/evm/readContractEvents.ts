import { mayHold } from '../../core/evm/bloom.ts';
import { judgeCompleteness } from '../../core/evm/completeness.ts';
import { checkCode, expectedCode } from '../../core/evm/contractCode.ts';
import { equivocationCheck, type Equivocation } from '../../core/evm/equivocation.ts';
import type { EventFilter, ProvenEvent } from '../../core/evm/events.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { contractWithCode, knownContracts, slotKey } from '../../core/evm/knownContracts.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../core/verdict/check.ts';
import { mapInWindow } from '../pool/mapInWindow.ts';
import { compareCounter } from './compareCounter.ts';
import { blocksBehind, compareNodes } from './compareNodes.ts';
import type { ContractEvents, ContractReading } from './contractReading.ts';
import { replacedFrom } from './replacedFrom.ts';
import { recall } from './headerMemory.ts';
import { inProcessEvmExecutor } from './evmExecutor.ts';
import { findEquivocation, followBranches } from './findEquivocation.ts';
import { LedgerNodes } from './ledgerNodes.ts';
import { openNodes } from './openNodes.ts';
import { readAccount } from './readAccount.ts';
import { readChain, type ChainRead } from './readChain.ts';
import { blocksPerRequest, readReceiptsOf, type BlockReceipts } from './readReceipts.ts';
import type { RpcNode } from './rpcNode.ts';
import { SeenHeaders } from './seenHeaders.ts';

/** Requests for receipts under way at once. */
const receiptsUnderWay = 3;

/**
 * Every event of a contract in a range of blocks, believed for seals and proofs alone (DESIGN §3): headers from the pinned checkpoint on, sealed by the validators that
 * are followed from it; receipts of every block that may hold an event, against those headers; the contract's code and its own counter, proven from its storage.
 * A node that lies is named by a failing check; where another node has what holds, that counts.
 * @throws AuditorError `source` where no node answers, `usage` for a call that makes no sense; the signal's reason when aborted
 */
export function readContractEvents(reading: ContractReading): Promise<ContractEvents> {
  return readRound(reading, { before: [], round: 0, reorganised: 0 });
}

/** Of a ledger that exchanges its blocks while it is read, everything from there on is read again, so often. */
const maximumRounds = 3;

interface Round {
  /** Headers from before where the branches part. */
  readonly before: readonly ReadHeader[];
  readonly round: number;
  readonly reorganised: number;
}

async function readRound(reading: ContractReading, { before, round, reorganised }: Round): Promise<ContractEvents> {
  const { rpc, pin, signal, executor = inProcessEvmExecutor } = reading;
  const address = addressOf(reading.address);
  const opened = await openNodes(rpc, pin, reading.options ?? {}, signal);
  const nodes = new LedgerNodes(opened.nodes.map(({ node }) => node));
  if (opened.nodes.length === 0)
    return nothing(reading, [opened.check, ...nodesCheck(rpc, opened.refused, false)], nodes);
  const seen = new SeenHeaders();
  const chain = await readChain(reading, opened.nodes, nodes, executor, seen, before);
  const equivocationIn = async (read: ChainRead, order: readonly RpcNode[]): Promise<Equivocation | undefined> => {
    const search = { ...read, pin, seen };
    await followBranches(search, { nodes, order, executor, consensus: pin.consensus, seen, signal });
    return findEquivocation(search);
  };
  const { headers, judged, from, to } = chain;
  const remembered = await recall(reading.memory, pin, chain.isRow ? headers : [], seen, executor, signal);
  const relied = headers.slice(0, judged.end + 1);
  const last = relied.at(-1);
  if (!last) {
    const report = nodesCheck(rpc, [...opened.refused, ...chain.faults], false);
    const rest = (['EVM_INCLUSION', 'EVM_CODE', 'EVM_COMPLETE'] as const).map((code) =>
      unknown(code, {
        params: {
          from,
          to,
          address,
          number: 0,
          name: '',
          reason: 'The blocks do not hold, so nothing is proven against them.',
        },
      }),
    );
    const equivocation = await equivocationIn(chain, nodes.all);
    const both = equivocation ? [equivocationCheck(equivocation)] : [];
    const open = nothing(reading, [opened.check, ...report, ...judged.checks, ...both, ...rest], nodes, from, to);
    return { ...open, equivocation };
  }
  const order = [chain.source, ...nodes.all.filter((node) => node !== chain.source)];
  const filter: EventFilter = { address, ...(reading.topics ? { topics: reading.topics.map(lower) } : {}) };
  const inRange = relied.filter(({ header }) => header.number >= from && header.number <= to);
  reading.onHeaders?.(inRange);
  const hits = inRange.filter((read) => mayHoldEvent(read, filter));
  let done = 0;
  const groups = Array.from({ length: Math.ceil(hits.length / blocksPerRequest) }, (_, index) =>
    hits.slice(index * blocksPerRequest, (index + 1) * blocksPerRequest),
  );
  const read = await mapInWindow(
    groups,
    receiptsUnderWay,
    async (group) => {
      const blocks = await readReceiptsOf(group, { nodes, order, executor, filter, signal });
      done += group.length;
      reading.onProgress?.({ done, total: hits.length, unit: 'receipts' });
      return blocks;
    },
    signal,
  );
  const opening = read.flat();
  const events = opening.flatMap((block) => block.events ?? []);
  const slots = (reading.slots ?? []).map(lower);
  const expected = expectedCode(address, pin, reading.contract);
  const account = await readAccount(
    last.header,
    address,
    [...new Set([...slots, ...counterSlots()])],
    nodes,
    order,
    signal,
  );
  if (round < maximumRounds) {
    const unproven = opening.flatMap(({ events: proven, number }) => (proven ? [] : [number]));
    const numbers = account.faults.length > 0 ? [...unproven, last.header.number] : unproven;
    const header = { nodes, order: [chain.source], executor, consensus: pin.consensus, signal };
    const replaced = await replacedFrom(relied, numbers, header);
    if (replaced !== undefined) {
      const left = headers.filter(({ header: { number } }) => number < replaced);
      const count = headers.length - left.length;
      return readRound(reading, { before: left, round: round + 1, reorganised: reorganised + count });
    }
  }
  const code = checkCode(address, last.header.number, account.account, expected);
  const known = account.account?.account && contractWithCode(toHex0x(account.account.account.codeHash));
  const allProven = opening.every((block) => block.events !== undefined);
  const counter = await compareCounter({
    known,
    account: account.account,
    events,
    allProven,
    filter,
    chain,
    address,
    nodes,
    order,
    executor,
    signal,
  });
  const { check: complete, completeness } = judgeCompleteness({
    from,
    to: Math.min(to, last.header.number),
    allTested:
      chain.isRow &&
      relied[0] !== undefined &&
      relied[0].header.number <= from &&
      (reading.to === undefined || last.header.number >= Math.min(to, chain.wanted)),
    tested: inRange.length,
    opened: hits.length,
    allProven,
    events: events.length,
    counter,
  });
  const compared = await compareNodes(
    chain.isRow ? headers : [last],
    chain.isRow ? judged.end : 0,
    pin,
    opened.nodes,
    chain.source,
    { nodes, order, executor, consensus: pin.consensus, seen, signal },
    chain.sets,
  );
  const equivocation = (await equivocationIn(chain, order)) ?? compared.equivocation;
  if (!equivocation && chain.isRow) await remembered.keep(relied);
  const others = rpc.length < 2 ? [] : [...opened.refused, ...chain.faults, ...faultChecks(opening, account.faults)];
  const head = {
    number: last.header.number,
    hash: last.sealed.blockHash,
    timestamp: last.header.timestamp,
    rlp: last.header.rlp,
  };
  return {
    events,
    checks: [
      opened.check,
      ...nodesCheck(rpc, [...others, ...compared.checks], true),
      ...judged.checks.map((check) => remarked(check, reorganised + chain.reorganised)),
      ...alsoPinnedCheck(reading, relied),
      ...(equivocation ? [equivocationCheck(equivocation)] : []),
      ...headCheck(reading, last, remembered.newest),
      inclusionCheck(opening, events),
      account.check,
      code,
      complete,
    ],
    completeness,
    head,
    account: account.account,
    equivocation,
    cost: nodes.cost,
  };
}

function addressOf(address: string): Hex {
  if (/^0x[0-9a-f]{40}$/i.test(address)) return lower(address as Hex);
  throw new AuditorError(
    'usage',
    'EVM_ADDRESS',
    `Not the address of a contract: ${address.slice(0, 64)}. It has 40 digits in hex behind 0x.`,
  );
}

function lower(hex: Hex): Hex {
  return hex.toLowerCase() as Hex;
}

/** Where known contracts count: asked for before it is known which one it is. */
function counterSlots(): Hex[] {
  return Object.values(knownContracts).flatMap(({ counter }) =>
    counter ? [slotKey(counter.slots.count), slotKey(counter.slots.hash)] : [],
  );
}

function mayHoldEvent({ header }: ReadHeader, { address, topics }: EventFilter): boolean {
  const { logsBloom } = header;
  return (
    mayHold(logsBloom, fromHex0x(address)) && (!topics || topics.some((topic) => mayHold(logsBloom, fromHex0x(topic))))
  );
}

/** Nothing was found that could be relied upon. */
function nothing(
  reading: ContractReading,
  checks: readonly Check[],
  nodes: LedgerNodes,
  from = reading.from ?? 0,
  to = reading.to ?? 0,
): ContractEvents {
  const completeness = { how: 'none', from, to, tested: 0, opened: 0 } as const;
  return {
    events: [],
    checks,
    completeness,
    head: undefined,
    account: undefined,
    equivocation: undefined,
    cost: nodes.cost,
  };
}

/** Only where several were asked, or one says different things. What decides is that one of them shows what holds; what is wrong with the others is said beside it. */
function nodesCheck(rpc: readonly string[], children: readonly Check[], holds: boolean): Check[] {
  if (rpc.length < 2 && (!holds || children.every(({ status }) => status === 'pass'))) return [];
  const worst = new Map<unknown, Check>();
  for (const child of children) {
    const known = worst.get(child.params?.['node']);
    if (!known || rank(child) > rank(known)) worst.set(child.params?.['node'], child);
  }
  const listed = [...worst.values()];
  const agree = listed.filter(({ status }) => status === 'pass').length;
  const params = { nodes: rpc.length, agree, differ: listed.length - agree };
  return [{ code: 'EVM_NODES', status: holds ? 'pass' : 'unknown', params, children: listed }];
}

function rank({ status }: Check): number {
  return status === 'fail' ? 2 : status === 'unknown' ? 1 : 0;
}

function faultChecks(
  opening: readonly BlockReceipts[],
  proofs: readonly { readonly node: RpcNode; readonly reason: string }[],
): Check[] {
  const wrong = opening.flatMap(({ faults }) => faults).filter(({ kind }) => kind === 'wrong');
  return [
    ...wrong.map(({ node, number, reason }) =>
      fail('EVM_NODE', {
        params: { node: node.name, reason: `Its receipts of block ${number} are not that block's. ${reason}` },
      }),
    ),
    ...proofs.map(({ node, reason }) =>
      fail('EVM_NODE', { params: { node: node.name, reason: `Its proof of the account does not hold. ${reason}` } }),
    ),
  ];
}

/** Said beside the links: what was read is one history all the same. */
function remarked(check: Check, count: number): Check {
  if (check.code !== 'EVM_LINKS' || count === 0) return check;
  return { ...check, notes: [...(check.notes ?? []), { code: 'EVM_REORGANISED', params: { count } }] };
}

/** What nobody shows cannot be known: only its age can tell that a newer block is kept back, or that one was shown before. */
function headCheck(
  { maximumAge, now, to }: ContractReading,
  { header }: ReadHeader,
  newest: number | undefined,
): Check[] {
  const { number, timestamp } = header;
  const params = { number, time: new Date(timestamp * 1000).toISOString() };
  if (newest !== undefined && to === undefined && newest - number > blocksBehind) {
    const reason = `The newest block that was shown is ${number}; an earlier reading had come to ${newest}. Newer blocks are kept back, or the ledger was begun anew.`;
    return [unknown('EVM_HEAD', { params: { ...params, reason } })];
  }
  if (maximumAge === undefined || now === undefined) return [];
  const age = now - timestamp;
  if (age <= maximumAge) return [pass('EVM_HEAD', { params: { ...params, age, maximumAge } })];
  const reason = `The newest block that was shown is ${number}. Whether newer ones are kept back, or the ledger stands still, cannot be told from it.`;
  return [unknown('EVM_HEAD', { params: { ...params, age, maximumAge, reason } })];
}

function alsoPinnedCheck({ pin, alsoPinned }: ContractReading, relied: readonly ReadHeader[]): Check[] {
  if (!alsoPinned || alsoPinned.number === pin.checkpoint?.number) return [];
  const read = relied.find(({ header }) => header.number === alsoPinned.number);
  if (!read || read.sealed.blockHash === alsoPinned.hash) return [];
  const params = { number: alsoPinned.number, hash: alsoPinned.hash, first: relied[0]?.header.number ?? 0 };
  return [fail('EVM_CHECKPOINT', { spec: 'DESIGN §8 (evm)', params: { ...params, found: read.sealed.blockHash } })];
}

const spec = 'Ethereum Yellow Paper §4.3.1; EIP-2718';

function inclusionCheck(opening: readonly BlockReceipts[], events: readonly ProvenEvent[]): Check {
  const params = { blocks: opening.length, events: events.length };
  const unproven = opening.filter((block) => block.events === undefined);
  const [first] = unproven.flatMap(({ faults }) =>
    faults.toSorted((a, b) => (a.kind === b.kind ? 0 : a.kind === 'wrong' ? -1 : 1)),
  );
  if (!first) return pass('EVM_INCLUSION', { spec, params });
  const details = {
    spec,
    params: { ...params, number: first.number, node: first.node.name, reason: first.reason, unproven: unproven.length },
  };
  return first.kind === 'wrong' ? fail('EVM_INCLUSION', details) : unknown('EVM_INCLUSION', details);
}
