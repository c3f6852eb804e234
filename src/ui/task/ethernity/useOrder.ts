import { useQuery } from '@tanstack/react-query';
import type { OrderRead } from '../../../audit/task/ethernity/readOrder.ts';
import { judgeOrderInWorker } from '../../../audit/task/judgeTaskInWorker.ts';
import { describeOrder, type OrderDescription } from '../../../core/task/ethernity/describeOrder.ts';
import type { Check } from '../../../core/verdict/check.ts';
import type { ReadFile } from '../../files/readFiles.ts';

const numbers = new WeakMap<OrderRead, number>();
let lastNumber = 0;

/** Tells one reading from the next without turning all of it into text. */
function numberOf(result: OrderRead): number {
  const known = numbers.get(result);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(result, lastNumber);
  return lastNumber;
}

export interface JudgedOrder {
  readonly checks: readonly Check[];
  readonly found: OrderDescription;
}

/** The order judged in a worker, anew with every reading and every file; what was found before stays until then. */
export function useOrder(
  result: OrderRead | undefined,
  order: bigint,
  files: readonly ReadFile[],
): { readonly judged: JudgedOrder | undefined; readonly error: Error | null } {
  const { data, error } = useQuery({
    queryKey: ['order', String(order), result && numberOf(result), files.map((file) => file.id)],
    queryFn: async ({ signal }) => {
      const { evidence } = result as OrderRead;
      const companions = files.map(({ name, bytes }) => ({ name, bytes }));
      const judged = await judgeOrderInWorker({ evidence, order, companions }, signal);
      return { checks: judged.checks, found: describeOrder(judged) };
    },
    enabled: result !== undefined,
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  return { judged: result && data, error };
}
