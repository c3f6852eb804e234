import { useQuery } from '@tanstack/react-query';
import { labelsOf } from '../../core/chain/chainContext.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { Labels } from '../parts/Labels.tsx';

/** What must be said of a chain wherever it is shown: that its enclave is simulated, that its timestamp key is for development. */
export function ChainLabels({ chain, brief = false }: { readonly chain: ChainPin; readonly brief?: boolean }) {
  const { data = [] } = useQuery({
    queryKey: ['labels', canonicalJson(chain)],
    queryFn: () => labelsOf(chain),
    staleTime: Infinity,
  });
  return <Labels labels={data} brief={brief} />;
}
