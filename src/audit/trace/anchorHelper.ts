import { toHex0x } from '../../core/evm/hex.ts';
import type { Context } from '../../core/kinds/kind.ts';
import type { AnchorReading } from '../../core/trace/anchor/anchorReading.ts';
import { checkVmDocument } from '../../core/trace/anchor/checkVmDocument.ts';
import { judgeAnchor, type AnchorJudged } from '../../core/trace/anchor/judgeAnchor.ts';
import { vmKeyDigest } from '../../core/trace/anchor/vmKey.ts';
import type { TraceHelpers } from '../../core/trace/helpers.ts';
import { traceStructHash, type TraceDomain, type TraceMetadata } from '../../core/trace/metadata.ts';
import { all } from '../../core/verdict/check.ts';
import { readAnchors, type AnchorSource } from './readAnchors.ts';

export interface AnchorHelperOptions extends Omit<AnchorSource, 'pin' | 'contract'> {
  /** Told what was found, for whoever wants more of it than the check. */
  readonly onAnchor?: (judged: AnchorJudged, reading: AnchorReading) => void;
}

/** Ledgers that everybody can start for himself: what they seal proves nothing to others. */
const developmentLedgers = [1337, 31_337, 412_346];

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
    const judged = judgeAnchor(metadata, reading, context.trust);
    onAnchor?.(judged, reading);
    const labels = developmentLedgers.includes(domain.chainId) ? ['development consensus'] : [];
    const used = judged.anchored?.machineKey;
    if (!used || context.companions.length === 0) return { check: judged.check, labels };
    const statement = { vm: used.vm, key: toHex0x(vmKeyDigest(used.key)) };
    const document = await checkVmDocument({ statement, digest: used.document }, context);
    if (!document) return { check: judged.check, labels };
    const { params = {}, children = [] } = judged.check;
    return {
      check: all('TRACE_ANCHOR', [...children, document.check], { params }),
      labels: [...labels, ...document.labels],
    };
  };
}
