import type { TaskState } from '../../contracts/taskState.ts';
import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import { containerOf } from './container.ts';
import { hexOf, secondsOf, type ContractEvent } from './contractEvent.ts';
import type { FollowedTask } from './followTask.ts';

/** Who did it: the data owner, the data processor, or the enclave (what only it can know: its start, its end, its attestation). */
export type TaskLane = 'owner' | 'processor' | 'enclave';

/** What a mark stands for. */
export type TaskStepName =
  | 'submitted'
  | 'advertised'
  | 'matched'
  | 'withdrawn'
  | 'approved'
  | 'started'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'annotated'
  | 'running'
  | 'finished'
  | 'attested';

/** One mark: when its party says that it was, when the ledger recorded it, and the event that proves it. Plain JSON. */
export interface TaskMark {
  readonly lane: TaskLane;
  readonly step: TaskStepName;
  readonly by: Hex;
  /** Seconds since 1970 as the party claims; null where it claims none. */
  readonly claimedTime: number | null;
  /** Of the block, seconds since 1970. */
  readonly blockTime: number;
  readonly event: ProvenEvent;
  /** What the event says beside, by its name in the contract's interface. */
  readonly values: Readonly<Record<string, string>>;
  /** Why the step breaks a rule; empty where it breaks none. */
  readonly faults: readonly string[];
}

/** One task, ready to be drawn. Plain JSON. */
export interface TaskTimeline {
  readonly chainId: number;
  readonly contract: Hex;
  /** In decimal. */
  readonly id: string;
  readonly state: TaskState;
  readonly owner: Hex | null;
  readonly processor: Hex | null;
  readonly offer: string | null;
  /** Seconds since 1970; null where the task is not there. */
  readonly deadline: number | null;
  readonly metadata: string | null;
  /** The image that the text names as the program, see `containerOf`; null where the program is a file. */
  readonly container: string | null;
  /** Of the ledger; null where there is none yet or it is zero. */
  readonly hashes: Readonly<Record<TaskHashName, Hex | null>>;
  /** By block, then by place in it. */
  readonly marks: readonly TaskMark[];
}

export const taskHashNames = [
  'program',
  'dataSet',
  'secretFile',
  'wanted',
  'runnerKey',
  'result',
  'output',
  'attestation',
] as const;
export type TaskHashName = (typeof taskHashNames)[number];

const steps: Readonly<Record<ContractEvent['name'], TaskStepName>> = {
  TaskSubmitted: 'submitted',
  ResourcesAdvertised: 'advertised',
  TaskMatched: 'matched',
  MatchWithdrawn: 'withdrawn',
  MatchApproved: 'approved',
  TaskStarted: 'started',
  TaskCompleted: 'completed',
  TaskFailed: 'failed',
  TaskCancelled: 'cancelled',
  TaskExpired: 'expired',
  TaskAnnotated: 'annotated',
};

/** What the enclave itself says by the event that the processor sent. */
const enclaveTimes: Readonly<Record<string, readonly [TaskStepName, string]>> = {
  TaskStarted: ['running', 'startedAt'],
  TaskCompleted: ['finished', 'endedAt'],
};

/** The time line of a followed task. `attestedAt`: seconds, the time that its attestation document says of itself. */
export function timelineOf(
  chainId: number,
  contract: Hex,
  id: bigint,
  task: FollowedTask,
  attestedAt: number | null = null,
): TaskTimeline {
  const marks = task.moves.flatMap(({ step, broken }) => {
    const faults = broken.map(({ reason }) => reason);
    const mark = markOf(step, laneOf(step, task), faults);
    const times = enclaveTimes[step.name];
    if (!times) return [mark];
    const [name, member] = times;
    const claimedTime = secondsOf(step, member);
    const enclave: TaskMark = { ...mark, lane: 'enclave', step: name, claimedTime };
    const attested: TaskMark[] =
      step.name === 'TaskCompleted' && attestedAt !== null
        ? [{ ...mark, lane: 'enclave', step: 'attested', claimedTime: attestedAt }]
        : [];
    return [enclave, ...attested, mark];
  });
  const offered = task.advertised ? [markOf(task.advertised, 'processor', [])] : [];
  const submitted = task.moves.find(({ step }) => step.name === 'TaskSubmitted')?.step;
  return {
    chainId,
    contract,
    id: String(id),
    state: task.state,
    owner: task.owner ?? null,
    processor: task.processor ?? null,
    offer: task.offer === undefined ? null : String(task.offer),
    deadline: submitted ? task.deadline : null,
    metadata: submitted ? String(submitted.values['metadata']) : null,
    container: containerOf(task) ?? null,
    hashes: hashesOf(task),
    marks: [...offered, ...marks].sort((a, b) => compareEvents(a.event, b.event)),
  };
}

/** The order of events on a ledger. */
export function compareEvents(a: ProvenEvent, b: ProvenEvent): number {
  return a.block - b.block || a.transactionIndex - b.transactionIndex || a.logIndex - b.logIndex;
}

function markOf(step: ContractEvent, lane: TaskLane, faults: readonly string[]): TaskMark {
  const entries = Object.entries(step.values).filter(([name]) => name !== 'running');
  return {
    lane,
    step: steps[step.name],
    by: step.by,
    claimedTime: null,
    blockTime: step.event.timestamp,
    event: step.event,
    values: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
    faults,
  };
}

function laneOf(step: ContractEvent, { owner }: FollowedTask): TaskLane {
  return step.by === owner ? 'owner' : 'processor';
}

/** Every hash that the ledger has of a task. */
export function hashesOf({ moves }: FollowedTask): TaskTimeline['hashes'] {
  const found: Record<string, Hex | null> = Object.fromEntries(taskHashNames.map((name) => [name, null]));
  for (const { step } of moves) {
    for (const name of taskHashNames) {
      if (name in step.values && !/^0x0*$/.test(hexOf(step, name))) found[name] = hexOf(step, name);
    }
  }
  return found as Record<TaskHashName, Hex | null>;
}
