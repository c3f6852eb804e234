import { sha256 } from '@noble/hashes/sha2.js';
import {
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionData,
  toEventSelector,
  type AbiEvent,
  type Hex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import type { ProvenAccount } from '../../evm/accountProof.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import { fromHex0x } from '../../evm/hex.ts';
import { ethernityAbi } from './ethernityAbi.ts';
import { orderSlots, resultSlots } from './orderStorage.ts';
import type { ProvenTransaction } from './readSteps.ts';

export const contract: Hex = '0x549a6e06bb2084100148d50f51cf77a3436c3ae7';
export const chainId = 8995;
export const owner: Hex = `0x${'a1'.repeat(20)}`;
export const party: Hex = `0x${'b2'.repeat(20)}`;
export const node: Hex = `0x${'c3'.repeat(20)}`;
export const stranger: Hex = `0x${'d4'.repeat(20)}`;
export const clientChallenge = '0123456789abcdef0123';
export const enclaveChallenge = 'fedcba9876543210fedc';
export const program = utf8('print(1 + 2)');
export const outcome = utf8('3');
export const sha256Hex = (bytes: Uint8Array): string => toHex(sha256(bytes));

export const metadata = [
  'v3:QmImage:etny-pynithy:QmCompose:QmChallenge:aabb',
  `v3:QmCode:${sha256Hex(program)}`,
  `v3::${sha256Hex(new Uint8Array())}`,
  '',
] as const;

/** The key that the enclave would make, by the definition: hashes of hex text. */
export const enclave = privateKeyToAccount(`0x${sha256Hex(utf8(sha256Hex(utf8(clientChallenge + enclaveChallenge))))}`);

export interface ResultChanges {
  readonly order?: bigint;
  readonly to?: Hex;
  readonly chainId?: number | undefined;
  readonly code?: string;
  readonly hash?: string;
  readonly call?: Hex;
  readonly account?: ReturnType<typeof privateKeyToAccount>;
}

/** A result as an enclave hands it to the node. */
export async function makeResult(changes: ResultChanges = {}): Promise<string> {
  const { order = 7n, to = contract, code = '0', hash = sha256Hex(outcome), account = enclave } = changes;
  const inner = `v3:${code}:${hash}:${enclaveChallenge}`;
  const data =
    changes.call ?? encodeFunctionData({ abi: ethernityAbi, functionName: '_addResultToOrder', args: [order, inner] });
  const named = 'chainId' in changes ? changes.chainId : chainId;
  const signed = await account.signTransaction({
    type: 'legacy',
    ...(named === undefined ? {} : { chainId: named }),
    nonce: 0,
    gasPrice: 1n,
    gas: 1_000_000n,
    to,
    data,
  } as never);
  return `v3:${signed.slice(2)}:QmResult`;
}

const time = (block: number): number => 1_700_000_000 + block * 5;
const place = (block: number) => ({
  block,
  blockHash: `0x${'0b'.repeat(32)}` as Hex,
  timestamp: time(block),
  transactionIndex: 3,
});

export function call(block: number, from: Hex, name: string, args: readonly unknown[]): ProvenTransaction {
  const input = encodeFunctionData({ abi: ethernityAbi, functionName: name, args } as never);
  return { ...place(block), from, to: contract, input, succeeded: true };
}

export function event(block: number, signature: string, args: readonly unknown[]): ProvenEvent {
  const item = ethernityAbi.find((each) => each.type === 'event' && each.name === signature) as unknown as AbiEvent;
  const indexed = Object.fromEntries(
    item.inputs.flatMap((input, index) => (input.indexed ? [[input.name, args[index]]] : [])),
  );
  const topics = encodeEventTopics({ abi: [item], eventName: signature, args: indexed } as never) as Hex[];
  const plain = item.inputs.flatMap((input, index) => (input.indexed ? [] : [[input, args[index]] as const]));
  const data = encodeAbiParameters(
    plain.map(([input]) => input),
    plain.map(([, value]) => value) as never,
  );
  if (topics[0] !== toEventSelector(item)) throw new Error('topic');
  return { ...place(block), logIndex: 0, address: contract, topics, data };
}

/** Order 7 as it should be on bloxberg, of request 4 and offer 5: three events and all transactions. */
export function rightOrder(result: string): { events: ProvenEvent[]; transactions: ProvenTransaction[] } {
  return {
    events: [
      event(10, '_addDORequestEV', [owner, 4n]),
      event(11, '_addDPRequestEV', [party, 5n]),
      event(12, '_placeOrderEV', [party, 7n]),
    ],
    transactions: [
      call(10, owner, '_addDORequest', [1, 1, 1, 1, 60, 1, 1, ...metadata]),
      call(11, party, '_addDPRequest', [1, 1, 1, 1, 60, 1, '', '', '', '']),
      call(12, party, '_placeOrder', [4n, 5n]),
      call(13, owner, '_approveOrder', [7n]),
      call(14, party, '_addProcessorToOrder', [7n, node]),
      call(20, node, '_addResultToOrder', [7n, result]),
    ],
  };
}

/** Slots as the contract would have them. */
export function storedSlots(result: string, changes: Readonly<Record<string, bigint>> = {}): ProvenAccount['slots'] {
  const names = orderSlots(7n);
  const text = utf8(result);
  const long = BigInt(text.length * 2 + 1);
  const values: Readonly<Record<keyof typeof names, bigint>> = {
    party: (BigInt(party) << 8n) | 1n,
    owner: BigInt(owner),
    processor: BigInt(node),
    placedBy: BigInt(party),
    doRequest: 4n,
    dpRequest: 5n,
    placedAt: BigInt(time(12)),
    result: long,
    status: 2n,
    ...changes,
  };
  const trimmed = (value: bigint): Uint8Array => {
    const digits = value === 0n ? '' : value.toString(16);
    return fromHex0x(`0x${digits.length % 2 === 0 ? digits : `0${digits}`}`);
  };
  const slots = Object.entries(names).map(([name, key]) => ({
    key,
    value: trimmed(values[name as keyof typeof names]),
  }));
  const more = resultSlots(7n, trimmed(long)).map((key, index) => {
    const part = new Uint8Array(32);
    part.set(text.subarray(index * 32, index * 32 + 32));
    return { key, value: part };
  });
  return [...slots, ...more];
}
