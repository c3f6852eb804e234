import type { Report } from '../../../core/kinds/judge.ts';
import { vmIdentifier } from '../../../core/trace/metadata.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import type { UsedAnchors } from '../../views/view.ts';

/** The machine and the key that the check of the signature names. */
function signerOf({ checks }: Report): { readonly vm: string; readonly key: string } | undefined {
  const { vm, key } = checks.find(({ code }) => code === 'TRACE_SIGNATURE')?.params ?? {};
  return typeof vm === 'string' && typeof key === 'string' ? { vm, key } : undefined;
}

/** The machine whose key has signed, where it is not pinned: offered, never taken unasked. */
export function machineAnchors(report: Report, { vms = [] }: Trust): Trust | undefined {
  const signer = signerOf(report);
  const signature = report.checks.find(({ code }) => code === 'TRACE_SIGNATURE');
  if (!signer || signer.key === '' || signature?.status !== 'unknown') return undefined;
  if (vms.some(({ id }) => vmIdentifier(id) === signer.vm)) return undefined;
  return { vms: [{ id: signer.vm, key: signer.key }] };
}

/** The pins that the verdict rests on: the machine's, and the setups of proofs without disclosure. */
export function machineUsed(report: Report, { vms = [], zk }: Trust): UsedAnchors {
  const vm = signerOf(report)?.vm;
  const own = vms.filter(({ id }) => vmIdentifier(id) === vm);
  const hasZk = zk !== undefined && report.checks.some(({ code }) => code === 'ZK_SETUP');
  return { trust: { ...(own.length > 0 ? { vms: own } : {}), ...(hasZk ? { zk } : {}) }, roots: [] };
}
