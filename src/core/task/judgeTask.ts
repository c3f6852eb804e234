import type { TaskState } from '../../contracts/taskState.ts';
import { moment } from '../certificate/moment.ts';
import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { fail, pass, unknown, type Check, type Note, type Plan } from '../verdict/check.ts';
import { attestationPlan, checkAttestation, type AttestationJudged } from './checkAttestation.ts';
import { checkContainer } from './container.ts';
import { checkFiles, type TaskFiles } from './checkFiles.ts';
import { readContractEvents, secondsOf, type ContractEvent, type ReadEvents } from './contractEvent.ts';
import { followTask, valueOf, type FollowedTask, type TaskRule } from './followTask.ts';
import { sentinelName } from './sentinels.ts';
import { compareEvents, hashesOf, taskHashNames, timelineOf, type TaskTimeline } from './timeline.ts';

/** What a task is judged with beside its events. */
export interface TaskContext extends Context {
  readonly chainId: number;
  /** Lower case. */
  readonly contract: Hex;
  /** Files dropped for what they are; others may stand among the companions. */
  readonly files?: TaskFiles;
}

export interface TaskJudged {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly timeline: TaskTimeline;
  /** The attestation document, as its own kind describes it for the page. */
  readonly attestation: { readonly kind: string; readonly content: Content; readonly details: unknown } | undefined;
}

const spec = 'src/contracts/ProofOfExecution.sol; Peterfi, “Blockchain based Proof of Execution”';

/** The checks of a task that came to its end, in their order. */
export const taskPlan: readonly Plan[] = [
  { code: 'TASK_EVENTS' },
  { code: 'TASK_STEPS' },
  { code: 'TASK_ACTORS' },
  { code: 'TASK_OFFER' },
  { code: 'TASK_DEADLINE' },
  { code: 'TASK_TIMES' },
  { code: 'TASK_HASHES' },
  { code: 'TASK_COMPLETED' },
  attestationPlan,
];

/**
 * Judges one task from the proven events of its contract: all of them, or at least those of the task and of the offer that it was matched with. That the events are genuine
 * and that none is left out is said by the checks that they came with, not here.
 */
export async function judgeTask(events: readonly ProvenEvent[], id: bigint, context: TaskContext): Promise<TaskJudged> {
  const { chainId, contract } = context;
  const read = readContractEvents(events, contract);
  const task = followTask(read.events, id);
  const base = [
    checkEvents(read, id, task),
    ...ruleChecks(task),
    ...checkHashes(task),
    ...checkContainer(task),
    checkCompleted(task, id),
  ];
  const attested = task.state === 'completed' ? await judgeAttestation(task, id, context) : undefined;
  const timeline = timelineOf(chainId, contract, id, task, attested?.signedAt ?? null);
  const files = await checkFiles(timeline.hashes, context.files ?? {}, context.companions);
  return {
    checks: [...base, ...(attested ? [attested.check] : []), ...files],
    labels: attested?.labels ?? [],
    timeline,
    attestation: attested?.document,
  };
}

/** Everything that the contract said can be read, in one order, and block times do not run backwards. */
function checkEvents({ events, faults }: ReadEvents, id: bigint, task: FollowedTask): Check {
  const [fault] = faults;
  if (fault) {
    return fail('TASK_EVENTS', {
      spec,
      params: { block: fault.event.block, log: fault.event.logIndex, reason: fault.reason },
    });
  }
  for (const [index, { event }] of events.entries()) {
    const before = events[index - 1]?.event;
    if (!before) continue;
    const params = { block: event.block, log: event.logIndex };
    if (compareEvents(before, event) >= 0) {
      return fail('TASK_EVENTS', {
        spec,
        params: { ...params, reason: 'It does not stand behind the one before it.' },
      });
    }
    if (event.timestamp < before.timestamp || (event.block === before.block && event.blockHash !== before.blockHash)) {
      return fail('TASK_EVENTS', {
        spec,
        params: { ...params, reason: 'Its block does not follow that of the one before it.' },
      });
    }
  }
  if (task.moves.length === 0) {
    return unknown('TASK_EVENTS', { spec, params: { id: String(id), reason: `None of the events is of task ${id}.` } });
  }
  return pass('TASK_EVENTS', { spec, params: { id: String(id), count: task.moves.length, of: events.length } });
}

/** One check for each rule that has had to do with the task. */
function ruleChecks(task: FollowedTask): Check[] {
  const reached = (...names: ContractEvent['name'][]): boolean =>
    task.moves.some(({ step }) => names.includes(step.name));
  const rules: readonly (readonly [TaskRule, boolean])[] = [
    ['TASK_STEPS', true],
    ['TASK_ACTORS', true],
    ['TASK_OFFER', reached('TaskMatched', 'MatchApproved')],
    ['TASK_DEADLINE', true],
    ['TASK_TIMES', reached('TaskStarted', 'TaskCompleted')],
  ];
  return rules.filter(([, has]) => has).map(([rule]) => ruleCheck(rule, task));
}

function ruleCheck(rule: TaskRule, task: FollowedTask): Check {
  const params = { ...describe(task), steps: task.moves.length };
  if (task.moves.length === 0) return unknown(rule, { spec, params: { reason: 'None of its events is there.' } });
  const broken = task.moves.flatMap((move) => move.broken).filter((finding) => finding.rule === rule);
  const [first] = broken.length > 0 ? broken : task.open.filter((finding) => finding.rule === rule);
  if (!first) return pass(rule, { spec, params });
  const { event, name } = first.step;
  const found = { ...params, step: name, block: event.block, log: event.logIndex, reason: first.reason };
  return broken.length > 0
    ? fail(rule, { spec, params: { ...found, count: broken.length } })
    : unknown(rule, { spec, params: found });
}

function describe(task: FollowedTask) {
  const at = (name: ContractEvent['name'], member: string): string => {
    const step = task.moves.findLast((move) => move.step.name === name)?.step;
    return step ? moment(secondsOf(step, member)) : 'not yet';
  };
  return {
    state: task.state satisfies TaskState,
    owner: task.owner ?? 'unknown',
    processor: task.processor ?? 'nobody yet',
    deadline: moment(task.deadline),
    started: at('TaskStarted', 'startedAt'),
    ended: at('TaskCompleted', 'endedAt'),
  };
}

const needed = {
  TaskSubmitted: ['program'],
  TaskStarted: ['runnerKey'],
  TaskCompleted: ['result', 'attestation'],
} as const;

/** Values that must be there are not zero; remarks where one is the digest of nothing. */
function checkHashes(task: FollowedTask): Check[] {
  if (task.moves.length === 0) return [];
  const hashes = hashesOf(task);
  const missing = task.moves.flatMap(({ step }) =>
    (needed[step.name as keyof typeof needed] ?? []).filter((name) => /^0x0*$/.test(String(step.values[name]))),
  );
  const notes = taskHashNames.flatMap((name): Note[] => {
    const hash = hashes[name];
    const what = hash === null ? undefined : sentinelName(hash);
    return what ? [{ code: 'TASK_SENTINEL', params: { name, hash: hash as string, what } }] : [];
  });
  const details = { spec, params: { missing: missing.join(', ') }, ...(notes.length > 0 && { notes }) };
  return [(missing.length === 0 ? pass : fail)('TASK_HASHES', details)];
}

/** Whether there is an execution to be proven: a task that is under way has none yet, one that ended otherwise never will. */
function checkCompleted(task: FollowedTask, id: bigint): Check {
  const params = { ...describe(task), id: String(id) };
  if (task.state === 'completed') return pass('TASK_COMPLETED', { spec, params });
  const ended = ['failed', 'cancelled', 'expired'].includes(task.state);
  return (ended ? fail : unknown)('TASK_COMPLETED', { spec, params });
}

async function judgeAttestation(task: FollowedTask, id: bigint, context: TaskContext): Promise<AttestationJudged> {
  const zero = `0x${'0'.repeat(64)}` as const;
  const hash = (name: ContractEvent['name'], member: string): Hex => valueOf(task, name, member) ?? zero;
  const completed = task.moves.findLast(({ step }) => step.name === 'TaskCompleted') as FollowedTask['moves'][number];
  return checkAttestation(
    {
      digest: hash('TaskCompleted', 'attestation'),
      statement: {
        chainId: context.chainId,
        contract: context.contract,
        id,
        program: hash('TaskSubmitted', 'program'),
        dataSet: hash('TaskSubmitted', 'dataSet'),
        runnerKey: hash('TaskStarted', 'runnerKey'),
        result: hash('TaskCompleted', 'result'),
        output: hash('TaskCompleted', 'output'),
      },
      startedAt: task.since,
      recordedAt: completed.step.event.timestamp,
    },
    context,
  );
}
