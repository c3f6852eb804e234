import { useQuery } from '@tanstack/react-query';
import { judgeTaskInWorker, type TaskOutcome } from '../../audit/task/judgeTaskInWorker.ts';
import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { ReadFile } from '../files/readFiles.ts';
import type { ContractSession } from './contractSession.ts';

const numbers = new WeakMap<ContractEvents, number>();
let lastNumber = 0;

/** Tells one reading from the next without turning all of its events into text. */
function numberOf(result: ContractEvents): number {
  const known = numbers.get(result);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(result, lastNumber);
  return lastNumber;
}

/** The task judged in a worker, anew with every reading and every file; what was found before stays until then. */
export function useTask(
  session: ContractSession,
  result: ContractEvents | undefined,
  id: string,
  trust: Trust,
  files: readonly ReadFile[],
): { readonly judged: TaskOutcome | undefined; readonly error: Error | null } {
  const { data, error } = useQuery({
    queryKey: [
      'task',
      session.address,
      id,
      result && numberOf(result),
      canonicalJson(trust),
      files.map((file) => file.id),
    ],
    queryFn: ({ signal }) =>
      judgeTaskInWorker(
        {
          events: result?.events ?? [],
          task: BigInt(id),
          chainId: session.pin.chainId,
          contract: session.address,
          trust,
          now: Date.now(),
          companions: files.map(({ name, bytes }) => ({ name, bytes })),
        },
        signal,
      ),
    enabled: result !== undefined,
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  return { judged: result && data, error };
}
