import { useQuery } from '@tanstack/react-query';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { labelsOf } from '../../core/chain/chainContext.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

const none: readonly string[] = [];

/**
 * What must be said of a chain wherever it is shown: that its enclave is simulated, that its timestamp key is for development.
 * @returns undefined for the moment that finding them takes
 */
export function useChainLabels(chain: ChainPin): readonly string[] | undefined {
  const { data, isPending } = useQuery({
    queryKey: ['labels', canonicalJson(chain)],
    queryFn: async () => (await labelsOf(chain)).sort(),
    staleTime: Infinity,
  });
  return isPending ? undefined : (data ?? none);
}
