import { ContractFunctionRevertedError, encodeErrorResult, UserRejectedRequestError } from 'viem';
import { describe, expect, test } from 'vitest';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import { taskWords } from '../words/task.en.ts';
import { refusalOf } from './refusal.ts';

function reverted(errorName: string, args?: readonly unknown[]): Error {
  const data = encodeErrorResult({ abi: proofOfExecutionAbi, errorName, args } as never);
  return new Error('outer', {
    cause: new ContractFunctionRevertedError({ abi: proofOfExecutionAbi, functionName: 'approve', data }),
  });
}

describe('why a transaction was not made', () => {
  test('a person who says no is told so, however deep it stands', () => {
    const rejected = new Error('outer', { cause: new UserRejectedRequestError(new Error('no')) });
    expect(refusalOf(rejected)).toBe(taskWords.refusals.byPerson);
    expect(refusalOf(Object.assign(new Error('no'), { code: 4001 }))).toBe(taskWords.refusals.byPerson);
  });

  test('every error of the contract has words of its own', () => {
    const errors = proofOfExecutionAbi.filter((item) => item.type === 'error').map(({ name }) => name);
    expect(Object.keys(taskWords.refusals.contract).toSorted()).toEqual([...errors].toSorted());
  });

  test('values of errors are said as people say them', () => {
    expect(refusalOf(reverted('WrongState', [4]))).toContain('the task is started');
    expect(refusalOf(reverted('OfferTaken'))).toContain('taken by another task');
    expect(refusalOf(reverted('DeadlinePassed', [0n]))).toContain('1 January 1970');
    expect(refusalOf(reverted('DeadlinePassed', [2n ** 64n - 1n]))).toContain('18446744073709552000');
  });

  test('anything else is said in its first line', () => {
    expect(refusalOf(new Error('first\nsecond'))).toBe('It failed: first');
    expect(refusalOf(new Error('insufficient funds for gas'))).toBe(taskWords.refusals.noFunds);
  });
});
