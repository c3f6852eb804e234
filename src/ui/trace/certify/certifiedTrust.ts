import { vmIdentifier, type TraceDomain, type TraceMetadata } from '../../../core/trace/metadata.ts';
import type { Trust } from '../../../core/trust/trust.ts';

/** Of all that is pinned here, what a certificate of this trace rests on: its ledger, its machine, and what speaks for the machine's document. */
export function certifiedTrust(
  { chains: _chains, hosts: _hosts, ...trust }: Trust,
  { vm }: Pick<TraceMetadata, 'vm'>,
  { chainId }: Pick<TraceDomain, 'chainId'>,
): Trust {
  const evm = trust.evm?.filter((pin) => pin.chainId === chainId) ?? [];
  const vms = trust.vms?.filter(({ id }) => vmIdentifier(id) === vm) ?? [];
  return { ...trust, evm, vms };
}
