import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { keccak256, sha3 } from '../bytes/hash.ts';
import { toHex0x } from '../evm/hex.ts';
import { combine } from '../verdict/status.ts';
import { checkBinding } from './checkBinding.ts';
import { judgeTask, type TaskContext, type TaskJudged } from './judgeTask.ts';
import type { TaskFiles } from './checkFiles.ts';
import {
  asFile,
  chainId,
  changed,
  contract,
  files,
  hash,
  makeAttestation,
  makeEvents,
  noon,
  openCodes,
  owner,
  processor,
  rightSteps,
  statement,
  stranger,
  type MadeAttestation,
  type Step,
} from './task.fixture.ts';
import { encodeTaskStatement, taskReportData } from './taskStatement.ts';

let attestation: MadeAttestation;
let steps: Step[];
beforeAll(async () => {
  attestation = await makeAttestation();
  steps = rightSteps(hash(attestation.document));
});

interface Beside {
  readonly documents?: readonly Uint8Array[];
  readonly companions?: Readonly<Record<string, Uint8Array>>;
  readonly files?: TaskFiles;
  readonly id?: bigint;
  readonly trust?: TaskContext['trust'];
}

function judge(list: readonly Step[], beside: Beside = {}): Promise<TaskJudged> {
  const documents = beside.documents ?? [attestation.document];
  return judgeTask(makeEvents(list), beside.id ?? 1n, {
    chainId,
    contract,
    trust: beside.trust ?? attestation.trust,
    now: 0,
    ...(beside.files ? { files: beside.files } : {}),
    companions: [
      ...documents.map((bytes, index) => asFile(`attestation ${index}`, bytes)),
      ...Object.entries(beside.companions ?? {}).map(([name, bytes]) => asFile(name, bytes)),
    ],
  });
}

const codes = async (list: readonly Step[], beside?: Beside): Promise<string[]> =>
  openCodes((await judge(list, beside)).checks);

const without = (...names: string[]): Step[] => steps.filter(({ name }) => !names.includes(name));
const insert = (before: string, ...more: Step[]): Step[] =>
  steps.flatMap((step) => (step.name === before ? [...more, step] : [step]));
const step = (name: string, args: Step['args'], time: number): Step => ({ name, args: { id: 1n, ...args }, time });

describe('a task', () => {
  it('that went as it should holds, with an attestation that speaks for it', async () => {
    const { checks, labels, timeline } = await judge(steps);
    expect(openCodes(checks)).toEqual([]);
    expect(combine(checks.map(({ status }) => status))).toBe('pass');
    expect(labels).toEqual(['simulated']);
    expect(timeline).toMatchObject({ state: 'completed', owner, processor, id: '1', offer: '2', metadata: 'a sum' });
  });

  it('gives marks per party, with claimed beside block times and the event of each', async () => {
    const { timeline } = await judge(steps);
    expect(timeline.marks.map(({ lane, step: name, claimedTime }) => [lane, name, claimedTime])).toEqual([
      ['owner', 'submitted', null],
      ['processor', 'advertised', null],
      ['processor', 'matched', null],
      ['owner', 'approved', null],
      ['enclave', 'running', noon - 10],
      ['processor', 'started', null],
      ['enclave', 'finished', noon + 2],
      ['enclave', 'attested', noon + 0.25],
      ['processor', 'completed', null],
    ]);
    expect(timeline.marks.map(({ blockTime, event }) => blockTime - event.timestamp)).toEqual(Array(9).fill(0));
    expect(JSON.parse(JSON.stringify(timeline))).toEqual(timeline);
  });

  it('that is under way is open, and one that ended otherwise has no result', async () => {
    expect(await codes(without('TaskCompleted'))).toEqual(['TASK_COMPLETED unknown']);
    expect(await codes(without('TaskStarted', 'TaskCompleted'))).toEqual(['TASK_COMPLETED unknown']);
    for (const end of [
      step('TaskCancelled', { owner }, noon - 20),
      step('TaskFailed', { processor, reason: hash(utf8('x')) }, noon - 20),
      step('TaskExpired', { by: owner }, noon + 2000),
    ]) {
      expect(await codes([...without('TaskStarted', 'TaskCompleted'), end])).toEqual(['TASK_COMPLETED fail']);
    }
  });

  it('that is not among the events is unknown in everything', async () => {
    expect(await codes(steps, { id: 9n, documents: [] })).toEqual(
      ['TASK_EVENTS', 'TASK_STEPS', 'TASK_ACTORS', 'TASK_DEADLINE', 'TASK_COMPLETED'].map((code) => `${code} unknown`),
    );
  });
});

describe('a rule that is broken fails by its own code', () => {
  it('steps: skipped, repeated, after the end', async () => {
    expect(await codes(without('TaskStarted'))).toContain('TASK_STEPS fail');
    expect(await codes(insert('TaskStarted', step('TaskSubmitted', steps[0]!.args, noon - 20)))).toEqual([
      'TASK_STEPS fail',
    ]);
    const after = step('TaskFailed', { processor, reason: hash(utf8('x')) }, noon + 20);
    expect(await codes([...steps, after])).toEqual(['TASK_STEPS fail', 'TASK_COMPLETED fail']);
  });

  it('actors: who approves, starts, completes, matches, withdraws, cancels, annotates', async () => {
    for (const [name, args] of [
      ['MatchApproved', { by: processor }],
      ['TaskStarted', { processor: stranger }],
      ['TaskCompleted', { processor: stranger }],
      ['TaskMatched', { by: stranger }],
    ] as const) {
      expect(await codes(changed(steps, name, args)), name).toEqual(['TASK_ACTORS fail']);
    }
    const withdrawn = step('MatchWithdrawn', { offer: 2n, by: stranger }, noon - 35);
    const again = step('TaskMatched', { offer: 2n, by: processor }, noon - 34);
    expect(await codes(insert('MatchApproved', withdrawn, again))).toEqual(['TASK_ACTORS fail']);
    expect(
      await codes(insert('MatchApproved', { ...withdrawn, args: { ...withdrawn.args, by: owner } }, again)),
    ).toEqual([]);
    const note = { topic: hash(utf8('cpu')), data: '0x01', by: stranger };
    expect(await codes([...steps, step('TaskAnnotated', note, noon + 3000)])).toEqual(['TASK_ACTORS fail']);
    expect(await codes([...steps, step('TaskAnnotated', { ...note, by: owner }, noon + 3000)])).toEqual([]);
    expect(
      await codes([...without('TaskStarted', 'TaskCompleted'), step('TaskCancelled', { owner: stranger }, noon - 20)]),
    ).toEqual(['TASK_ACTORS fail', 'TASK_COMPLETED fail']);
  });

  it('actors: the owner on both sides, and a stranger over a match that waits', async () => {
    expect(await codes(changed(steps, 'ResourcesAdvertised', { processor: owner }))).toContain('TASK_ACTORS fail');
    const over = step('TaskMatched', { offer: 2n, by: processor }, noon - 35);
    expect(await codes(insert('MatchApproved', over))).toEqual(['TASK_ACTORS fail']);
    const byOwner = insert('MatchApproved', { ...over, args: { ...over.args, by: owner } });
    expect(await codes(changed(byOwner, 'MatchApproved', { by: processor }))).toEqual([]);
    expect(await codes(byOwner)).toEqual(['TASK_ACTORS fail']);
    // Who approves the owner's match is the processor, also where the offer is not shown; the owner's own approval makes none.
    const notShown = changed(without('ResourcesAdvertised'), 'TaskMatched', { by: owner });
    expect(await codes(changed(notShown, 'MatchApproved', { by: processor }))).toEqual(['TASK_OFFER unknown']);
    expect(await codes(notShown)).toContain('TASK_ACTORS fail');
  });

  it('offer: not advertised, lapsed, taken, another one', async () => {
    expect(await codes(without('ResourcesAdvertised'))).toEqual(['TASK_ACTORS unknown', 'TASK_OFFER unknown']);
    expect(await codes(changed(steps, 'ResourcesAdvertised', { until: BigInt(noon - 35) }))).toEqual([
      'TASK_OFFER fail',
    ]);
    expect(
      await codes(
        insert('TaskMatched', { name: 'MatchApproved', args: { id: 77n, offer: 2n, by: processor }, time: noon - 45 }),
      ),
    ).toEqual(['TASK_OFFER fail']);
    expect(await codes(changed(steps, 'MatchApproved', { offer: 3n }))).toContain('TASK_OFFER fail');
  });

  it('deadline: late steps, early expiry', async () => {
    expect(await codes(changed(steps, 'TaskSubmitted', { deadline: BigInt(noon + 5) }))).toEqual([
      'TASK_DEADLINE fail',
    ]);
    const early = [...without('TaskStarted', 'TaskCompleted'), step('TaskExpired', { by: owner }, noon)];
    expect(await codes(early)).toEqual(['TASK_DEADLINE fail', 'TASK_COMPLETED fail']);
    const atOnce = changed(steps, 'TaskSubmitted', { deadline: BigInt(noon - 61) });
    const submitted = (await judge(atOnce)).checks.find(({ code }) => code === 'TASK_DEADLINE');
    expect(JSON.stringify(submitted)).toContain('after its own deadline');
  });

  it('times: before the approval, before the start, after the block; 60 s are allowed between clocks, none between claims', async () => {
    const startedAt = (time: number): Step[] => changed(steps, 'TaskStarted', { startedAt: BigInt(time) });
    const endedAt = (time: number): Step[] => changed(steps, 'TaskCompleted', { endedAt: BigInt(time) });
    expect(await codes(startedAt(noon - 91))).toEqual(['TASK_TIMES fail']);
    expect(await codes(startedAt(noon - 90))).toEqual([]);
    expect(await codes(endedAt(noon - 11))).toEqual(['TASK_TIMES fail']);
    expect(await codes(endedAt(noon - 10))).toEqual([]);
    expect(await codes(endedAt(noon + 73))).toEqual(['TASK_TIMES fail']);
    expect(await codes(endedAt(noon + 72))).toEqual([]);
    const late = changed(changed(steps, 'TaskStarted', { startedAt: BigInt(noon + 53) }), 'TaskCompleted', {
      endedAt: BigInt(noon + 60),
    });
    expect(await codes(late)).toContain('TASK_TIMES fail');
    expect(await codes(endedAt(2 ** 63))).toEqual(['TASK_TIMES fail']);
  });

  it('events: out of order, block times that run backwards, another event of the contract', async () => {
    const backwards = changed(steps, 'TaskStarted', {}, noon - 31);
    expect(await codes(changed(backwards, 'TaskStarted', { startedAt: BigInt(noon - 31) }))).toEqual([
      'TASK_EVENTS fail',
    ]);
    const events = makeEvents(steps);
    const context = {
      chainId,
      contract,
      trust: attestation.trust,
      now: 0,
      companions: [asFile('a', attestation.document)],
    };
    const judged = await judgeTask([events[1]!, events[0]!, ...events.slice(2)], 1n, context);
    expect(openCodes(judged.checks)).toEqual(['TASK_EVENTS fail']);
    const odd = { ...events[0]!, block: 99, topics: [hash(utf8('?'))] };
    expect(openCodes((await judgeTask([...events, odd], 1n, context)).checks)).toEqual(['TASK_EVENTS fail']);
    const fork = { ...events[5]!, block: events[4]!.block, logIndex: 1 };
    expect(openCodes((await judgeTask(events.with(5, fork), 1n, context)).checks)).toContain('TASK_EVENTS fail');
    const others = { ...odd, address: `0x${'99'.repeat(20)}` as const };
    expect(openCodes((await judgeTask([...events, others], 1n, context)).checks)).toEqual([]);
  });

  it('hashes: zero where there must be one, and a remark where one is the digest of nothing', async () => {
    expect(await codes(changed(steps, 'TaskSubmitted', { program: `0x${'0'.repeat(64)}` }))).toContain(
      'TASK_HASHES fail',
    );
    const { checks } = await judge(changed(steps, 'TaskSubmitted', { secretFile: toHex0x(keccak256(utf8(''))) }));
    expect(openCodes(checks)).toEqual([]);
    expect(checks.find(({ code }) => code === 'TASK_HASHES')?.notes?.map(({ code }) => code)).toEqual([
      'TASK_SENTINEL',
    ]);
  });
});

describe('the attestation document', () => {
  it('that is not there leaves the task open', async () => {
    expect(await codes(steps, { documents: [] })).toEqual(['TASK_ATTESTATION unknown']);
  });

  it('is found by its digest among others, and fails where it is another one', async () => {
    const other = await makeAttestation({ id: 2n });
    expect(await codes(steps, { documents: [other.document, attestation.document] })).toEqual([]);
    expect(await codes(steps, { documents: [other.document] })).toEqual([
      'TASK_ATTESTATION_DIGEST fail',
      'TASK_BINDING fail',
    ]);
  });

  it.each([
    ['chainId', 1],
    ['contract', stranger],
    ['id', 2n],
    ['program', hash(utf8('other'))],
    ['dataSet', hash(utf8('other'))],
    ['result', hash(utf8('other'))],
    ['output', hash(utf8('other'))],
  ])('that speaks of another %s is not bound to the task', async (name, value) => {
    const other = await makeAttestation({ [name]: value });
    const list = changed(steps, 'TaskCompleted', { attestation: hash(other.document) });
    expect(await codes(list, { documents: [other.document] })).toEqual(['TASK_BINDING fail']);
  });

  it('with room for no more than a digest is bound by that of the whole statement, and by nothing else', () => {
    const digest = sha3(encodeTaskStatement(statement));
    const other = { ...statement, id: 2n };
    for (const [form, bytes] of [
      ['digest', digest],
      ['reportData', taskReportData(statement)],
    ] as const) {
      expect(checkBinding({ form, bytes }, statement).status).toBe('pass');
      expect(checkBinding({ form, bytes }, other).status).toBe('fail');
      expect(checkBinding({ form, bytes: bytes.subarray(1) }, statement).status).toBe('fail');
      expect(checkBinding({ form, bytes: new Uint8Array() }, statement).status).toBe('fail');
    }
    expect(checkBinding(undefined, statement).status).toBe('unknown');
  });

  it('with another key than the start named fails by the key', async () => {
    const other = await makeAttestation({}, new Uint8Array(32).fill(9));
    const list = changed(steps, 'TaskCompleted', { attestation: hash(other.document) });
    expect(await codes(list, { documents: [other.document] })).toEqual(['TASK_RUNNER_KEY fail']);
  });

  it('signed before the task started, or after it was recorded, fails by its time', async () => {
    for (const shift of [200, -200]) {
      const moved = steps.map((each) => ({ ...each, time: each.time + shift }));
      const list = changed(changed(moved, 'TaskStarted', { startedAt: BigInt(noon - 10 + shift) }), 'TaskCompleted', {
        endedAt: BigInt(noon + shift),
      });
      expect(await codes(list)).toEqual(['TASK_ATTESTATION_TIME fail']);
    }
  });

  it('of code that is not pinned, or under a root that is not trusted, is as open or wrong as its own kind says', async () => {
    const { nitro } = attestation.trust;
    expect(await codes(steps, { trust: { nitro: { roots: nitro!.roots! } } })).toEqual(['TEE_MEASUREMENT unknown']);
    expect(await codes(steps, { trust: { nitro: { measurements: nitro!.measurements! } } })).toContain('TEE_ROOT fail');
  });
});

describe('files beside', () => {
  it('are known by their hash, whatever they are called', async () => {
    const { checks } = await judge(steps, { companions: { a: files.program, b: files.dataSet, c: files.result } });
    expect(openCodes(checks)).toEqual([]);
    expect(checks.slice(-3).map(({ code, params }) => [code, params?.['name']])).toEqual([
      ['TASK_PROGRAM', 'a'],
      ['TASK_DATA_SET', 'b'],
      ['TASK_RESULT', 'c'],
    ]);
  });

  it('that fit nothing fail, as do those dropped for what they are not', async () => {
    expect(await codes(steps, { companions: { x: utf8('something') } })).toEqual(['TASK_FILE fail']);
    const wrong = (role: string) => ({ files: { [role]: asFile('x', utf8('something')) } });
    expect(await codes(steps, wrong('program'))).toEqual(['TASK_PROGRAM fail']);
    expect(await codes(steps, wrong('dataSet'))).toEqual(['TASK_DATA_SET fail']);
    expect(await codes(steps, wrong('result'))).toEqual(['TASK_RESULT fail']);
    expect(await codes(steps, wrong('output'))).toEqual(['TASK_OUTPUT fail']);
    expect(await codes(steps, wrong('secretFile'))).toEqual(['TASK_SECRET_FILE fail']);
    const early = without('TaskStarted', 'TaskCompleted');
    expect(await codes(early, wrong('result'))).toEqual(['TASK_COMPLETED unknown', 'TASK_RESULT unknown']);
  });

  it('are also known by Keccak-256', async () => {
    const list = changed(steps, 'TaskSubmitted', { secretFile: toHex0x(keccak256(utf8('k'))) });
    const { checks } = await judge(list, { companions: { k: utf8('k') } });
    expect(checks.at(-1)).toMatchObject({ code: 'TASK_SECRET_FILE', status: 'pass', params: { how: 'Keccak-256' } });
  });
});
