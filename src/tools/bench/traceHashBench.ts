import { toHex } from '../../core/bytes/hex.ts';
import { Commitment, type CommitmentOptions } from '../../core/trace/commitment.ts';
import { testMachine } from '../../core/trace/anchor/machine.fixture.ts';
import { judgeTraceProof } from '../../core/trace/checkProof.ts';
import { eventToJson, lookupIn } from '../../core/trace/eventJson.ts';
import { makeLeafHasher } from '../../core/trace/leafHasher.ts';
import { noDomain, traceDigest, vmIdentifier, zeroDigest, type TraceMetadata } from '../../core/trace/metadata.ts';
import { batchProof } from '../../core/trace/proof.ts';
import { Salts } from '../../core/trace/salt.ts';
import { proveSymbols } from '../../core/trace/symbols.ts';
import { encodeTraceProof, type TraceProof } from '../../core/trace/traceProof.ts';
import { plainHasher } from '../../core/trace/treeHasher.ts';
import { rate as blockBytes } from '../../core/bytes/keccakRounds.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { atLeast, atMost, figure, unreliable, type Bench } from './figure.ts';
import { median, sideBySide } from './sideBySide.ts';
import { gainOfTwo, type RoundOfTwo } from './trace/gainOfTwo.ts';
import { twoProcesses, type Done } from './trace/twoProcesses.ts';
import { rawKernel } from './trace/rawKernel.ts';
import { benchSymbols, callEvent, loadEvent, recordsOf } from './trace/madeRecords.ts';

const saltKey = new Uint8Array(32).fill(7);
const eventsAtOnce = 1 << 18;
const chunk = 1 << 18;
const callsInLeaf = 64;
const million = 1_000_000;

function options(eventsPerLeaf: number, more: Partial<CommitmentOptions> = {}): CommitmentOptions {
  return {
    leafEncoding: 'rec16',
    eventsPerLeaf,
    symbols: benchSymbols,
    isTraced: () => true,
    keepLeavesUpTo: 0,
    ...more,
  };
}

async function commit(records: Uint8Array, with_: CommitmentOptions) {
  const commitment = new Commitment(with_);
  for (let at = 0; at < records.length; at += chunk) await commitment.add(records.subarray(at, at + chunk));
  return commitment.finish();
}

/** Events committed to a second, with all that belongs to it: found in the stream, salted, hashed, counted by function. Loads are one record, calls four. Where hashing itself is the limit, the share of the kernel's own rate says how near it is. */
export const traceHashBench: Bench = {
  name: 'trace-hash',
  about:
    'events of traces committed to a second, by one worker and two; ten million events; size and checking of a proof',
  async run({ emit, say }) {
    say('Ten million events…');
    // First of all: what a process has taken before, it would take again without growing.
    await tenMillion(emit);
    const loads = recordsOf(loadEvent, eventsAtOnce);
    const calls = recordsOf(callEvent, eventsAtOnce);
    const run = (records: Uint8Array, with_: CommitmentOptions) => async () => {
      await commit(records, with_);
      return eventsAtOnce;
    };
    const plain = makeLeafHasher({ leafEncoding: 'rec16' }, plainHasher);
    const { rate, ratio } = await sideBySide({
      one: run(loads, options(1)),
      oneSalted: run(loads, options(1, { saltKey })),
      oneCalls: run(calls, options(1)),
      many: run(loads, options(64)),
      manyCalls: run(calls, options(64)),
      onePlain: run(loads, options(1, { hashLeaves: plain })),
      kernel: rawKernel(),
    });
    const callLeaf = callsInLeaf * (calls.length / eventsAtOnce);
    // What 64 calls ask of the kernel at least: their leaf, a node above it, and the numbers of their events in the index of functions.
    const permutations = blocksOf(1 + callLeaf) + 1 + blocksOf(1 + 8 * callsInLeaf) + 1;
    emit([
      atLeast('trace.hash.one', rate.one, 'events/s', million),
      atLeast('trace.hash.one.salted', rate.oneSalted, 'events/s', million),
      atLeast('trace.hash.one.calls', rate.oneCalls, 'events/s', million),
      atLeast('trace.hash.64', rate.many, 'events/s', 8 * million),
      atLeast('trace.hash.64.calls', rate.manyCalls, 'events/s', 8 * million),
      figure('trace.hash.64.calls.bytes', callLeaf, 'bytes'),
      figure('trace.hash.64.calls.permutations', permutations, 'permutations'),
      figure('trace.hash.kernel', rate.kernel, 'permutations/s'),
      atLeast(
        'trace.hash.64.calls.share',
        (ratio('manyCalls', 'kernel') * permutations) / callsInLeaf,
        'of the raw kernel',
        0.9,
      ),
      figure('trace.hash.one.kernel', ratio('one', 'onePlain'), 'ratio'),
    ]);
    await sideByThemselves(emit);
    await proofs(calls, emit);
  },
};

/** Blocks of so many bytes with their padding, which are permutations. */
function blocksOf(bytes: number): number {
  return Math.floor(bytes / blockBytes) + 1;
}

/**
 * Leaves hashed by one and by two at a time. Nothing is shared between them, so processes tell the same as workers do. Beside them, in the same rounds, what the
 * machine gives two processes that only permute, and only count: virtual processors may be the halves of one core, or be lent to others.
 */
async function sideByThemselves(emit: Parameters<Bench['run']>[0]['emit']): Promise<void> {
  const { hash, keccak, spin } = await twoProcesses();
  const gain = (name: string, rounds: readonly RoundOfTwo[], target?: number, beside?: readonly RoundOfTwo[]) => {
    const unit = beside ? 'of machine.two.keccak' : 'ratio';
    for (const [ending, by] of [
      ['', 'elapsed'],
      ['.cpu', 'processor'],
    ] as const) {
      const found = gainOfTwo(rounds, by, beside);
      if (!found) {
        emit([unreliable(`${name}${ending}`, unit, target)]);
        continue;
      }
      const { median: middle, least, greatest } = found;
      emit([
        target === undefined
          ? figure(`${name}${ending}`, middle, unit)
          : atLeast(`${name}${ending}`, middle, unit, target),
        figure(`${name}${ending}.least`, least, unit),
        figure(`${name}${ending}.greatest`, greatest, unit),
      ]);
    }
  };
  gain('trace.hash.workers', hash, 1.9);
  gain('machine.two.keccak', keccak);
  gain('machine.two', spin);
  gain('trace.hash.two.share', hash, 0.95, keccak);
  const aSecond = ({ amount, elapsed }: Done): number => (amount / elapsed) * 1000;
  emit([
    figure('trace.hash.workers.1', median(hash.map(({ one }) => aSecond(one))), 'events/s'),
    figure(
      'trace.hash.workers.2',
      median(hash.map(({ two }) => two.reduce((sum, each) => sum + aSecond(each), 0))),
      'events/s',
    ),
  ]);
}

/** A trace of ten million calls and loads, made while it is committed to, and what the process grows by. */
async function tenMillion(emit: Parameters<Bench['run']>[0]['emit']): Promise<void> {
  const piece = recordsOf((number) => (number % 2 === 0 ? loadEvent(number) : loadEvent(number + 1)), 1 << 16);
  const pieces = Math.ceil((10 * million) / (1 << 16));
  const commitment = new Commitment(options(1, { saltKey }));
  const before = process.memoryUsage().rss;
  let most = before;
  const start = performance.now();
  for (let index = 0; index < pieces; index++) {
    await commitment.add(piece);
    if (index % 16 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  const { metadata } = await commitment.finish();
  if (metadata.count < 10 * million) throw new Error('The bench made too few events.');
  emit([
    figure('trace.commit.10M', (performance.now() - start) / 1000, 's'),
    atMost('trace.commit.10M.memory', (Math.max(most, process.memoryUsage().rss) - before) / 2 ** 20, 'MiB', 1024),
  ]);
}

/** A proof of one event, and one of a hundred, of a million; what checking it takes, the machine's signature included. */
async function proofs(calls: Uint8Array, emit: Parameters<Bench['run']>[0]['emit']): Promise<void> {
  const commitment = new Commitment(options(1, { saltKey, keepLeavesUpTo: 2 ** 20 }));
  for (let index = 0; index < 4; index++) await commitment.add(calls);
  const { metadata: part, tree } = await commitment.finish();
  const machine = testMachine('p256', 'bench');
  const digest = toHex(new Uint8Array(32).fill(1));
  const metadata: TraceMetadata = {
    version: 1,
    ...part,
    code: digest,
    policy: digest,
    instrumenter: digest,
    instrumented: digest,
    tape: digest,
    inputs: digest,
    selection: zeroDigest,
    vm: vmIdentifier('bench'),
    time: 1_760_000_000,
    previous: zeroDigest,
  };
  const signature = await machine.sign(traceDigest(metadata, noDomain));
  const trust = { vms: [{ id: 'bench', key: toBase64Url(machine.publicKey) }] };
  const salts = new Salts(saltKey);
  const prove = async (indices: readonly number[]): Promise<string> => {
    const proof: TraceProof = {
      metadata,
      domain: noDomain,
      signed: { key: machine.publicKey, signature },
      leaves: indices.map((index) => ({
        index,
        salt: salts.ofLeaves(index, 1),
        events: [eventToJson(callEvent(index % eventsAtOnce), lookupIn(benchSymbols))],
      })),
      nodes: await batchProof(tree, indices),
      symbols: proveSymbols(benchSymbols, [0, 1]),
      functions: [],
    };
    return encodeTraceProof(proof);
  };
  const one = await prove([123_456]);
  const hundred = await prove(Array.from({ length: 100 }, (_, index) => index * 10_007));
  const check = (text: string) => async () => {
    const { checks } = await judgeTraceProof(text, { trust });
    if (checks.some(({ status }) => status !== 'pass')) throw new Error('A proof of the bench does not hold.');
    return 1;
  };
  const { rate } = await sideBySide({ one: check(one), hundred: check(hundred) });
  emit([
    figure('trace.proof.bytes', one.length, 'bytes'),
    figure('trace.proof.100.bytes', hundred.length, 'bytes'),
    figure('trace.proof.check', 1000 / rate.one, 'ms'),
    figure('trace.proof.100.check', 1000 / rate.hundred, 'ms'),
  ]);
}
