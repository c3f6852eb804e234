import fc from 'fast-check';
import type { Address, Hex } from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import { proofOfExecutionHash } from '../../contracts/proofOfExecutionHash.ts';
import type { ContractLog } from '../../contracts/runningHashOf.ts';
import type { TaskState } from '../../contracts/taskState.ts';
import { decodeEvent } from '../../core/evm/decodeEvent.ts';
import type { Anvil } from './anvil.ts';
import { type Step, type TaskContract, deployTaskContract } from './taskContract.ts';
import { type Command, TaskModel } from './taskModel.fixture.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil: Anvil | undefined = await anvilForTests('random steps of tasks beside a model of the rules');
afterAll(() => anvil?.stop());

/** What fast-check draws: which step, by which of four accounts, on which task and offer, when and with what. */
interface Draw {
  readonly step: Step | 'onward';
  readonly who: number;
  readonly task: number;
  readonly offer: number;
  readonly wait: number;
  readonly skew: number;
  readonly zero: boolean;
  readonly long: boolean;
}

/** For how long at most; longer on request, with as many runs as fit. */
const seconds = Number(process.env['AFFIDAVIT_FUZZ_SECONDS'] ?? 0);

const steps: readonly Step[] = [
  'submitTask',
  'advertise',
  'matchTask',
  'withdraw',
  'approve',
  'start',
  'complete',
  'fail',
  'cancel',
  'expire',
  'annotate',
];
const draws = fc.record<Draw>({
  // Taking a task onward, by who may, is what brings deep states about; all else tries what comes.
  step: fc.oneof(
    { weight: 5, arbitrary: fc.constant('onward' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...steps) },
  ),
  who: fc.nat(3),
  task: fc.nat(3),
  offer: fc.nat(4),
  wait: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: fc.constant(150) }),
  skew: fc.constantFrom(0, 0, 0, 0, 1, 30, 60, 61, -1, -30, -60, -61, -400),
  zero: fc.nat(9).map((drawn) => drawn === 0),
  long: fc.nat(9).map((drawn) => drawn === 0),
});

/** A task that goes all the way, and its offer. */
const onward = Array.from({ length: 6 }, (): Draw => {
  return { step: 'onward', who: 0, task: 0, offer: 0, wait: 1, skew: 0, zero: false, long: false };
});

/** From which states a task may go where; README.md, "States". */
const allowed: Readonly<Record<TaskState, readonly TaskState[]>> = {
  none: ['submitted'],
  submitted: ['matched', 'cancelled', 'expired'],
  matched: ['submitted', 'approved', 'cancelled', 'expired'],
  approved: ['started', 'failed', 'cancelled', 'expired'],
  started: ['completed', 'failed', 'expired'],
  completed: [],
  failed: [],
  cancelled: [],
  expired: [],
};

function commandOf(draw: Draw, model: TaskModel, accounts: readonly Address[], time: bigint): Command {
  const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
  // One more than there are, so that an unknown id is tried as well.
  const id = pick([...model.tasks.keys(), 99n], draw.task) as bigint;
  const offer = pick([...model.offers.keys(), 98n], draw.offer) as bigint;
  const from = accounts[draw.who] as Address;
  const hash: Hex = word(draw.zero ? 0 : 1);
  const text = 'x'.repeat(draw.long ? 2049 - (draw.skew % 2) : 3);
  const claimed = time + BigInt(draw.skew);
  if (draw.step !== 'onward') return make(draw.step, from, id, offer);

  const task = model.tasks.get(id);
  const free = [...model.offers].find(([, each]) => !each.taken && each.processor !== task?.owner && each.until > time);
  if (!task) return make('submitTask', from, id, offer);
  if (task.state === 'submitted')
    return free
      ? make('matchTask', task.owner, id, free[0])
      : make('advertise', accounts[(draw.who + 1) % 4] as Address, id, offer);
  if (task.state === 'matched') {
    const processor = model.offers.get(task.offer)?.processor as Address;
    return make('approve', task.matchedByOwner ? processor : task.owner, id, task.offer);
  }
  if (task.state === 'approved') return make('start', task.processor, id, offer);
  if (task.state === 'started') return make('complete', task.processor, id, offer);
  return make('submitTask', from, id, offer);

  function make(step: Step, by: Address, on: bigint, from_: bigint): Command {
    const all: { [S in Step]: unknown[] } = {
      submitTask: [hash, word(2), word(3), word(0), claimed + 400n, text],
      advertise: [word(4), claimed + 300n, text],
      matchTask: [on, from_],
      withdraw: [on],
      approve: [on, from_],
      start: [on, hash, claimed],
      complete: [on, hash, word(0), word(6), claimed],
      fail: [on, word(7)],
      cancel: [on],
      expire: [on],
      annotate: [on, word(8), `0x${'ab'.repeat(text.length)}`],
    };
    return { step, from: by, args: all[step] } as unknown as Command;
  }
}

const reached = new Map<string, number>();

async function agree(drawn: readonly Draw[]): Promise<{ contract: TaskContract; model: TaskModel }> {
  const contract = await deployTaskContract((anvil as Anvil).rpc);
  const model = new TaskModel();
  for (const draw of drawn) {
    const time = BigInt(contract.now() + draw.wait);
    const command = commandOf(draw, model, contract.accounts, time);
    const expected = model.apply(command, time);
    const outcome = await contract.send(command.from, command.step, command.args as never, draw.wait);
    const found = outcome.error === undefined ? { event: outcome.event } : { error: outcome.error };
    expect(
      found,
      JSON.stringify(command, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).toEqual(expected);
    const name = 'event' in expected ? expected.event : expected.error;
    reached.set(name, (reached.get(name) ?? 0) + 1);
  }
  return { contract, model };
}

describe.skipIf(!anvil)('random steps', { timeout: 600_000, retry: 0 }, () => {
  it('end in contract and model alike: answers, states, offers, counts, hashes, times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(draws, { minLength: 10, maxLength: 60, size: 'max' }), async (drawn) => {
        const { contract, model } = await agree(drawn);
        for (const [id, task] of model.tasks) expect(await contract.task(id)).toEqual(task);
        for (const [id, offer] of model.offers) expect(await contract.offer(id)).toEqual(offer);
        const { count, hash } = await contract.kept();
        expect(count).toBe(model.events.length);
        expect(proofOfExecutionHash(contract.logs)).toEqual({ count, hash });
        for (const past of model.history.values()) {
          const [first, ...rest] = past;
          expect(first?.state).toBe('submitted');
          let before = first;
          for (const next of rest) {
            expect(allowed[before?.state ?? 'none']).toContain(next.state);
            expect(next.time).toBeGreaterThan(before?.time ?? 0n);
            before = next;
          }
        }
        checkClaims(contract);
        tamper(contract.logs);
      }),
      {
        examples: [[onward]],
        ...(seconds ? { numRuns: 1_000_000, interruptAfterTimeLimit: seconds * 1_000 } : { numRuns: 12 }),
      },
    );
    // A fuzz that only ever meets refusals shows nothing.
    for (const event of ['TaskSubmitted', 'TaskMatched', 'MatchApproved', 'TaskStarted', 'TaskCompleted']) {
      expect(reached.get(event) ?? 0, event).toBeGreaterThan(0);
    }
  });
});

/** Claimed times never run back, and never away from those of the blocks by more than the allowance. */
function checkClaims(contract: TaskContract): void {
  const started = new Map<bigint, bigint>();
  for (const { timestamp: time, ...log } of contract.logs) {
    const { name: event, args } = decodeEvent(proofOfExecutionAbi, log);
    const id = args['id'] as bigint;
    if (event === 'TaskStarted') started.set(id, args['startedAt'] as bigint);
    const claimed = (args['startedAt'] ?? args['endedAt']) as bigint | undefined;
    if (claimed === undefined) continue;
    expect(claimed).toBeLessThanOrEqual(BigInt(time) + 60n);
    if (event === 'TaskCompleted') expect(claimed).toBeGreaterThanOrEqual(started.get(id) as bigint);
  }
}

/** Any log left out, doubled or swapped is found. */
function tamper(logs: readonly ContractLog[]): void {
  const whole = proofOfExecutionHash(logs);
  for (let at = 0; at < logs.length; at += 1) {
    const found = proofOfExecutionHash(logs.toSpliced(at, 1));
    expect(found.count === whole.count && found.hash === whole.hash).toBe(false);
    if (at + 1 < logs.length) expect(found.brokenAt).toBe(at);
    expect(proofOfExecutionHash(logs.toSpliced(at, 0, logs[at] as ContractLog)).brokenAt).toBe(at + 1);
  }
}
