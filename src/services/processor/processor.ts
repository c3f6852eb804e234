import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import { createRunner, type Runner, type RunnerOutcome } from './runner.ts';
import { openTaskJournal, type JournalEntry, type TaskStep } from './taskJournal.ts';
import { factsOf, waitingTasks } from './taskFacts.ts';
import type { TaskLedger } from './taskLedger.ts';
import { openTaskStore, storeName, type StoreLocation, type TaskStore } from './taskStore.ts';
import { whyNot, type TakenTask } from './whyNot.ts';

export interface ProcessorOptions {
  readonly ledger: TaskLedger;
  readonly nsm: Nsm;
  /** Journals of offers. */
  readonly folder: string;
  /** Where key documents are put and sealed secret files are found. */
  readonly exchange: StoreLocation;
  /** The only stores that secret files may name: they come from strangers. */
  readonly stores: readonly StoreLocation[];
  /** How long a program may run at most, in milliseconds; ten minutes by default. */
  readonly runTime?: number;
  /** What must be left for the program when a task is approved, in milliseconds; a minute by default. */
  readonly leastRunTime?: number;
  /** What is kept free before a deadline for recording start and result, in milliseconds; a minute by default. */
  readonly recordingTime?: number;
  /** Called when a step is on disk, before the ledger is told. */
  readonly onStep?: (step: TaskStep, entry: JournalEntry) => Promise<void> | void;
  /** A matched task is not approved, and why: said once for each. It stays to its owner, or to its deadline. */
  readonly onDeclined?: (task: bigint, reason: AuditorError) => void;
}

export interface Processor {
  /** Makes an enclave with a key of its own and advertises it. @param until seconds since 1970 @returns the offer */
  offer(until: number, metadata?: string): Promise<bigint>;
  /** Takes the first task that an owner has matched with the offer, and that can be carried out in time, from its approval to its end. Undefined while there is none. */
  work(offer: bigint): Promise<JournalEntry | undefined>;
  /** After a start: what was run is recorded, what was lost with its enclave's key is declared failed. */
  resume(): Promise<readonly JournalEntry[]>;
}

type TaskEntry = JournalEntry & { readonly task: string };

/** Why a task failed, as `fail` records it: H of the code. */
function failureReason(code: string): Hex {
  return toHex0x(sha3(utf8(code)));
}

const isRefused = (error: unknown): error is AuditorError =>
  error instanceof AuditorError && error.code === 'LEDGER_REFUSED';

/** Milliseconds that the ledger's time is ahead of this clock: each block is later than the one before, so many at once run ahead. */
function aheadBy(events: readonly ProvenEvent[]): number {
  return Math.max(0, (events.at(-1)?.timestamp ?? 0) * 1000 - Date.now());
}

/** The data processor's side, around its enclaves: the network, the disk, and its account on the ledger. */
export async function openProcessor(options: ProcessorOptions): Promise<Processor> {
  const { ledger, nsm, exchange, runTime = 600_000, leastRunTime = 60_000, recordingTime = 60_000, onStep } = options;
  const journal = await openTaskJournal(options.folder);
  const runners = new Map<bigint, Runner>();
  const declined = new Map<bigint, string>();
  const allowed = new Set(options.stores.map(storeName));

  function openStore(location: StoreLocation): TaskStore {
    if (allowed.has(storeName(location))) return openTaskStore(location);
    throw new AuditorError('source', 'STORE_REFUSED', `This processor does not use the store ${storeName(location)}.`);
  }

  async function note(entry: JournalEntry): Promise<JournalEntry> {
    await journal.write(entry);
    await onStep?.(entry.step, entry);
    return entry;
  }

  async function fail(entry: TaskEntry, reason: string): Promise<JournalEntry> {
    await ledger.take('fail', [BigInt(entry.task), failureReason(reason)]);
    return note({ ...entry, step: 'failed', reason });
  }

  async function complete(entry: TaskEntry, outcome: RunnerOutcome): Promise<JournalEntry> {
    const { result, output, attestation, endedAt } = outcome;
    await ledger.take('complete', [BigInt(entry.task), result, output, attestation, BigInt(endedAt)]);
    return note({ ...entry, step: 'completed' });
  }

  /** Brings a task to an end from wherever the ledger has it. @param reason why there is no result, where there is none */
  async function end(entry: TaskEntry, reason: string): Promise<JournalEntry> {
    const id = BigInt(entry.task);
    await ledger.settled();
    const events = await ledger.events();
    const { state, deadline } = factsOf(events, ledger.contract, id).task;
    const drop = (why: string): Promise<JournalEntry> => note({ ...entry, step: 'dropped', reason: why });
    switch (state) {
      case 'approved':
      case 'started':
        if (deadline * 1000 < Date.now() + aheadBy(events)) {
          // The contract takes neither a result nor a failure any more.
          await ledger.take('expire', [id]);
          return drop('TASK_DEADLINE');
        }
        if (entry.outcome && state === 'started') return complete(entry, entry.outcome);
        return fail(entry, reason);
      case 'completed':
        return note({ ...entry, step: 'completed' });
      case 'failed':
        return note({ ...entry, step: 'failed', reason });
      case 'expired':
        return drop('TASK_DEADLINE');
      case 'cancelled':
        return drop('TASK_CANCELLED');
      default:
        return drop(reason);
    }
  }

  /** As `end`; what the ledger refuses now is asked again at the next `resume`, and holds up nothing else. */
  async function endOrLater(entry: TaskEntry, reason: string): Promise<JournalEntry> {
    try {
      return await end(entry, reason);
    } catch (error) {
      if (!isRefused(error)) throw error;
      return { ...entry, reason: error.message };
    }
  }

  /** One step; where the ledger refuses it, what the ledger says of the task decides how it ends. */
  async function orEnd(
    entry: TaskEntry,
    step: () => Promise<unknown>,
    reason?: string,
  ): Promise<JournalEntry | undefined> {
    try {
      await step();
      return undefined;
    } catch (error) {
      if (!isRefused(error)) throw error;
      return endOrLater(entry, reason ?? error.code);
    }
  }

  /** The first task for the offer that can be carried out here and in time. */
  function choose(events: readonly ProvenEvent[], offer: bigint): TakenTask | undefined {
    const ahead = aheadBy(events);
    for (const id of waitingTasks(events, ledger.contract, offer)) {
      const { task, ...facts } = factsOf(events, ledger.contract, id);
      const taken = { facts, task, ahead };
      const reason = whyNot(taken, Date.now() + ahead + recordingTime + leastRunTime);
      if (!reason) return taken;
      decline(id, reason);
    }
    return undefined;
  }

  function decline(id: bigint, reason: AuditorError): void {
    if (declined.get(id) === reason.code) return;
    declined.set(id, reason.code);
    options.onDeclined?.(id, reason);
  }

  async function run(runner: Runner, { facts, task, ahead }: TakenTask, sealed: Uint8Array, entry: TaskEntry) {
    const left = Math.max(0, task.deadline * 1000 - Date.now() - ahead - recordingTime);
    let outcome: RunnerOutcome;
    try {
      outcome = await runner.run(facts, sealed, Math.min(runTime, left));
    } catch (error) {
      if (!(error instanceof AuditorError)) throw error;
      const { code } = error;
      return (await orEnd(entry, () => fail(entry, code), code)) ?? { ...entry, step: 'failed' as const, reason: code };
    }
    const ran = { ...entry, ...(await note({ ...entry, step: 'ran', outcome })) };
    return (await orEnd(ran, () => complete(ran, outcome))) ?? { ...ran, step: 'completed' as const };
  }

  return {
    async offer(until, metadata = '') {
      const place = { chainId: ledger.chainId, contract: ledger.contract, processor: ledger.address };
      const runner = await createRunner({ nsm, place, openStore });
      const resources = toHex0x(await openTaskStore(exchange).write(runner.keyDocument));
      const offer = await ledger.take('advertise', [resources, BigInt(until), metadata]);
      runners.set(offer, runner);
      await note({ offer: String(offer), step: 'offered', runnerKey: runner.runnerKey });
      return offer;
    },
    async work(offer) {
      const runner = runners.get(offer);
      if (!runner) {
        const words = `The enclave that offer ${offer} was made with is gone, and its key with it.`;
        throw new AuditorError('usage', 'RUNNER_LOST', words);
      }
      const taken = choose(await ledger.events(), offer);
      if (!taken) return undefined;
      const { id, secretFile } = taken.facts;
      const { runnerKey } = runner;
      const entry = { offer: String(offer), task: String(id), runnerKey };
      const sealed = await openTaskStore(exchange).read(fromHex0x(secretFile));
      await note({ ...entry, step: 'approving' });
      try {
        await ledger.take('approve', [id, offer]);
      } catch (error) {
        if (!isRefused(error)) throw error;
        // Its owner may have matched it anew or given it up meanwhile: the offer still stands.
        decline(id, error);
        await note({ offer: entry.offer, step: 'offered', runnerKey });
        return undefined;
      }
      runners.delete(offer);
      const starting = { ...entry, step: 'starting' } as const;
      await note(starting);
      const startedAt = BigInt(Math.floor(Date.now() / 1000));
      const ended = await orEnd(starting, () => ledger.take('start', [id, runnerKey, startedAt]));
      return ended ?? run(runner, taken, sealed, starting);
    },
    async resume() {
      const resumed: JournalEntry[] = [];
      for (const entry of await journal.entries()) {
        const { task, step } = entry;
        if (runners.has(BigInt(entry.offer)) || ['completed', 'failed', 'dropped'].includes(step)) continue;
        if (task === undefined) {
          resumed.push(await note({ ...entry, step: 'dropped', reason: 'RUNNER_LOST' }));
          continue;
        }
        resumed.push(await endOrLater({ ...entry, task }, 'RUNNER_LOST'));
      }
      return resumed;
    },
  };
}
