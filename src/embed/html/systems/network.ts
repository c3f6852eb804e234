import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { networkSystem } from '../../../core/network/certificate/networkSystem.ts';
import { networkMessages } from '../../../core/network/messages.en.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { digestFact, fact, timeFact } from '../facts.ts';
import { momentOf } from '../format.ts';
import { words } from '../language.ts';
import { start } from '../start.ts';

start({
  name: 'network',
  judge: networkSystem,
  messages: { ...evmMessages, ...evmContractMessages, ...networkMessages, ...certificateMessages },
  german: { ...evmGerman, ...certificateGerman },
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
  anchors: ({ anchors }) => anchors,
});

function validText(valid: unknown): string {
  const { validText: yes, invalidText: no } = words().facts;
  return valid === true ? yes : no;
}
