import type { ChainPin } from '../../core/trust/trust.ts';
import { Labels } from '../parts/Labels.tsx';
import { useChainLabels } from './useChainLabels.ts';

/** The labels of a chain, before anything of it was read. */
export function ChainLabels({ chain, brief = false }: { readonly chain: ChainPin; readonly brief?: boolean }) {
  return <Labels labels={useChainLabels(chain) ?? []} brief={brief} />;
}
