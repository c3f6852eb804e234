import { createMerkleProof, createMPT, type MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { keccak256 as keccakHex, toHex, zeroHash, type Hex } from 'viem';
import { proofOfExecutionCodeHash } from '../../../contracts/proofOfExecution.ts';
import { keccak256 } from '../../bytes/hash.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { bloomOf } from '../../evm/bloom.ts';
import { makeBlock, pinOf, signers, type MadeBlock } from '../../evm/evm.fixture.ts';
import { fromHex0x, toHex0x } from '../../evm/hex.ts';
import { encodeReceipt, receiptFromRpc } from '../../evm/receipt.ts';
import type { Consensus } from '../../evm/seals/consensus.ts';
import type { EvmPin } from '../../trust/trust.ts';
import {
  chainId,
  contract,
  encodeEvent,
  makeAttestation,
  noon,
  owner,
  processor,
  rightSteps,
  hash,
  type MadeAttestation,
  type Step,
} from '../task.fixture.ts';
import type { TaskCertificateRequest } from './makeTaskCertificate.ts';
import { headersNeeded } from '../../evm/ledgerProof/headersNeeded.ts';
import { taskSlots } from './taskSlots.ts';

const common = { customCrypto: { keccak256: (bytes: Uint8Array) => keccak256(bytes) } };

export interface TaskLedger {
  readonly blocks: readonly (MadeBlock & { readonly receipts: readonly JsonObject[] })[];
  /** Of the contract's account and the task's slots, after the last step. */
  readonly account: JsonObject;
  /** The same for any slots: those of the contract's counter are there as well. */
  readonly prove: (slots: readonly Hex[]) => Promise<JsonObject>;
  readonly attestation: MadeAttestation;
  /** Time of the last block, seconds since 1970. */
  readonly newest: number;
}

export interface LedgerChanges {
  readonly consensus?: Consensus;
  readonly codeHash?: Hex;
  readonly slots?: Partial<Record<0 | 1 | 2, Hex>>;
  readonly steps?: (steps: Step[]) => Step[];
  /** Blocks after the last step. */
  readonly more?: number;
}

/** A ledger on which the task went as it should: block zero, then one step a block among strangers' events. */
export async function makeTaskLedger(changes: LedgerChanges = {}): Promise<TaskLedger> {
  const { consensus = 'qbft', more = 2, steps: change = (steps) => steps } = changes;
  const attestation = await makeAttestation();
  const steps = change(rightSteps(hash(attestation.document)));
  const state = await makeState(changes, countOf(steps));
  const blocks: (MadeBlock & { receipts: JsonObject[] })[] = [];
  let running: Hex = zeroHash;
  const made: (Step | undefined)[] = [undefined, ...steps, ...Array<undefined>(more).fill(undefined)];
  for (const [number, step] of made.entries()) {
    const logs: JsonObject[] = [{ address: `0x${'77'.repeat(20)}`, topics: [], data: '0x' }];
    if (step) {
      const event = encodeEvent(step, number, running);
      running = event.running;
      logs.push({ address: contract, topics: event.topics, data: event.data });
    }
    const receipts = [receiptOf([], 0), receiptOf(logs, 1)];
    const trie = await createMPT({ common });
    for (const [index, receipt] of receipts.entries())
      await trie.put(RLP.encode(index), encodeReceipt(receiptFromRpc(receipt)));
    const proposer = consensus === 'qbft' ? signers[0]! : signers[number % 4]!;
    const block = makeBlock(consensus, {
      number,
      parentHash: blocks.at(-1)?.hash ?? new Uint8Array(32),
      stateRoot: state.root,
      receiptsRoot: trie.root(),
      logsBloom: bloomOf(receiptFromRpc(receipts[1]!).logs),
      timestamp: timeOf(step, number),
      proposer,
      ...(consensus === 'qbft' ? {} : { sealers: [proposer] }),
    });
    blocks.push({ ...block, receipts });
  }
  return {
    blocks,
    account: await state.prove(taskSlots(1n)),
    prove: state.prove,
    attestation,
    newest: timeOf(made.at(-1), made.length - 1),
  };
}

function timeOf(step: Step | undefined, number: number): number {
  return step?.time ?? (number === 0 ? noon - 1000 : noon + 100 + number);
}

/** Count and running hash, as the contract has them after these steps, the first of them in block 1. */
function countOf(steps: readonly Step[]): { count: number; running: Hex } {
  const running = steps.reduce<Hex>((before, step, index) => encodeEvent(step, index + 1, before).running, zeroHash);
  return { count: steps.length, running };
}

async function makeState(
  { codeHash, slots }: LedgerChanges,
  { count, running }: ReturnType<typeof countOf>,
): Promise<{ root: Uint8Array; prove: TaskLedger['prove'] }> {
  const keys = taskSlots(1n);
  const word = (...parts: readonly [bigint, number][]): Hex =>
    `0x${parts
      .map(([value, bytes]) => value.toString(16).padStart(2 * bytes, '0'))
      .join('')
      .padStart(64, '0')}`;
  const values = [
    word([0n, 1], [5n, 1], [BigInt(noon + 1000), 8], [BigInt(owner), 20]),
    word([BigInt(noon - 10), 8], [BigInt(processor), 20]),
    word([2n, 32]),
  ].map((value, index) => slots?.[index as 0] ?? value);
  const storage = await createMPT({ common });
  const put = async (key: Hex, value: Hex): Promise<void> =>
    storage.put(keccak256(fromHex0x(key)), RLP.encode(fromHex0x(`0x${value.slice(2).replace(/^(00)+/, '')}`)));
  for (const [index, key] of keys.entries()) await put(key, values[index]!);
  await put(word([0n, 32]), word([BigInt(count), 32]));
  await put(word([1n, 32]), running);
  const accounts = await createMPT({ common });
  const account = (root: Uint8Array, code: Uint8Array): Uint8Array =>
    RLP.encode([Uint8Array.of(1), new Uint8Array(), root, code]);
  const other = keccak256(fromHex0x(`0x${'11'.repeat(20)}`));
  await accounts.put(other, account(fromHex0x(keccakHex('0x80')), keccak256(new Uint8Array())));
  await accounts.put(
    keccak256(fromHex0x(contract)),
    account(storage.root(), fromHex0x(codeHash ?? proofOfExecutionCodeHash)),
  );
  return {
    root: accounts.root(),
    prove: async (asked) => ({
      address: contract,
      accountProof: await proofOf(accounts, fromHex0x(contract)),
      storageProof: await Promise.all(
        asked.map(async (key) => {
          const value = await storage.get(keccak256(fromHex0x(key)));
          return {
            key,
            value: value ? toHex0x(RLP.decode(value) as Uint8Array) : '0x0',
            proof: await proofOf(storage, fromHex0x(key)),
          };
        }),
      ),
    }),
  };
}

async function proofOf(trie: MerklePatriciaTrie, key: Uint8Array): Promise<Hex[]> {
  return (await createMerkleProof(trie, keccak256(key))).map((node) => toHex0x(node));
}

function receiptOf(logs: readonly JsonObject[], index: number): JsonObject {
  const parsed = logs.map((log) => ({
    address: fromHex0x(String(log['address'])),
    topics: (log['topics'] as string[]).map(fromHex0x),
    data: fromHex0x(String(log['data'])),
  }));
  return {
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: toHex(21_000 * (index + 1)),
    logsBloom: toHex0x(bloomOf(parsed)),
    logs: [...logs],
  };
}

/** Pins block zero. */
export function checkpointPin({ blocks }: TaskLedger, consensus: Consensus = 'qbft'): EvmPin {
  return {
    ...pinOf(consensus, signers.slice(0, 4)),
    chainId,
    checkpoint: { number: 0, hash: toHex0x(blocks[0]!.hash) },
  };
}

/** Pins the validators for a range. */
export function rangePin(): EvmPin {
  return { ...pinOf('qbft', signers.slice(0, 4)), chainId, from: 0, to: 1_000_000 };
}

/** What a certificate of the task is made from. */
export function requestOf(ledger: TaskLedger, pin: EvmPin, state = 6): TaskCertificateRequest {
  const events = [1, 2, 3, 4, 5, 6];
  return {
    chainId,
    contract,
    id: 1n,
    pin,
    trust: ledger.attestation.trust,
    headers: headersNeeded(pin, events, state, ledger.blocks.length - 1).map((number) => ledger.blocks[number]!.rlp),
    blocks: events.map((number) => ({ number, receipts: ledger.blocks[number]!.receipts })),
    account: { number: state, proof: ledger.account },
    attestation: ledger.attestation.document,
    now: 0,
  };
}
