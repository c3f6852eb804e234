import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofOfExecutionHash } from '../../contracts/proofOfExecutionHash.ts';
import type { Anvil } from './anvil.ts';
import type { Outcome } from './deployContract.ts';
import { type Step, type TaskContract, deployTaskContract } from './taskContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

/** Where a task can stand, and how it gets there: every state, with who matched where that decides. */
const situations = [
  'none',
  'submitted',
  'matched by owner',
  'matched by processor',
  'approved',
  'started',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;
type Situation = (typeof situations)[number];
type Actor = 'owner' | 'processor' | 'stranger';
type TaskStep = Exclude<Step, 'submitTask' | 'advertise'>;

const inTime: readonly Situation[] = situations.slice(1, 6);
const both = ['owner', 'processor'] as const;

/** README.md, "States", as a table of who may when; for those who may not, the error. */
const rules: Readonly<
  Record<TaskStep, { readonly may: Partial<Record<Situation, readonly Actor[]>>; readonly else: string }>
> = {
  matchTask: {
    may: { submitted: both, 'matched by owner': ['owner'], 'matched by processor': ['owner'] },
    else: 'NotParty',
  },
  withdraw: { may: { 'matched by owner': both, 'matched by processor': both }, else: 'NotParty' },
  approve: { may: { 'matched by owner': ['processor'], 'matched by processor': ['owner'] }, else: 'NotCounterpart' },
  start: { may: { approved: ['processor'] }, else: 'NotProcessor' },
  complete: { may: { started: ['processor'] }, else: 'NotProcessor' },
  fail: { may: { approved: ['processor'], started: ['processor'] }, else: 'NotProcessor' },
  cancel: {
    may: {
      submitted: ['owner'],
      'matched by owner': ['owner'],
      'matched by processor': ['owner'],
      approved: ['owner'],
    },
    else: 'NotOwner',
  },
  expire: {
    may: {
      submitted: ['owner'],
      'matched by owner': ['owner'],
      'matched by processor': ['owner'],
      approved: both,
      started: both,
    },
    else: 'NotParty',
  },
  annotate: {
    may: {
      submitted: ['owner'],
      'matched by owner': ['owner'],
      'matched by processor': ['owner'],
      approved: both,
      started: both,
      completed: both,
      failed: both,
      cancelled: ['owner'],
      expired: both,
    },
    else: 'NotParty',
  },
};

const anvil: Anvil | undefined = await anvilForTests('who may take which step of a task');
afterAll(() => anvil?.stop());

describe.skipIf(!anvil)(
  'ProofOfExecution: every step, in every situation, by everybody',
  { timeout: 600_000, retry: 0 },
  () => {
    let contract: TaskContract;
    let people: Record<Actor, Address>;
    let deadline: number;
    let free: bigint;
    const ids = {} as Record<Situation, bigint>;
    const matched = new Map<bigint, bigint>();

    const attempt = (step: TaskStep, id: bigint, actor: Actor): Promise<Outcome> => {
      const from = people[actor];
      const now = BigInt(contract.now());
      if (step === 'matchTask') return contract.send(from, step, [id, free]);
      if (step === 'approve') return contract.send(from, step, [id, matched.get(id) ?? free]);
      if (step === 'start') return contract.send(from, step, [id, word(7), now]);
      if (step === 'complete') return contract.send(from, step, [id, word(8), word(9), word(10), now]);
      if (step === 'fail') return contract.send(from, step, [id, word(11)]);
      if (step === 'annotate') return contract.send(from, step, [id, word(12), '0x1234']);
      return contract.send(from, step, [id]);
    };

    beforeAll(async () => {
      contract = await deployTaskContract((anvil as Anvil).rpc);
      const [owner, processor, stranger] = contract.accounts as [Address, Address, Address];
      people = { owner, processor, stranger };
      deadline = contract.now() + 5_000;
      const must = async (outcome: Promise<Outcome>) => {
        const { error, args } = await outcome;
        if (error !== undefined) throw new Error(error);
        return args as Record<string, bigint>;
      };
      const advertise = async () =>
        (await must(contract.send(processor, 'advertise', [word(1), BigInt(deadline), 'two cores'])))[
          'offer'
        ] as bigint;
      const submit = async (until: number) =>
        (await must(contract.send(owner, 'submitTask', [word(2), word(3), word(4), word(5), BigInt(until), '{}'])))[
          'id'
        ] as bigint;
      const advance = async (situation: Situation, until = deadline) => {
        const id = await submit(until);
        if (situation === 'submitted') return id;
        const offer = await advertise();
        matched.set(id, offer);
        const [first, second]: readonly Actor[] =
          situation === 'matched by processor' ? ['processor', 'owner'] : ['owner', 'processor'];
        await must(contract.send(people[first as Actor], 'matchTask', [id, offer]));
        if (situation.startsWith('matched')) return id;
        await must(attempt('approve', id, second as Actor));
        if (situation === 'approved') return id;
        await must(attempt('start', id, 'processor'));
        if (situation === 'completed') await must(attempt('complete', id, 'processor'));
        if (situation === 'failed') await must(attempt('fail', id, 'processor'));
        return id;
      };
      ids.none = 1_000_000n;
      for (const situation of situations.slice(1, 8)) ids[situation] = await advance(situation);
      ids.cancelled = await submit(deadline);
      await must(attempt('cancel', ids.cancelled, 'owner'));
      ids.expired = await advance('started', contract.now() + 10);
      await must(contract.send(owner, 'expire', [ids.expired], 20));
      free = await advertise();
    });

    const actors: readonly Actor[] = ['owner', 'processor', 'stranger'];

    for (const [step, rule] of Object.entries(rules) as [TaskStep, (typeof rules)[TaskStep]][]) {
      it(`${step} in time`, async () => {
        const found: string[] = [];
        const expected: string[] = [];
        for (const situation of situations) {
          for (const actor of actors) {
            const allowed = rule.may[situation];
            const right =
              allowed === undefined
                ? 'WrongState'
                : allowed.includes(actor)
                  ? step === 'expire'
                    ? 'DeadlineAhead'
                    : 'event'
                  : // Over a pending match the owner alone may match; for all others that is the wrong state.
                    step === 'matchTask' && situation !== 'submitted'
                    ? 'WrongState'
                    : rule.else;
            const before = await contract.task(ids[situation]);
            const outcome = await contract.undone(() => attempt(step, ids[situation], actor));
            expected.push(`${situation}, ${actor}: ${right}`);
            found.push(`${situation}, ${actor}: ${outcome.error ?? 'event'}`);
            if (outcome.error === 'WrongState') expect(outcome.errorArgs).toEqual([stateNumber(situation)]);
            expect(before).toEqual(await contract.task(ids[situation]));
          }
        }
        expect(found).toEqual(expected);
      });
    }

    it('all of it past the deadline: nothing but to expire and to annotate', async () => {
      const found: string[] = [];
      const expected: string[] = [];
      for (const [step, { may }] of Object.entries(rules) as [TaskStep, (typeof rules)[TaskStep]][]) {
        for (const situation of inTime) {
          for (const actor of may[situation] ?? []) {
            const late = Math.max(1, deadline + 1 - contract.now());
            const outcome = await contract.undone(async () => {
              await contract.send(people.stranger, 'advertise', [word(1), BigInt(deadline * 2), ''], late);
              if (step === 'matchTask') {
                const args = [word(1), BigInt(deadline * 2), ''] as const;
                free = (await contract.send(people.processor, 'advertise', args)).args?.['offer'] as bigint;
              }
              return attempt(step, ids[situation], actor);
            });
            const right = step === 'expire' || step === 'annotate' ? 'event' : 'DeadlinePassed';
            // The offers of this test lapse with the deadline, and an approval looks at the offer first.
            expected.push(`${step}, ${situation}, ${actor}: ${step === 'approve' ? 'OfferLapsed' : right}`);
            found.push(`${step}, ${situation}, ${actor}: ${outcome.error ?? 'event'}`);
          }
        }
      }
      expect(found).toEqual(expected);
    });

    it('and after all of it the logs still close with the two slots', async () => {
      const { count, hash } = await contract.kept();
      expect(proofOfExecutionHash(contract.logs)).toEqual({ count, hash });
      expect(count).toBeGreaterThan(30);
    });
  },
);

function stateNumber(situation: Situation): number {
  const index = situations.indexOf(situation);
  return index <= 2 ? index : index - 1;
}
