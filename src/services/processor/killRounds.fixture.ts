import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { proofOfExecutionBytecode } from '../../contracts/proofOfExecution.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { readContractEvents } from '../../core/task/contractEvent.ts';
import { combine } from '../../core/verdict/status.ts';
import type { Ledger } from '../ledger/startLedger.ts';
import { startChild, type ChildService } from '../process/childService.ts';
import { makeHpkeKey } from '../../audit/hpke/hpke.ts';
import { fetchResult, submitTask } from './owner.ts';
import { endlessProgram, summingProgram, trappingProgram } from './processor.fixture.ts';
import { factsOf } from './taskFacts.ts';
import { openTaskLedger, type TaskLedger } from './taskLedger.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { runnerRegister, taskBoundaries, type TaskBoundary, type TaskProcessSetting } from './boundaries.fixture.ts';

export interface KillRounds {
  readonly rounds: number;
  /** How many tasks came to each end. */
  readonly ends: Readonly<Record<string, number>>;
  /** What should not be, in words: a task left open or ended otherwise, a step taken twice, a result that does not hold, a journal left open. */
  readonly broken: readonly string[];
  /** Files of processor and stores in which the plain data set was found, and programs that lived on. */
  readonly leaked: readonly string[];
  readonly seconds: number;
}

const patience = 60_000;
const script = fileURLToPath(new URL('killedProcess.fixture.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * One round for each boundary: the processor's process resumes what the one before it left, offers, works at a task, and is killed by SIGKILL there. At the end one more
 * resumes; then ledger, journals and stores are looked through.
 */
export async function killRounds(
  ledger: Ledger,
  boundaries: readonly TaskBoundary[],
  onRound: (words: string) => void = () => undefined,
): Promise<KillRounds> {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-killed-'));
  try {
    const rounds = await Rounds.open(ledger, folder);
    for (const boundary of boundaries) {
      await rounds.take(boundary);
      onRound(`killed at ${boundary}`);
    }
    await rounds.end();
    const { broken, leaked, ends } = await rounds.lookThrough();
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return { rounds: boundaries.length, ends, broken, leaked, seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Round {
  readonly boundary: TaskBoundary;
  readonly task: bigint;
}

class Rounds {
  readonly #folder: string;
  readonly #ledger: Ledger;
  readonly #setting: TaskProcessSetting;
  readonly #owner: TaskLedger;
  readonly #ownerKey: CryptoKeyPair;
  readonly #pins: Parameters<typeof submitTask>[1]['pins'];
  /** Told apart from everything else that lies on a disk. */
  readonly #dataSet = new Uint8Array(randomBytes(4096));
  readonly #rounds: Round[] = [];
  readonly #leaked: string[] = [];
  readonly #broken: string[] = [];

  private constructor(
    ledger: Ledger,
    folder: string,
    setting: TaskProcessSetting,
    owner: TaskLedger,
    ownerKey: CryptoKeyPair,
    pins: Parameters<typeof submitTask>[1]['pins'],
  ) {
    this.#ledger = ledger;
    this.#folder = folder;
    this.#setting = setting;
    this.#owner = owner;
    this.#ownerKey = ownerKey;
    this.#pins = pins;
  }

  static async open(ledger: Ledger, folder: string): Promise<Rounds> {
    const contract = await ledger.deploy(proofOfExecutionBytecode);
    // Accounts that nobody else uses here: each transaction is counted.
    const [first, second] = (await ledger.call<Hex[]>('eth_accounts')).slice(5) as [Hex, Hex];
    const at = { rpc: ledger.rpc, pin: ledger.pin({ ProofOfExecution: contract }), contract };
    const own = join(folder, 'processor');
    const measurement = [runnerRegister, runnerRegister, runnerRegister] as const;
    const nsm = await createNsmSimulator({ stateFolder: join(own, 'module'), measurement });
    const { rootPem, pcrs } = nsm.describe();
    const [exchange, store] = [join(folder, 'exchange'), join(folder, 'store')];
    const setting = { ...at, folder: own, exchange, store, account: second };
    const owner = openTaskLedger({ ...at, rpc: [at.rpc], account: first });
    const pins = { roots: [rootPem as string], measurements: [{ pcrs }] };
    return new Rounds(ledger, folder, setting, owner, await makeHpkeKey(), pins);
  }

  /** What was left by the round before may come to the same boundary while it is resumed: then the process is killed at that, and once more at a task of its own. */
  async take(boundary: TaskBoundary, again = false): Promise<void> {
    const lines: string[] = [];
    const child = await this.#start({ killAt: boundary }, lines);
    try {
      const offer = await this.#line(child, lines, /^offer (\d+)$/);
      if (offer !== undefined) {
        this.#rounds.push({ boundary, task: await this.#submit(BigInt(offer), programFor(boundary)) });
      } else if (again && taskBoundaries[boundary] !== 'none') {
        this.#broken.push(`The processor made no offer before ${boundary}: ${lines.join(' ')}`);
      }
      await this.#untilKilled(child, boundary, lines);
      if (offer !== undefined || again || taskBoundaries[boundary] === 'none') return;
    } finally {
      await child.stop(2000);
    }
    await this.take(boundary, true);
  }

  /** What was left is resumed a last time. */
  async end(): Promise<void> {
    const lines: string[] = [];
    const child = await this.#start({ resumeOnly: true }, lines);
    const said = await this.#line(child, lines, /^(ended)$/).finally(() => child.stop(2000));
    if (said === undefined) this.#broken.push(`The last process did not come to its end: ${lines.join(' ')}`);
  }

  async #start(how: Pick<TaskProcessSetting, 'killAt' | 'resumeOnly'>, lines: string[]): Promise<ChildService> {
    const path = join(this.#folder, 'setting.json');
    await writeFile(path, JSON.stringify({ ...this.#setting, ...how }));
    return startChild({
      name: 'the processor of tasks',
      args: ['--import', loader, script, path],
      logFile: join(this.#folder, 'processor.log'),
      onLine: (line) => lines.push(line),
    });
  }

  /** What a line of the process says, or undefined where it is gone before. */
  async #line(child: ChildService, lines: readonly string[], pattern: RegExp): Promise<string | undefined> {
    for (const end = performance.now() + patience; performance.now() < end; await delay(20)) {
      const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null);
      if (found) return found[1];
      if (child.exit) return undefined;
    }
    throw new Error(`The processor did not say ${pattern} within a minute: ${lines.join(' ')}`);
  }

  async #untilKilled(child: ChildService, boundary: TaskBoundary, lines: readonly string[]): Promise<void> {
    const timeout = delay(patience, undefined, { ref: false });
    const exit = await Promise.race([child.exited, timeout]);
    if (exit?.signal !== 'SIGKILL') {
      this.#broken.push(`The processor was not killed at ${boundary}: ${lines.join(' ')}`);
    }
    const pids = lines.flatMap((line) =>
      line.startsWith('children ') ? line.slice(9).split(' ').filter(Boolean) : [],
    );
    for (const end = performance.now() + 3000; performance.now() < end && pids.some(lives); await delay(20));
    for (const pid of pids.filter(lives)) this.#leaked.push(`Process ${pid} lived on after ${boundary}.`);
  }

  #submit(offer: bigint, program: Uint8Array): Promise<bigint> {
    const { exchange, store } = this.#setting;
    return submitTask(this.#owner, {
      offer,
      program,
      dataSet: this.#dataSet,
      exchange: { kind: 'folder', path: exchange },
      store: { kind: 'folder', path: store },
      ownerKey: this.#ownerKey,
      pins: this.#pins,
      deadline: Math.floor(Date.now() / 1000) + 3600,
    });
  }

  async lookThrough(): Promise<Pick<KillRounds, 'broken' | 'leaked' | 'ends'>> {
    const { account, contract, folder, exchange, store } = this.#setting;
    const broken = [...this.#broken];
    const ends: Record<string, number> = {};
    const events = await this.#owner.events();
    for (const { boundary, task } of this.#rounds) {
      const { state, moves } = factsOf(events, contract, task).task;
      const wanted = taskBoundaries[boundary];
      const expected = wanted === 'none' ? 'matched' : wanted;
      ends[state] = (ends[state] ?? 0) + 1;
      const after = boundary;
      if (state !== expected) broken.push(`Task ${task} is ${state} after ${after}, not ${expected}.`);
      const names = moves.map(({ step }) => step.name);
      const twice = names.filter((name, index) => names.indexOf(name) !== index);
      if (twice.length > 0) broken.push(`Task ${task} has ${twice.join(', ')} twice after ${after}.`);
      if (state === 'completed') broken.push(...(await this.#lookAtResult(task)));
    }
    // Each transaction is a step that the contract took: nothing was sent a second time and turned down.
    const taken = readContractEvents(events, contract).events.filter(({ by }) => by === account.toLowerCase()).length;
    const sent = Number(await this.#ledger.call<Hex>('eth_getTransactionCount', account, 'latest'));
    if (sent !== taken) broken.push(`The processor sent ${sent} transactions for ${taken} steps.`);
    const journal = join(folder, 'offers');
    for (const name of await readdir(journal)) {
      const { step } = JSON.parse(await readFile(join(journal, name), 'utf8')) as { step: string };
      if (!['completed', 'failed', 'dropped'].includes(step)) broken.push(`The journal ${name} was left at ${step}.`);
    }
    const leaked = [...this.#leaked];
    for (const place of [folder, exchange, store, tmpdir()]) leaked.push(...(await this.#leaksBelow(place)));
    return { broken, leaked, ends };
  }

  async #lookAtResult(task: bigint): Promise<string[]> {
    const store = { kind: 'folder', path: this.#setting.store } as const;
    const trust = { nitro: this.#pins };
    const { judged, result } = await fetchResult(this.#owner, task, { store, ownerKey: this.#ownerKey, trust });
    const sum = this.#dataSet.reduce((total, byte) => total + byte, 0);
    const right = new DataView(result.stdout.slice().buffer).getUint32(0, true) === sum;
    const status = combine(judged.checks.map((check) => check.status));
    return right && status === 'pass' ? [] : [`The result of task ${task} does not hold.`];
  }

  /** Files that hold the plain data set. */
  async #leaksBelow(folder: string): Promise<string[]> {
    const deep = folder !== tmpdir();
    const entries = await readdir(folder, { recursive: deep, withFileTypes: true }).catch(() => []);
    const found: string[] = [];
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path).catch(() => Buffer.alloc(0));
      if (bytes.includes(Buffer.from(this.#dataSet.subarray(0, 64)))) found.push(`${path} holds the plain data set.`);
    }
    return found;
  }
}

function programFor(boundary: TaskBoundary): Uint8Array {
  if (boundary === 'running') return endlessProgram;
  return boundary.startsWith('fail') || boundary === 'noted failed' ? trappingProgram : summingProgram;
}

function lives(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}
