import {
  decodeFunctionData,
  encodeFunctionData,
  parseTransaction,
  recoverTransactionAddress,
  type Hex as ViemHex,
} from 'viem';
import type { Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { ethernityAbi } from './ethernityAbi.ts';
import { readTaskCode, type TaskCode } from './taskCodes.ts';

/** The result of an order on the ledger, `v<n>:<signed transaction in hex>:<content identifier>`, taken apart; nothing of it is believed. */
export interface OrderResult {
  readonly version: string;
  /** Where the encrypted result lies. */
  readonly resultAt: string;
  /** Whose key signed the transaction inside: the enclave's, made from both challenges. */
  readonly signer: Hex;
  /** What the transaction inside would do, had it been sent. */
  readonly contract: Hex | null;
  /** Undefined where it was signed for every ledger (before EIP-155). */
  readonly chainId: number | undefined;
  readonly order: bigint;
  readonly code: TaskCode;
  /** SHA-256 of the result, lower-case hex. */
  readonly resultHash: string;
  readonly enclaveChallenge: string;
}

const maximumLength = 256 * 1024;

/** Reads a result. @throws FormatError */
export async function readOrderResult(text: string): Promise<OrderResult> {
  if (text.length > maximumLength) throw fault(`at most ${maximumLength} characters`);
  const [version, transaction, resultAt, ...more] = text.split(':');
  if (!/^v[0-9]{1,2}$/.test(version ?? '') || transaction === undefined || resultAt === undefined || more.length > 0) {
    throw fault('v<n>, a transaction in hex and a content identifier, with colons between');
  }
  const hex = transaction.replace(/^0x/i, '').toLowerCase();
  if (!/^([0-9a-f]{2})+$/.test(hex)) throw fault('a transaction in hex');
  const inner = await readInner(`0x${hex}`);
  const [innerVersion, code, resultHash, enclaveChallenge, ...rest] = inner.result.split(':');
  if (!/^v[0-9]{1,2}$/.test(innerVersion ?? '') || rest.length > 0)
    throw fault('v<n> before the task’s code in the transaction');
  if (!/^[0-9]{1,3}$/.test(code ?? '')) throw fault('a task’s code of at most three digits');
  if (!/^[0-9a-f]{64}$/i.test(resultHash ?? '')) throw fault('the SHA-256 of the result in hex');
  if (enclaveChallenge === undefined || enclaveChallenge === '') throw fault('the enclave’s challenge');
  return {
    version: version as string,
    resultAt,
    signer: inner.signer,
    contract: inner.contract,
    chainId: inner.chainId,
    order: inner.order,
    code: readTaskCode(Number(code)),
    resultHash: (resultHash as string).toLowerCase(),
    enclaveChallenge,
  };
}

interface Inner {
  readonly signer: Hex;
  readonly contract: Hex | null;
  readonly chainId: number | undefined;
  readonly order: bigint;
  readonly result: string;
}

async function readInner(serialized: ViemHex): Promise<Inner> {
  try {
    const transaction = parseTransaction(serialized as never) as {
      to?: string | null;
      chainId?: number;
      data?: ViemHex;
    };
    const data = transaction.data ?? '0x';
    const { functionName, args } = decodeFunctionData({ abi: ethernityAbi, data });
    if (functionName !== '_addResultToOrder') throw fault(`a call that adds a result, found ${functionName}`);
    const [order, result] = args as readonly [bigint, string];
    if (encodeFunctionData({ abi: ethernityAbi, functionName, args: [order, result] }) !== data)
      throw fault('the call in its one encoding');
    const signer = await recoverTransactionAddress({ serializedTransaction: serialized as never });
    return {
      signer: signer.toLowerCase() as Hex,
      contract: transaction.to ? (transaction.to.toLowerCase() as Hex) : null,
      chainId: transaction.chainId || undefined,
      order,
      result,
    };
  } catch (error) {
    if (error instanceof FormatError) throw error;
    // The library says by throws of its own what is no transaction, no such call, or no signature.
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw fault(`a signed transaction that adds a result (${reason})`);
  }
}

function fault(expected: string): FormatError {
  return new FormatError(`Result of an order: expected ${expected}.`, 0);
}
