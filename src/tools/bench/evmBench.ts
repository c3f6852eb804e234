import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { networkOf, FakeNode } from '../../audit/evm/fakeNode.fixture.ts';
import { inProcessEvmExecutor, type EvmExecutor } from '../../audit/evm/evmExecutor.ts';
import { rememberSeals, type SealStore } from '../../audit/evm/sealMemory.ts';
import { readContractEvents } from '../../audit/evm/readContractEvents.ts';
import { makeMemoryKey } from '../../audit/resume/memoryKey.ts';
import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import { chainId } from '../../core/evm/evm.fixture.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { proveReceipts, recoverSeals } from '../../core/evm/jobs.ts';
import { openHeader } from '../../core/evm/judgeRange.ts';
import { contract } from '../../core/evm/ledger.fixture.ts';
import { encodeReceipt, receiptFromRpc } from '../../core/evm/receipt.ts';
import { listRoot } from '../../core/evm/trie.ts';
import { benchValidators, madeLedger, madeReceipts } from './evm/madeLedger.ts';
import { measureLocalLedger } from './evm/localLedger.ts';
import { atLeast, figure, type Bench, type Emit, type Say } from './figure.ts';
import { median, sideBySide } from './sideBySide.ts';

const events = 100;

/** Contract events without trusting the node: what a seal, a proven event and a whole verdict cost. */
export const evmBench: Bench = {
  name: 'evm',
  about: `seals and proven events a second; from a contract's address to the verdict over ${events} events`,
  async run({ say, emit }) {
    await sealRates(emit);
    await eventRates(say, emit);
    await wholeVerdict(emit);
    await measureLocalLedger(events, say, emit);
  },
};

/** Whole headers (parsed, hashed, seals recovered to addresses) beside the library's recovery alone over the same seals. */
async function sealRates(emit: Emit): Promise<void> {
  const headers = (await madeLedger(16)).slice(1).map(({ rlp }) => rlp);
  const opened = headers.map((rlp) => openHeader(rlp, 'qbft').sealed);
  const seals = opened.flatMap(({ sealHash, seals: own }) => own.map((seal) => ({ hash: sealHash, seal })));
  const { rate, ratio } = await sideBySide({
    judged: () => recoverSeals(headers, 'qbft').flat().length,
    raw: () => {
      for (const { hash, seal } of seals) {
        secp256k1.Signature.fromBytes(seal.subarray(0, 64), 'compact')
          .addRecoveryBit(seal[64] ?? 0)
          .recoverPublicKey(hash);
      }
      return seals.length;
    },
  });
  emit([
    figure('evm.seals', rate.judged, 'seals/s'),
    figure('evm.seals.noble', rate.raw, 'recoveries/s'),
    atLeast('evm.seals.ratio', ratio('judged', 'raw'), 'ratio', 0.9),
  ]);
}

async function eventRates(say: Say, emit: Emit): Promise<void> {
  const made = madeReceipts(200);
  const blocks: Record<string, readonly JsonValue[]> = { made };
  for (const number of ['21854576', '22196189']) {
    const path = join(process.env['AFFIDAVIT_VECTORS'] ?? '', 'evm', `mainnet-receipts-${number}.json`);
    if (process.env['AFFIDAVIT_VECTORS'] && existsSync(path)) {
      blocks[number] = (JSON.parse(readFileSync(path, 'utf8')) as { receipts: JsonObject[] }).receipts;
    } else say(`mainnet block ${number} is not there (set AFFIDAVIT_VECTORS): left out`);
  }
  for (const [name, receipts] of Object.entries(blocks)) {
    const read = receipts.map(receiptFromRpc);
    const receiptsRoot = toHex0x(await listRoot(read.map(encodeReceipt)));
    const block = { number: 1, hash: toHex0x(new Uint8Array(32)), timestamp: 0 };
    const job = { block, receiptsRoot, receipts, filter: { address: contract } };
    const logs = read.reduce((sum, receipt) => sum + receipt.logs.length, 0);
    const { rate } = await sideBySide({
      proven: async () => {
        const proven = await proveReceipts(job);
        if (!('events' in proven)) throw new Error(proven.reason);
        return proven.logs;
      },
    });
    emit([
      figure(`evm.events.${name}`, rate.proven, 'events/s'),
      figure(`evm.events.${name}.block`, (logs / rate.proven) * 1000, 'ms'),
    ]);
  }
}

/** From the address to all checks on nodes in memory: nothing but the work itself. */
async function wholeVerdict(emit: Emit): Promise<void> {
  const ledger = await madeLedger(events);
  const pin = {
    chainId,
    consensus: 'qbft' as const,
    validators: benchValidators,
    checkpoint: { number: 0, hash: toHex0x(ledger[0]?.hash ?? new Uint8Array(32)) },
  };
  let cost = { calls: 0, requests: 0 };
  const verdict = async (executor: EvmExecutor): Promise<number> => {
    const start = performance.now();
    const fetch = networkOf({ 'a.example': new FakeNode(ledger) });
    const read = await readContractEvents({
      rpc: ['http://a.example'],
      pin,
      address: contract as Hex,
      from: 0,
      executor,
      options: { fetch },
    });
    const taken = performance.now() - start;
    const open = read.checks.find(({ status }) => status !== 'pass');
    if (open || read.events.length !== events)
      throw new Error(`The ledger of the bench is not verified: ${open?.code}.`);
    ({ cost } = read);
    return taken;
  };
  const [times, again]: [number[], number[]] = [[], []];
  const store = await sealsInMemory();
  await verdict(rememberSeals(inProcessEvmExecutor, store));
  for (let round = 0; round < 3; round++) {
    times.push(await verdict(inProcessEvmExecutor));
    // As a page does that is opened again: what was kept is read and checked anew.
    again.push(await verdict(rememberSeals(inProcessEvmExecutor, store)));
  }
  emit([
    figure('evm.verdict', median(times), 'ms'),
    figure('evm.verdict.again', median(again), 'ms'),
    figure('evm.verdict.blocks', ledger.length, 'blocks'),
    figure('evm.verdict.calls', cost.calls / events, 'calls/event'),
    figure('evm.verdict.requests', cost.requests / events, 'requests/event'),
  ]);
}

async function sealsInMemory(): Promise<SealStore> {
  const key = await makeMemoryKey();
  const parts: string[] = [];
  return {
    key: async () => key,
    load: async () => parts,
    save: async (part) => void parts.push(part),
    clear: async () => void parts.splice(0),
  };
}
