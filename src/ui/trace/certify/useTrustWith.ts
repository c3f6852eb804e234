import { useMemo } from 'react';
import { vmIdentifier } from '../../../core/trace/metadata.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { usePins } from '../../anchors/usePins.ts';

/** What is pinned here, and the machine that a trace was signed with in this very page, pinned or not: its owner relies on it. */
export function useTrustWith(machine: { readonly id: string; readonly key: string } | undefined): Trust {
  const { trust } = usePins();
  return useMemo(() => {
    const vms = trust.vms ?? [];
    if (!machine || vms.some(({ id }) => vmIdentifier(id) === machine.id)) return trust;
    return { ...trust, vms: [...vms, machine] };
  }, [trust, machine]);
}
