import {
  ContractFunctionRevertedError,
  defineChain,
  encodeErrorResult,
  http,
  SwitchChainError,
  UserRejectedRequestError,
} from 'viem';
import { describe, expect, test } from 'vitest';
import { createConfig } from 'wagmi';
import { connect, getConnectorClient, switchChain } from 'wagmi/actions';
import { mock } from 'wagmi/connectors/mock';
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

describe('a wallet that refuses, or is elsewhere', () => {
  const chain = (id: number) =>
    defineChain({
      id,
      name: `Ledger ${id}`,
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: ['http://127.0.0.1:9'] } },
    });
  const account = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  type Features = NonNullable<Parameters<typeof mock>[0]['features']>;
  const walletWith = (features: Features) => {
    const config = createConfig({
      chains: [chain(4242), chain(1)],
      connectors: [mock({ accounts: [account], features })],
      transports: { 4242: http(), 1: http() },
      storage: null,
    });
    return { config, connector: config.connectors[0]! };
  };
  const wordsOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'taken', refusalOf);

  test('who refuses to connect, or to switch, is told that nothing was sent', async () => {
    const refusing = walletWith({ connectError: true });
    expect(await wordsOf(connect(refusing.config, { connector: refusing.connector }))).toBe(
      taskWords.refusals.byPerson,
    );
    const { config, connector } = walletWith({ switchChainError: true });
    expect(await wordsOf(connect(config, { connector }))).toBe('taken');
    expect(await wordsOf(switchChain(config, { chainId: 1 }))).toBe(taskWords.refusals.byPerson);
  });

  test('a wallet on another ledger signs nothing, and one that cannot switch says what to do', async () => {
    const { config, connector } = walletWith({
      switchChainError: new SwitchChainError(new Error('unrecognized chain')),
    });
    await connect(config, { connector });
    expect(await wordsOf(getConnectorClient(config, { chainId: 1 }))).toBe(taskWords.refusals.wrongChain);
    expect(await wordsOf(switchChain(config, { chainId: 1 }))).toBe(taskWords.refusals.cannotSwitch);
    expect(await wordsOf(switchChain(config, { chainId: 77 as 1 }))).toBe(taskWords.refusals.wrongChain);
    expect(refusalOf(Object.assign(new Error('no'), { code: 4902 }))).toBe(taskWords.refusals.cannotSwitch);
  });

  test('one that is locked, or still waits for an answer', () => {
    const coded = (code: number): Error => new Error('outer', { cause: Object.assign(new Error('x'), { code }) });
    expect(refusalOf(coded(-32_002))).toBe(taskWords.refusals.pending);
    expect(refusalOf(coded(4100))).toBe(taskWords.refusals.locked);
  });
});
