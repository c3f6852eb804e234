import { expect, test } from 'vitest';
import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { contract, makeEvents, owner, processor, rightSteps } from '../../core/task/task.fixture.ts';
import { contractView } from './contractView.ts';

function resultOf(count: number): ContractEvents {
  const events = makeEvents(rightSteps(`0x${'aa'.repeat(32)}`)).slice(0, count);
  const completeness = { how: 'bloom', from: 0, to: 9, tested: 10, opened: count } as const;
  const nothing = { head: undefined, account: undefined, equivocation: undefined, cost: { requests: 0, calls: 0 } };
  return { events, checks: [], completeness, ...nothing };
}

test('a contract’s events come to its tasks and offers, each as the last event left it', () => {
  const view = contractView(resultOf(9), contract);
  expect(view.tasks.map(({ id, owner: by }) => [id, by])).toEqual([[1n, owner]]);
  expect(view.offers).toMatchObject([{ id: 2n, processor, taken: true }]);
  expect(view.follow(1n)).toMatchObject({ state: 'completed', processor });
});

test('an offer that nobody was approved with is free, and a task that waits has no processor', () => {
  const view = contractView(resultOf(2), contract);
  expect(view.offers).toMatchObject([{ taken: false }]);
  expect(view.follow(1n)).toMatchObject({ state: 'submitted', processor: undefined });
});

test('a result is looked at once', () => {
  const result = resultOf(3);
  expect(contractView(result, contract)).toBe(contractView(result, contract));
});
