import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { attestationMessages as attestationGerman } from '../../../core/task/attestationMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { attestationMessages } from '../../../core/task/attestationMessages.en.ts';
import { taskSystem } from '../../../core/task/certificate/taskSystem.ts';
import { taskMessages } from '../../../core/task/messages.en.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { digestFact, ends, fact, timeFact } from '../facts.ts';
import { momentOf } from '../format.ts';
import { words } from '../language.ts';
import { start } from '../start.ts';

const parties = ['chainId', 'contract', 'id', 'owner', 'processor', 'container'] as const;
const digests = ['program', 'dataSet', 'secretFile', 'runnerKey', 'result', 'output', 'attestation'] as const;
const times = ['submittedAt', 'approvedAt', 'startedAt', 'endedAt', 'recordedAt'] as const;

start({
  name: 'task',
  judge: taskSystem,
  messages: { ...attestationMessages, ...evmMessages, ...evmContractMessages, ...taskMessages, ...certificateMessages },
  german: { ...attestationGerman, ...evmGerman, ...certificateGerman },
  headline: ({ claim }, report) => {
    const { task } = words().headlines;
    const { id, contract, chainId } = claim;
    const params = { id: String(id), contract: ends(contract), chainId: String(chainId) };
    const between = { after: momentOf(claim.startedAt), before: momentOf(claim.endedAt) };
    return fill(report?.verdict === 'verified' ? task.verified : task.says, { ...params, ...between });
  },
  facts: ({ claim }) => [
    ...parties.flatMap((name) => fact(name, typeof claim[name] === 'number' ? String(claim[name]) : claim[name])),
    ...times.flatMap((name) => timeFact(name, claim[name])),
    ...digests.flatMap((name) => digestFact(name, claim[name])),
    ...fact('block', claim.block),
  ],
  anchors: ({ anchors }) => anchors,
});
