import { fill } from '../../../core/verdict/messages.ts';
import { digestFact, ends, fact, timeFact } from '../facts.ts';
import { momentOf } from '../format.ts';
import { words } from '../language.ts';
import type { SystemSays } from '../systemPage.ts';

const parties = ['chainId', 'contract', 'id', 'owner', 'processor', 'container'] as const;
const digests = ['program', 'dataSet', 'secretFile', 'runnerKey', 'result', 'output', 'attestation'] as const;
const times = ['submittedAt', 'approvedAt', 'startedAt', 'endedAt', 'recordedAt'] as const;

/** What a certificate of this system says, in a sentence and in lines. */
export const taskSays: SystemSays = {
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
};
