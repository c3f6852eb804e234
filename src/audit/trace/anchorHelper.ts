import { developmentLedgers } from '../../core/evm/developmentLedgers.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import type { Context } from '../../core/kinds/kind.ts';
import type { AnchorReading } from '../../core/trace/anchor/anchorReading.ts';
import type { AnchorJudged } from '../../core/trace/anchor/judgeAnchor.ts';
import { judgeAnchored } from '../../core/trace/anchor/judgeAnchored.ts';
import type { TraceHelpers } from '../../core/trace/helpers.ts';
import { traceStructHash, type TraceDomain, type TraceMetadata } from '../../core/trace/metadata.ts';
import { readAnchors, type AnchorSource } from './readAnchors.ts';

export interface AnchorHelperOptions extends Omit<AnchorSource, 'pin' | 'contract'> {
  /** Told what was found, for whoever wants more of it than the check. */
  readonly onAnchor?: (judged: AnchorJudged, reading: AnchorReading) => void;
}

/**
 * Asks the ledger of a trace whether it is anchored: for `Context.trace.anchor`, which judges of traces and their proofs look at. The ledger and its contract are those of the
 * trust file; where it names neither, nobody is asked and the check stays open. An attestation document among the companions is judged as that of the machine.
 */
export function anchorHelper(
  context: Pick<Context, 'trust' | 'companions' | 'now' | 'givenTime'>,
  options: AnchorHelperOptions = {},
): NonNullable<TraceHelpers['anchor']> {
  const { onAnchor, ...how } = options;
  return async (metadata: TraceMetadata, domain: TraceDomain) => {
    const contract = domain.verifyingContract.toLowerCase();
    const pin = context.trust.evm?.find(
      ({ chainId, contracts }) => chainId === domain.chainId && contracts?.['TraceAnchor']?.toLowerCase() === contract,
    );
    if (!pin) return undefined;
    const reading = await readAnchors({ ...how, pin }, { ids: [toHex0x(traceStructHash(metadata))] });
    const { check, labels, judged, machine } = await judgeAnchored(metadata, reading, context);
    onAnchor?.(judged, reading);
    const ledger = developmentLedgers.includes(domain.chainId) ? ['development consensus'] : [];
    return { check, labels: [...ledger, ...labels], machine };
  };
}
