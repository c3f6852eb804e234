import { taskStates, type TaskState } from '../../../contracts/taskState.ts';
import { proofOfExecutionSlots } from '../../../contracts/proofOfExecution.ts';
import { concatBytes } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../evm/hex.ts';

/** What the contract remembers of a task (`struct Task`). */
export interface StoredTask {
  readonly owner: Hex;
  readonly deadline: number;
  readonly state: TaskState | undefined;
  readonly matchedByOwner: boolean;
  readonly processor: Hex;
  readonly since: number;
  readonly offer: bigint;
}

/** Keys of the three slots of a task, as `eth_getProof` takes them: keccak256(id ‖ 2) and the two behind it. */
export function taskSlots(id: bigint): readonly [Hex, Hex, Hex] {
  const base = BigInt(toHex0x(keccak256(concatBytes(word(id), word(BigInt(proofOfExecutionSlots.tasks))))));
  const slot = (offset: bigint): Hex => toHex0x(word(BigInt.asUintN(256, base + offset)));
  return [slot(0n), slot(1n), slot(2n)];
}

/** Reads the three slots; values as they are proven, without leading zeros. Members are packed from the low end (Solidity, layout of state variables). */
export function readStoredTask(values: readonly [Uint8Array, Uint8Array, Uint8Array]): StoredTask {
  const [first, second, third] = values.map(padded) as [Uint8Array, Uint8Array, Uint8Array];
  return {
    owner: toHex0x(first.subarray(12)),
    deadline: numberOf(first.subarray(4, 12)),
    state: taskStates[first[3] ?? 0],
    matchedByOwner: first[2] === 1,
    processor: toHex0x(second.subarray(12)),
    since: numberOf(second.subarray(4, 12)),
    offer: BigInt(toHex0x(third)),
  };
}

function word(value: bigint): Uint8Array {
  return fromHex0x(`0x${value.toString(16).padStart(64, '0')}`);
}

function padded(value: Uint8Array): Uint8Array {
  const whole = new Uint8Array(32);
  whole.set(value, 32 - value.length);
  return whole;
}

/** Times beyond 2⁵³ come out as numbers that equal no other. */
function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
