import type { Report } from '../../../core/kinds/judge.ts';
import type { TraceCertificateDetails } from '../../../core/trace/certificate/traceSystem.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { walk } from '../../../core/verdict/check.ts';
import type { UsedAnchors } from '../../views/view.ts';
import { machineAnchors, machineUsed } from './machinePins.ts';

const documentPins = ['nitro', 'sevSnp', 'dcap', 'tpm'] as const;

/** What the certificate of a trace would have to have pinned, and is not: the machine, its ledger, what speaks for the machine's document. Offered, never taken unasked. */
export function certificateAnchors(
  report: Report,
  { anchors: listed = {} }: Pick<TraceCertificateDetails, 'anchors'>,
  trust: Trust,
): Trust | undefined {
  if (report.verdict !== 'undetermined') return undefined;
  const machine = machineAnchors(report, trust);
  const isOpen = [...walk(report.checks)].some(
    (each) => each.code === 'TRACE_LEDGER_PINNED' && each.status === 'unknown',
  );
  const [pin] = listed.evm ?? [];
  // An entry for the same ledger would contradict the one that is pinned, or be no second one.
  const isPinned = trust.evm?.some(({ chainId }) => chainId === pin?.chainId) ?? false;
  const ledger = pin && isOpen && !isPinned ? { evm: [pin] } : {};
  const documents = documentPins.flatMap((name) =>
    listed[name] === undefined || trust[name] !== undefined ? [] : [[name, listed[name]] as const],
  );
  const offered: Trust = { ...machine, ...ledger, ...Object.fromEntries(documents) };
  return Object.keys(offered).length === 0 ? undefined : offered;
}

/** The pins that the verdict rests on: the machine's, and its ledger's. */
export function certificateUsed(
  report: Report,
  { proof }: Pick<TraceCertificateDetails, 'proof'>,
  trust: Trust,
): UsedAnchors {
  const { trust: own, roots } = machineUsed(report, trust);
  const evm = (trust.evm ?? []).filter(({ chainId }) => chainId === proof.domain.chainId);
  return { trust: { ...own, ...(evm.length > 0 ? { evm } : {}) }, roots };
}
