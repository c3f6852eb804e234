import { containerOf } from '../../core/task/container.ts';
import type { FollowedTask } from '../../core/task/followTask.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { TaskFacts } from './runner.ts';

/** A task that waits for its approval. */
export interface TakenTask {
  readonly facts: TaskFacts;
  readonly task: FollowedTask;
  /** Milliseconds that the ledger's time was ahead. */
  readonly ahead: number;
}

/** Why a matched task is not approved; undefined where it can be carried out. @param needed milliseconds since 1970 up to which it may take */
export function whyNot({ facts, task }: TakenTask, needed: number): AuditorError | undefined {
  const container = containerOf(task);
  if (container !== undefined) {
    const words = `Its program is a container (${container}), recorded by its digest; containers are not run here.`;
    return new AuditorError('source', 'PROGRAM_CONTAINER', words);
  }
  if (task.deadline * 1000 >= needed) return undefined;
  const deadline = task.deadline < 8.64e12 ? new Date(task.deadline * 1000).toISOString() : String(task.deadline);
  const words = `Task ${facts.id} cannot be run and recorded before its deadline, ${deadline}; after it the contract takes no result. It is left to expire.`;
  return new AuditorError('source', 'TASK_DEADLINE', words);
}
