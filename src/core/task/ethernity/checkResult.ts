import type { Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { enclaveSigner } from './enclaveSigner.ts';
import { readOrderResult, type OrderResult } from './orderResult.ts';

export interface ResultPlace {
  readonly chainId: number;
  readonly contract: Hex;
  readonly number: bigint;
  /** The client's own secret; used and forgotten. */
  readonly challenge: string | undefined;
}

const spec = 'ethernity-cloud-runner-js, runner.js (getResultFromOrder)';

/** The result on the ledger: its form, that it was signed for this order, how the task ended, and whether the enclave's key signed it. */
export async function checkResult(
  text: string | undefined,
  place: ResultPlace,
): Promise<{ readonly checks: readonly Check[]; readonly result: OrderResult | undefined }> {
  if (text === undefined) return { checks: [], result: undefined };
  let result: OrderResult;
  try {
    result = await readOrderResult(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { checks: [fail('ORDER_RESULT_FORM', { spec, params: { reason: error.message } })], result: undefined };
  }
  const form = pass('ORDER_RESULT_FORM', {
    spec,
    params: { signer: result.signer, hash: result.resultHash, at: result.resultAt },
  });
  return { checks: [form, checkBound(result, place), checkCode(result), checkSigner(result, place)], result };
}

/** A genuine signature over another order, contract or ledger proves nothing about this one. */
function checkBound(result: OrderResult, { chainId, contract, number }: ResultPlace): Check {
  const reason =
    result.order !== number
      ? `It is signed for order ${result.order}.`
      : result.contract !== contract
        ? `It is signed for the contract ${result.contract ?? 'none'}.`
        : result.chainId !== undefined && result.chainId !== chainId
          ? `It is signed for the ledger ${result.chainId}.`
          : undefined;
  const notes = result.chainId === undefined ? { notes: [{ code: 'ORDER_ANY_LEDGER' as const }] } : {};
  if (reason === undefined) return pass('ORDER_BOUND', { spec, params: { order: String(number) }, ...notes });
  return fail('ORDER_BOUND', { spec, params: { order: String(number), reason }, ...notes });
}

function checkCode({ code }: OrderResult): Check {
  const params = { code: code.code, words: code.words, whose: code.whose };
  return (code.code === 0 ? pass : fail)('ORDER_CODE', { spec, params });
}

/** The binding to the enclave is known to the client alone: it holds for whoever has the challenge, and for nobody else. */
function checkSigner({ signer, enclaveChallenge }: OrderResult, { challenge }: ResultPlace): Check {
  if (challenge === undefined) return unknown('ORDER_ENCLAVE', { spec, params: { signer } });
  const expected = enclaveSigner(challenge, enclaveChallenge);
  const params = { signer, expected: expected ?? 'none' };
  return (expected === signer ? pass : fail)('ORDER_ENCLAVE', { spec, params });
}
