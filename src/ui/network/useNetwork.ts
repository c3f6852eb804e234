import { useQuery } from '@tanstack/react-query';
import { judgeNetworkInWorker } from '../../audit/network/judgeNetworkInWorker.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { NetworkJudged } from '../../core/network/judgeNetwork.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { ReadFile } from '../files/readFiles.ts';
import type { NetworkResult } from './networkSession.ts';

const numbers = new WeakMap<NetworkResult, number>();
let lastNumber = 0;

/** Tells one reading from the next without turning all of its events into text. */
function numberOf(result: NetworkResult): number {
  const known = numbers.get(result);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(result, lastNumber);
  return lastNumber;
}

/** The network with the person's files beside it, recomputed in a worker with every file and every reading; without files as it was read. */
export function useNetwork(
  result: NetworkResult | undefined,
  trust: Trust,
  files: readonly ReadFile[],
): { readonly judged: NetworkJudged | undefined; readonly judging: boolean; readonly error: Error | null } {
  const { data, error, isFetching } = useQuery({
    queryKey: ['network', result && numberOf(result), canonicalJson(trust), files.map(({ id }) => id)],
    queryFn: ({ signal }) =>
      judgeNetworkInWorker(
        {
          reading: (result as NetworkResult).reading,
          trust,
          now: Date.now(),
          companions: files.map(({ name, bytes }) => ({ name, bytes })),
        },
        signal,
      ),
    enabled: result !== undefined && files.length > 0,
    staleTime: Infinity,
  });
  const isBeside = files.length > 0;
  return {
    judged: (isBeside && data) || result?.judged,
    judging: isBeside && isFetching,
    error: isBeside ? error : null,
  };
}
