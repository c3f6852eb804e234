import { ChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { InProcessExecutor } from '../../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { pinOf } from '../writer/chainRecord.ts';
import type { BucketPin } from '../../core/trust/trust.ts';
import type { SurveyChain } from '../writer/successorOf.ts';

/**
 * What the buckets show of a chain that has ended, by an audit from the writer's own last block on: whoever else had blocks numbered in it is
 * found as every reader will find it.
 */
export function surveyBuckets(pins: readonly BucketPin[]): SurveyChain {
  return async (chain) => {
    const own = { k: chain.next - 1, height: chain.height ?? 0, timestampHash: chain.tail ?? '' };
    const pin = { ...pinOf(chain), checkpoint: own };
    const audit = await new ChainAuditor({
      pin,
      buckets: openBuckets(pins),
      executor: new InProcessExecutor(),
    }).run();
    if (audit.storage.filter(({ down }) => down).length > 3) {
      throw new AuditorError('source', 'SURVEY', `The buckets do not show where the chain ${chain.name} ended.`);
    }
    const { tip, highest } = audit;
    if (!tip || tip.height === null || highest === null) return own;
    return { k: highest, height: tip.height, timestampHash: tip.timestampHash };
  };
}
