import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proofOfExecutionBytecode } from '../../contracts/proofOfExecution.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judgeTask } from '../../core/task/judgeTask.ts';
import { openCodes } from '../../core/task/task.fixture.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { findAnvil } from '../ledger/findAnvil.ts';
import { startLedger, type Ledger } from '../ledger/startLedger.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import { makeHpkeKey } from './hpke.ts';
import { fetchResult, submitTask, type TaskOrder } from './owner.ts';
import {
  dataSet,
  simulatedModule,
  sumOfDataSet,
  summingProgram,
  temporary,
  trappingProgram,
} from './processor.fixture.ts';
import { openProcessor, type ProcessorOptions } from './processor.ts';
import { taskCommand } from './taskCommand.ts';
import { factsOf, openTaskLedger, type TaskLedger } from './taskLedger.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('Tasks on a ledger are not tested: there is no anvil here.');

describe.skipIf(anvil === undefined)('a task on the local ledger', { timeout: 120_000 }, () => {
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
    local = await startLedger({ folder: join(folder, 'ledger') });
    const contract = await local.deploy(proofOfExecutionBytecode);
    const [first, second] = (await local.call<Hex[]>('eth_accounts')) as [Hex, Hex];
    const at = { rpc: [local.rpc], pin: local.pin({ ProofOfExecution: contract }), contract };
    asOwner = openTaskLedger({ ...at, account: first });
    asProcessor = openTaskLedger({ ...at, account: second });
  }, 180_000);
  afterAll(async () => {
    await local?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const place = (name: string) => ({ kind: 'folder', path: join(folder, name) }) as const;
  const processorWith = (more: Partial<ProcessorOptions> = {}) =>
    openProcessor({
      ledger: asProcessor,
      nsm,
      folder: join(folder, 'journal'),
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

  test.each([
    ['approving', 'matched', 'dropped', 'matched'],
    ['starting', 'approved', 'failed', 'failed'],
    ['running', 'started', 'failed', 'failed'],
    ['ran', 'started', 'completed', 'completed'],
  ] as const)('killed at the step "%s"', async (at, left, step, end) => {
    const killed = new Error('killed');
    const processor = await processorWith({
      onStep(reached) {
        if (reached === (at === 'running' ? 'ran' : at)) throw killed;
      },
    });
    const offer = await processor.offer(soon());
    const id = await submitTask(asOwner, order(offer));
    await expect(processor.work(offer)).rejects.toBe(killed);
    expect(await stateOf(id)).toBe(left);
    if (at === 'running') {
      // As the disk is while the program runs.
      const path = join(folder, 'journal', 'offers', `${offer}.json`);
      const { outcome: _, ...entry } = JSON.parse(await readFile(path, 'utf8'));
      await writeFile(path, JSON.stringify({ ...entry, step: 'starting' }));
    }
    const next = await processorWith();
    expect(await next.resume()).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ offer: String(offer), task: String(id), step })]),
    );
    expect(await stateOf(id)).toBe(end);
    expect(await next.resume()).toEqual([]);
    expect(await codeOf(next.work(offer))).toBe('RUNNER_LOST');
    if (end === 'completed') expect(openCodes((await fetchIt(id)).judged.checks)).toEqual([]);
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
