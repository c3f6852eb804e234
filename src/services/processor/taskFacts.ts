import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { readContractEvents, type ContractEvent } from '../../core/task/contractEvent.ts';
import { followTask, type FollowedTask } from '../../core/task/followTask.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { TaskFacts } from './runner.ts';

/** What the owner submitted. @throws AuditorError `usage` TASK_UNKNOWN */
export function factsOf(events: readonly ProvenEvent[], contract: Hex, id: bigint): TaskFacts & { task: FollowedTask } {
  const task = followTask(readContractEvents(events, contract).events, id);
  const submitted = task.moves.find(({ step }) => step.name === 'TaskSubmitted')?.step;
  if (!submitted || !task.owner) throw new AuditorError('usage', 'TASK_UNKNOWN', `There is no task ${id}.`);
  const { program, dataSet, secretFile } = submitted.values as Record<string, Hex>;
  return { id, owner: task.owner, program, dataSet, secretFile, task } as TaskFacts & { task: FollowedTask };
}

/** The event that made an offer. @throws AuditorError `usage` OFFER_UNKNOWN */
export function offerOf(events: readonly ProvenEvent[], contract: Hex, offer: bigint): ContractEvent {
  const found = readContractEvents(events, contract).events.find(
    ({ name, id }) => name === 'ResourcesAdvertised' && id === offer,
  );
  if (!found) throw new AuditorError('usage', 'OFFER_UNKNOWN', `There is no offer ${offer}.`);
  return found;
}

/** The tasks that are matched with an offer by their owners and wait for its approval. */
export function waitingTasks(events: readonly ProvenEvent[], contract: Hex, offer: bigint): readonly bigint[] {
  const read = readContractEvents(events, contract).events;
  const ids = new Set(
    read.filter(({ name, values }) => name === 'TaskMatched' && values['offer'] === offer).map(({ id }) => id),
  );
  return [...ids].filter((id) => {
    const task = followTask(read, id);
    return task.state === 'matched' && task.offer === offer && task.matchedByOwner;
  });
}
