import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { proofOfExecutionBytecode } from '../../contracts/proofOfExecution.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judgeTask } from '../../core/task/judgeTask.ts';
import { openCodes } from '../../core/task/task.fixture.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { findAnvil } from '../ledger/findAnvil.ts';
import { startLedger, type Ledger } from '../ledger/startLedger.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import { makeHpkeKey, publicKeyBytes, seal } from '../../audit/hpke/hpke.ts';
import { fetchResult, submitContainer, submitTask, type TaskOrder } from './owner.ts';
import {
  dataSet,
  endlessProgram,
  simulatedModule,
  sumOfDataSet,
  summingProgram,
  temporary,
  trappingProgram,
} from './processor.fixture.ts';
import { openProcessor, type ProcessorOptions } from './processor.ts';
import { encodeResult, outputBinding, outputInfo } from './resultFile.ts';
import { taskCommand } from './taskCommand.ts';
import type { TaskStep } from './taskJournal.ts';
import { factsOf } from './taskFacts.ts';
import { openTaskLedger, type TaskLedger } from './taskLedger.ts';
import { openTaskStore } from './taskStore.ts';

const anyHash: Hex = `0x${'11'.repeat(32)}`;
const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('Tasks on a ledger are not tested: there is no anvil here.');

describe.skipIf(anvil === undefined)('a task on the local ledger', { timeout: 600_000 }, () => {
  let folder: string;
  let local: Ledger;
  let nsm: Nsm;
  let ownerKey: CryptoKeyPair;
  let asOwner: TaskLedger;
  let asProcessor: TaskLedger;
  const soon = () => Math.floor(Date.now() / 1000) + 3600;

  beforeAll(async () => {
    folder = await temporary();
    nsm = await simulatedModule(join(folder, 'module'));
    ownerKey = await makeHpkeKey();
    await begin();
  }, 600_000);
  afterAll(async () => {
    await local?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A ledger on which nothing has happened: its time runs ahead of the clock with each block, and waits for it where it is far ahead. */
  async function begin(): Promise<void> {
    await local?.stop();
    local = await startLedger({ validators: 1 });
    const contract = await local.deploy(proofOfExecutionBytecode);
    const [first, second] = (await local.call<Hex[]>('eth_accounts')) as [Hex, Hex];
    const at = { rpc: [local.rpc], pin: local.pin({ ProofOfExecution: contract }), contract };
    asOwner = openTaskLedger({ ...at, account: first });
    asProcessor = openTaskLedger({ ...at, account: second });
  }

  const place = (name: string) => ({ kind: 'folder', path: join(folder, name) }) as const;
  const processorWith = (more: Partial<ProcessorOptions> = {}) =>
    openProcessor({
      ledger: asProcessor,
      nsm,
      folder: join(folder, `journal of ${new URL(local.rpc).port}`),
      exchange: place('exchange'),
      stores: [place('store')],
      runTime: 60_000,
      ...more,
    });
  const pins = () => ({ roots: [nsm.describe().rootPem as string], measurements: [{ pcrs: nsm.describe().pcrs }] });
  const trust = (): Trust => ({ nitro: pins() });
  const order = (offer: bigint, more: Partial<TaskOrder> = {}): TaskOrder => ({
    offer,
    program: summingProgram,
    dataSet,
    exchange: place('exchange'),
    store: place('store'),
    ownerKey,
    pins: pins(),
    deadline: soon(),
    ...more,
  });
  const stateOf = async (id: bigint) => factsOf(await asOwner.events(), asOwner.contract, id).task.state;
  const fetchIt = async (id: bigint, key = ownerKey) =>
    fetchResult(asOwner, id, { store: place('store'), ownerKey: key, trust: trust() });
  const codeOf = async (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: AuditorError) => error.code,
    );

  test('from the offer to the result, which the judgement of the task holds', async () => {
    const processor = await processorWith();
    const offer = await processor.offer(soon(), 'one core');
    expect(await processor.work(offer)).toBeUndefined();
    const id = await submitTask(asOwner, order(offer, { metadata: 'a sum' }));
    expect(await codeOf(fetchIt(id))).toBe('TASK_OPEN');
    expect(await processor.work(offer)).toMatchObject({ step: 'completed', task: String(id) });
    const { result, resultFile, document, judged } = await fetchIt(id);
    expect(result.stdout).toEqual(sumOfDataSet);
    expect(openCodes(judged.checks)).toEqual([]);
    expect(judged.checks.map(({ code }) => code)).toContain('TASK_RESULT');
    expect(await codeOf(fetchIt(id, await makeHpkeKey()))).toBe('OUTPUT_SEALED');

    const events = await asOwner.events();
    const file = (name: string, bytes: Uint8Array) => readContent(name, bytes);
    const judge = async (files: Parameters<typeof judgeTask>[2]['files'], evidence = document) => {
      const { chainId, contract } = asOwner;
      const companions = [file('attestation', evidence)];
      const context = { trust: trust(), now: Date.now(), chainId, contract, companions, files: files ?? {} };
      return openCodes((await judgeTask(events, id, context)).checks);
    };
    expect(await judge({ program: file('program', summingProgram), dataSet: file('data', dataSet) })).toEqual([]);
    expect(await judge({ program: file('program', trappingProgram) })).toEqual(['TASK_PROGRAM fail']);
    expect(await judge({ dataSet: file('data', utf8('other')) })).toEqual(['TASK_DATA_SET fail']);
    expect(await judge({ result: file('result', resultFile.slice(1)) })).toEqual(['TASK_RESULT fail']);
    const other = await nsm.attest({ userData: utf8('nothing'), publicKey: new Uint8Array(65) });
    expect(await judge({}, other)).toEqual(
      expect.arrayContaining(['TASK_ATTESTATION_DIGEST fail', 'TASK_BINDING fail', 'TASK_RUNNER_KEY fail']),
    );

    const { output } = judged.timeline.hashes;
    await writeFile(join(folder, 'store', (output as Hex).slice(2)), 'another result');
    expect(await codeOf(fetchIt(id))).toBe('STORE_DIGEST');
  });

  test('an enclave that is not the pinned one gets nothing', async () => {
    const offer = await (await processorWith({ nsm: await simulatedModule(join(folder, 'module'), 8) })).offer(soon());
    const before = (await asOwner.events()).length;
    expect(await codeOf(submitTask(asOwner, order(offer)))).toBe('RUNNER_MEASUREMENT');
    expect(await asOwner.events()).toHaveLength(before);
  });

  test('a program that breaks off is declared failed', async () => {
    const processor = await processorWith();
    const offer = await processor.offer(soon());
    const id = await submitTask(asOwner, order(offer, { program: trappingProgram }));
    expect(await processor.work(offer)).toMatchObject({ step: 'failed', reason: 'PROGRAM_EXIT' });
    expect(await stateOf(id)).toBe('failed');
  });

  test('a secret file cannot send the processor anywhere', async () => {
    const processor = await processorWith({ stores: [] });
    const offer = await processor.offer(soon());
    await submitTask(asOwner, order(offer));
    expect(await processor.work(offer)).toMatchObject({ step: 'failed', reason: 'STORE_REFUSED' });
  });

  /** Breaks off at a step, as far as disk and ledger can tell. @returns the task */
  const breakOff = async (at: TaskStep, more: Partial<ProcessorOptions> = {}, change: Partial<TaskOrder> = {}) => {
    const broken = new Error('broken off');
    const processor = await processorWith({
      ...more,
      onStep(reached) {
        if (reached === at) throw broken;
      },
    });
    const offer = await processor.offer(soon());
    const id = await submitTask(asOwner, order(offer, change));
    await expect(processor.work(offer)).rejects.toBe(broken);
    return id;
  };
  const unhurried = { leastRunTime: 0, recordingTime: 0 };

  test('what cannot be run in time, and what is a container, is not approved, and holds up nothing; nor does a match taken back', async () => {
    const declined: string[] = [];
    let withdrawn: bigint | undefined;
    const processor = await processorWith({
      onDeclined: (task, { code }) => declined.push(`${task} ${code}`),
      async onStep(step, { task }) {
        if (step !== 'approving' || withdrawn !== undefined) return;
        withdrawn = BigInt(task as string);
        await asOwner.take('withdraw', [withdrawn]);
      },
    });
    const offer = await processor.offer(soon());
    const late = await submitTask(asOwner, order(offer, { deadline: (await ledgerTime()) + 110 }));
    const image = `registry.example/analysis@sha256:${'12'.repeat(32)}`;
    const container = await submitContainer(asOwner, { image, dataSet: undefined, deadline: soon() });
    await asOwner.take('matchTask', [container, offer]);
    expect(await processor.work(offer)).toBeUndefined();
    expect(await processor.work(offer)).toBeUndefined();
    expect(declined).toEqual([`${late} TASK_DEADLINE`, `${container} PROGRAM_CONTAINER`]);
    const id = await submitTask(asOwner, order(offer));
    expect(await processor.work(offer)).toBeUndefined();
    expect(declined[2]).toBe(`${id} LEDGER_REFUSED`);
    await asOwner.take('matchTask', [id, offer]);
    expect(await processor.work(offer)).toMatchObject({ step: 'completed', task: String(id) });
    expect([await stateOf(late), await stateOf(container), await stateOf(id)]).toEqual([
      'matched',
      'matched',
      'completed',
    ]);
    await expect(
      submitContainer(asOwner, { image: 'analysis:latest', dataSet: undefined, deadline: soon() }),
    ).rejects.toMatchObject({
      code: 'TASK_CONTAINER',
    });
  });

  test('a task that its owner gives up meanwhile is dropped', async () => {
    const processor = await processorWith({
      async onStep(step, { task }) {
        if (step === 'starting') await asOwner.take('cancel', [BigInt(task as string)]);
      },
    });
    const offer = await processor.offer(soon());
    const id = await submitTask(asOwner, order(offer));
    expect(await processor.work(offer)).toMatchObject({ step: 'dropped', reason: 'TASK_CANCELLED' });
    expect(await stateOf(id)).toBe('cancelled');
    expect(await (await processorWith()).resume()).not.toContainEqual(expect.objectContaining({ task: String(id) }));
  });

  /** Seconds: the ledger's time, which runs ahead of the clock where many blocks are made at once. */
  const ledgerTime = async () => {
    const { timestamp } = await local.call<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false);
    return Math.max(Math.floor(Date.now() / 1000), Number(timestamp));
  };

  /** Seconds: for all that comes before a start, and no more than a ledger's time may run ahead of the clock without being waited for. */
  const enough = 25;

  /** A program that does not end is ended so early that its failure can still be recorded: a second is left for it when it starts. */
  const endedInTime = async () => {
    const recordingTime = 600_000;
    const deadline = (await ledgerTime()) + recordingTime / 1000 + enough;
    const processor = await processorWith({
      leastRunTime: 0,
      recordingTime,
      async onStep(step) {
        if (step !== 'starting') return;
        const sooner = Math.max(0, deadline * 1000 - recordingTime - 1000 - (await ledgerTime()) * 1000);
        const clock = Date.now;
        vi.spyOn(Date, 'now').mockImplementation(() => clock() + sooner);
      },
    });
    const offer = await processor.offer(soon());
    await submitTask(asOwner, order(offer, { program: endlessProgram, deadline }));
    return processor.work(offer).finally(() => vi.restoreAllMocks());
  };

  test('what is resumed after its deadline is expired; what the ledger refuses of one task holds up no other, and is asked again', async () => {
    await begin();
    const late = await breakOff('starting', unhurried, { deadline: (await ledgerTime()) + enough });
    expect(await endedInTime()).toMatchObject({ step: 'failed', reason: 'PROGRAM_TIME' });
    const [first, second] = [await breakOff('starting'), await breakOff('starting')];
    const passed = (await asOwner.events()).length;
    const { deadline } = factsOf(await asOwner.events(), asOwner.contract, late).task;
    while ((await ledgerTime()) <= deadline + 1) await local.mine();
    const refusing: TaskLedger = {
      ...asProcessor,
      take: (name, args) =>
        name === 'fail' && (args as readonly unknown[])[0] === first
          ? Promise.reject(new AuditorError('source', 'LEDGER_REFUSED', 'The step fail was not taken.'))
          : asProcessor.take(name, args),
    };
    const resumed = await (await processorWith({ ledger: refusing })).resume();
    expect(resumed).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ task: String(late), step: 'dropped', reason: 'TASK_DEADLINE' }),
        expect.objectContaining({ task: String(first), step: 'starting', reason: 'The step fail was not taken.' }),
        expect.objectContaining({ task: String(second), step: 'failed', reason: 'RUNNER_LOST' }),
      ]),
    );
    expect([await stateOf(late), await stateOf(first), await stateOf(second)]).toEqual([
      'expired',
      'approved',
      'failed',
    ]);
    expect(await asOwner.events()).toHaveLength(passed + 2);
    expect(await (await processorWith()).resume()).toMatchObject([{ task: String(first), step: 'failed' }]);
    expect(await (await processorWith()).resume()).toEqual([]);
  });

  test('nothing is done by what nodes say and do not prove', async () => {
    const pin = local.pin({ ProofOfExecution: asOwner.contract });
    const other = { number: 0, hash: `0x${'ee'.repeat(32)}` };
    const [account] = (await local.call<Hex[]>('eth_accounts')).slice(3) as [Hex];
    const unproven = openTaskLedger({
      rpc: [local.rpc],
      pin: { ...pin, checkpoint: other },
      contract: asOwner.contract,
      account,
    });
    expect(await codeOf(unproven.events())).toBe('LEDGER_UNPROVEN');
    const processor = await processorWith({ ledger: unproven });
    const offer = await processor.offer(soon());
    expect(await codeOf(processor.work(offer))).toBe('LEDGER_UNPROVEN');
    expect(await codeOf(submitTask(unproven, order(offer)))).toBe('LEDGER_UNPROVEN');
  });

  test('a result of which the ledger has another digest is not taken, whoever sealed it', async () => {
    const offer = await asProcessor.take('advertise', [anyHash, BigInt(soon()), '']);
    const [program, data] = [toHex0x(sha3(summingProgram)), toHex0x(sha3(dataSet))];
    const id = await asOwner.take('submitTask', [program, data, anyHash, anyHash, BigInt(soon()), '']);
    await asOwner.take('matchTask', [id, offer]);
    await asProcessor.take('approve', [id, offer]);
    await asProcessor.take('start', [id, anyHash, BigInt(Math.floor(Date.now() / 1000))]);
    const { chainId, contract } = asOwner;
    const binding = outputBinding({ chainId, contract, id, program, dataSet: data, result: anyHash });
    const sealed = await seal(
      await publicKeyBytes(ownerKey),
      encodeResult({ stdout: utf8('7'), files: [] }),
      outputInfo,
      binding,
    );
    const output = toHex0x(await openTaskStore(place('store')).write(sealed));
    await asProcessor.take('complete', [id, anyHash, output, anyHash, BigInt(Math.floor(Date.now() / 1000))]);
    expect(await codeOf(fetchIt(id))).toBe('RESULT_HASH');
  });

  test('by the command line', async () => {
    const lines: string[] = [];
    const io = { env: {}, folder, say: (line: string) => lines.push(line) };
    const said = async (pattern: RegExp): Promise<string> => {
      await expect.poll(() => lines.join('\n'), { timeout: 60_000 }).toMatch(pattern);
      return pattern.exec(lines.join('\n'))?.[1] as string;
    };
    const pin = local.pin({ ProofOfExecution: asOwner.contract });
    await writeFile(join(folder, 'ledger.json'), serializeTrust({ evm: [pin] }));
    await writeFile(join(folder, 'program.wasm'), summingProgram);
    await writeFile(join(folder, 'data'), dataSet);
    const at = ['--exchange', 'exchange', '--store', 'store'];
    const working = taskCommand(
      ['process', '--trust', 'ledger.json', '--account', asProcessor.address, '--state', 'p', '--tasks', '1', ...at],
      io,
    );
    const own = ['--trust', 'p/trust.json', '--account', asOwner.address, '--state', 'o', ...at];
    const offer = await said(/^offer (\d+)$/m);
    await taskCommand(['submit', '--offer', offer, '--program', 'program.wasm', '--data', 'data', ...own], io);
    const task = await said(/^task (\d+)$/m);
    await working;
    expect(lines).toContain(`task ${task} completed`);
    await taskCommand(['fetch', '--task', task, '--out', 'out', ...own], io);
    expect(lines.at(-1)).toContain(`task ${task} verified`);
    expect(new Uint8Array(await readFile(join(folder, 'out', 'files', 'sum')))).toEqual(sumOfDataSet);
    expect(await codeOf(taskCommand(['submit', ...own], io))).toBe('TASK_USAGE');
  });

  test('a step that the contract does not allow is refused in words', async () => {
    await expect(asOwner.take('start', [1n, `0x${'11'.repeat(32)}`, 1n])).rejects.toMatchObject({
      code: 'LEDGER_REFUSED',
    });
  });
});
