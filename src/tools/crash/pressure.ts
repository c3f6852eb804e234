import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { auditAfter } from './auditAfter.ts';
import { CrashStack } from './crashStack.ts';
import { post, postAgent } from './post.ts';

export interface PressureResult {
  /** Writes a second that the writer took in when everybody sent again what was refused. */
  readonly capacity: number;
  /** Writes a second that were then sent at it, whatever it answered. */
  readonly offered: number;
  readonly seconds: number;
  /** How often each status came; `0` where the connection broke. */
  readonly answers: Readonly<Record<string, number>>;
  /** Refusals that do not say when to come back. */
  readonly withoutRetryAfter: number;
  readonly accepted: number;
  /** Accepted and in no verified block. */
  readonly lost: number;
  readonly broken: readonly string[];
  /** Milliseconds from sending a write that was accepted until its 202. */
  readonly toAccepted: { readonly median: number; readonly worst: number };
  /** Milliseconds from 202 until final, of one in so many, as the writer's door tells. */
  readonly toFinal: { readonly median: number; readonly worst: number };
  /** The writer's resident memory in MiB: before, and at its highest. */
  readonly memory: { readonly before: number; readonly highest: number };
}

/** Small on purpose: ten times what it can take must be something that one machine can send. */
const bounds = { writes: 100, bytes: 1024 * 1024 };
const interval = 250;
const warmUp = { accepted: 4 * bounds.writes, milliseconds: 10_000 };
const size = 200;

/** Sends ten times the load that a writer can take, for so many seconds, over HTTP, and compares with what became of it. */
export async function applyPressure(seconds: number, factor = 10): Promise<PressureResult> {
  const stack = await CrashStack.start(interval, bounds);
  const agent = postAgent(256);
  try {
    const load = new Load(stack, agent);
    const capacity = await load.steady();
    const before = await memoryOf(stack.pidOf('writer'), 'VmRSS');
    const offered = await load.flood(capacity * factor, seconds * 1000);
    await load.settle();
    const highest = await memoryOf(stack.pidOf('writer'), 'VmHWM');
    const { found, broken } = await auditAfter(await stack.pins(), stack.folders);
    return {
      capacity: Math.round(capacity),
      offered: Math.round(offered),
      seconds,
      answers: load.answers,
      withoutRetryAfter: load.withoutRetryAfter,
      accepted: load.accepted.size,
      lost: [...load.accepted].filter((hash) => !found.has(hash)).length,
      broken: [...broken, ...stack.failures],
      toAccepted: summary(load.toAccepted),
      toFinal: summary(load.toFinal),
      memory: { before, highest },
    };
  } finally {
    agent.destroy();
    await stack.stop();
  }
}

class Load {
  readonly answers: Record<string, number> = {};
  readonly accepted = new Set<string>();
  readonly toAccepted: number[] = [];
  readonly toFinal: number[] = [];
  withoutRetryAfter = 0;
  readonly #stack: CrashStack;
  readonly #agent: Agent;
  #sampled = 0;
  #sampling: Promise<void> = Promise.resolve();
  #open = 0;

  constructor(stack: CrashStack, agent: Agent) {
    this.#stack = stack;
    this.#agent = agent;
  }

  /** Clients that wait a little when they are refused, until a few blocks' worth was taken in. @returns accepted a second */
  async steady(): Promise<number> {
    const start = performance.now();
    const before = this.accepted.size;
    const client = async () => {
      while (this.accepted.size < warmUp.accepted && performance.now() - start < warmUp.milliseconds) {
        if ((await this.#send()) !== 202) await delay(20);
      }
    };
    await Promise.all(Array.from({ length: 64 }, client));
    const rate = ((this.accepted.size - before) / (performance.now() - start)) * 1000;
    for (const status of Object.keys(this.answers)) delete this.answers[status];
    this.toAccepted.length = 0;
    return rate;
  }

  /** So many a second, whatever comes back. @returns how many a second were really sent */
  async flood(perSecond: number, milliseconds: number): Promise<number> {
    const start = performance.now();
    const sent: Promise<unknown>[] = [];
    let count = 0;
    for (let now = start; now - start < milliseconds; now = performance.now()) {
      const due = ((now - start) / 1000) * perSecond;
      for (; count < due && this.#open < 2_000; count += 1) sent.push(this.#send());
      await delay(2);
    }
    const rate = (count / (performance.now() - start)) * 1000;
    await Promise.all(sent);
    return rate;
  }

  async settle(): Promise<void> {
    await this.#sampling;
    const hashes = [...this.accepted];
    for (const hash of hashes.slice(-bounds.writes)) await this.#untilFinal(hash);
  }

  async #send(): Promise<number> {
    const transaction = randomBytes(size);
    const start = performance.now();
    this.#open += 1;
    const { status, retryAfter } = await post(this.#stack, this.#agent, transaction);
    this.#open -= 1;
    this.answers[status] = (this.answers[status] ?? 0) + 1;
    if (status === 429 && !/^[1-9][0-9]*$/.test(retryAfter ?? '')) this.withoutRetryAfter += 1;
    if (status !== 202) return status;
    const hash = createHash('sha3-256').update(transaction).digest('hex');
    this.accepted.add(hash);
    this.toAccepted.push(performance.now() - start);
    // One at a time, so that the asking is no load of its own.
    if (this.#sampled === 0) {
      this.#sampled = 1;
      const accepted = performance.now();
      this.#sampling = this.#untilFinal(hash).then(() => {
        this.toFinal.push(performance.now() - accepted);
        this.#sampled = 0;
      });
    }
    return status;
  }

  async #untilFinal(hash: string): Promise<void> {
    for (const end = performance.now() + 600_000; performance.now() < end;) {
      if ((await this.#stack.stateOf(hash)) === 'final') return;
      await delay(20);
    }
    throw new Error(`${hash} was accepted and is not final after ten minutes.`);
  }
}

/** MiB, of a process of this machine (Linux); NaN elsewhere. */
async function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(text)?.[1] ?? Number.NaN) / 1024);
}

function summary(values: readonly number[]): { median: number; worst: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: Math.round(sorted[sorted.length >> 1] ?? 0), worst: Math.round(sorted.at(-1) ?? 0) };
}
