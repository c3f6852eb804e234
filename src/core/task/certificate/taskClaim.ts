import { zeroHash } from 'viem';
import type { TaskMark, TaskStepName, TaskTimeline } from '../timeline.ts';
import type { TaskClaim } from './taskCertificate.ts';

/** What can be claimed of a task that was carried out; undefined where its time line does not go so far. */
export function claimOf(timeline: TaskTimeline): TaskClaim | undefined {
  const { chainId, contract, id, owner, processor, hashes, state, container } = timeline;
  const mark = (step: TaskStepName): TaskMark | undefined => timeline.marks.findLast((each) => each.step === step);
  const [submitted, approved, running, finished] = [
    mark('submitted'),
    mark('approved'),
    mark('running'),
    mark('finished'),
  ];
  if (state !== 'completed' || !owner || !processor || !submitted || !approved || !running || !finished)
    return undefined;
  return {
    chainId,
    contract,
    id,
    owner,
    processor,
    program: hashes.program ?? zeroHash,
    dataSet: hashes.dataSet ?? zeroHash,
    secretFile: hashes.secretFile ?? zeroHash,
    runnerKey: hashes.runnerKey ?? zeroHash,
    result: hashes.result ?? zeroHash,
    output: hashes.output ?? zeroHash,
    attestation: hashes.attestation ?? zeroHash,
    submittedAt: submitted.blockTime,
    approvedAt: approved.blockTime,
    recordedAt: finished.blockTime,
    startedAt: running.claimedTime ?? 0,
    endedAt: finished.claimedTime ?? 0,
    block: finished.event.block,
    ...(container !== null && { container }),
  };
}
