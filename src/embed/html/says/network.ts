import { fill } from '../../../core/verdict/messages.ts';
import { digestFact, fact, timeFact } from '../facts.ts';
import { momentOf } from '../format.ts';
import { words } from '../language.ts';
import type { SystemSays } from '../systemPage.ts';

/** What a certificate of this system says, in a sentence and in lines. */
export const networkSays: SystemSays = {
  headline: ({ claim }, report) => {
    const { network } = words().headlines;
    const params = { requestId: String(claim.requestId), at: momentOf(claim.timestamp), valid: validText(claim.valid) };
    return fill(report?.verdict === 'verified' ? network.verified : network.says, params);
  },
  facts: ({ claim }) => [
    ...fact('requestId', String(claim.requestId)),
    [words().facts.valid, validText(claim.valid)],
    ...timeFact('timestamp', claim.timestamp),
    ...fact('vmId', claim.vmId),
    ...digestFact('measurements', claim.measurements),
    ...fact('record', claim.record),
    ...fact('chainId', String(claim.chainId)),
    ...fact('contract', claim.contract),
    ...fact('block', claim.block),
    ...fact('epoch', claim.epoch),
    ...fact('needed', claim.needed),
    ...fact('signers', claim.signers),
    ...fact('trustNodes', claim.trustNodes),
  ],
};

function validText(valid: unknown): string {
  const { validText: yes, invalidText: no } = words().facts;
  return valid === true ? yes : no;
}
