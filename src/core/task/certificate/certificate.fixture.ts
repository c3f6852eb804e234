import { zeroHash, type Hex } from 'viem';
import { proofOfExecutionCodeHash } from '../../../contracts/proofOfExecution.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { pinOf, signers } from '../../evm/evm.fixture.ts';
import { toHex0x } from '../../evm/hex.ts';
import { makeContractLedger, word, type ContractLedger } from '../../evm/ledgerProof/contractLedger.fixture.ts';
import { headersNeeded } from '../../evm/ledgerProof/headersNeeded.ts';
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
import { taskSlots } from './taskSlots.ts';

export interface TaskLedger {
  readonly blocks: ContractLedger['blocks'];
  /** Of the contract's account and the task's slots, after the last step. */
  readonly account: JsonObject;
  /** The same for any slots: those of the contract's counter are there as well. */
  readonly prove: ContractLedger['prove'];
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
  const { consensus = 'qbft', more = 2, steps: change = (steps) => steps, codeHash } = changes;
  const attestation = await makeAttestation();
  const steps = change(rightSteps(hash(attestation.document)));
  let running: Hex = zeroHash;
  const made: (Step | undefined)[] = [undefined, ...steps, ...Array<undefined>(more).fill(undefined)];
  const said = made.map((step, number) => {
    const event = step && encodeEvent(step, number, running);
    running = event?.running ?? running;
    const logs = event ? [{ address: contract, topics: event.topics, data: event.data }] : [];
    return { logs, time: timeOf(step, number) };
  });
  const { blocks, prove } = await makeContractLedger({
    consensus,
    contract,
    codeHash: codeHash ?? proofOfExecutionCodeHash,
    slots: slotsOf(changes, steps.length, running),
    said,
  });
  return {
    blocks,
    account: await prove(taskSlots(1n)),
    prove,
    attestation,
    newest: timeOf(made.at(-1), made.length - 1),
  };
}

function timeOf(step: Step | undefined, number: number): number {
  return step?.time ?? (number === 0 ? noon - 1000 : noon + 100 + number);
}

/** Of the task, and the contract's count and running hash. */
function slotsOf({ slots }: LedgerChanges, count: number, running: Hex): (readonly [Hex, Hex])[] {
  const keys = taskSlots(1n);
  const values = [
    word([0n, 1], [5n, 1], [BigInt(noon + 1000), 8], [BigInt(owner), 20]),
    word([BigInt(noon - 10), 8], [BigInt(processor), 20]),
    word([2n, 32]),
  ].map((value, index) => slots?.[index as 0] ?? value);
  return [
    ...keys.map((key, index) => [key, values[index]!] as const),
    [word([0n, 32]), word([BigInt(count), 32])],
    [word([1n, 32]), running],
  ];
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
