import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import { createRunner, type Runner, type RunnerOutcome } from './runner.ts';
import { openTaskJournal, type JournalEntry, type TaskStep } from './taskJournal.ts';
import { factsOf, waitingTask, type TaskLedger } from './taskLedger.ts';
import { openTaskStore, storeName, type StoreLocation, type TaskStore } from './taskStore.ts';

export interface ProcessorOptions {
  readonly ledger: TaskLedger;
  readonly nsm: Nsm;
  /** Journals of offers. */
  readonly folder: string;
  /** Where key documents are put and sealed secret files are found. */
  readonly exchange: StoreLocation;
  /** The only stores that secret files may name: they come from strangers. */
  readonly stores: readonly StoreLocation[];
  /** How long a program may run, in milliseconds; ten minutes by default. */
  readonly runTime?: number;
  /** Called when a step is on disk, before the ledger is told. */
  readonly onStep?: (step: TaskStep, entry: JournalEntry) => Promise<void> | void;
}

export interface Processor {
  /** Makes an enclave with a key of its own and advertises it. @param until seconds since 1970 @returns the offer */
  offer(until: number, metadata?: string): Promise<bigint>;
  /** Takes the task that an owner has matched with the offer from its approval to its end. Undefined while there is none. */
  work(offer: bigint): Promise<JournalEntry | undefined>;
  /** After a start: what was run is recorded, what was lost with its enclave's key is declared failed. */
  resume(): Promise<readonly JournalEntry[]>;
}

/** Why a task failed, as `fail` records it: H of the code. */
export function failureReason(code: string): Hex {
  return toHex0x(sha3(utf8(code)));
}

/** What the ledger refuses of one task must not hold up the others; it is asked again next time. */
function refused(entry: JournalEntry, error: unknown): JournalEntry {
  if (error instanceof AuditorError && error.code === 'LEDGER_REFUSED') return { ...entry, reason: error.message };
  throw error;
}

/** The data processor's side, around its enclaves: the network, the disk, and its account on the ledger. */
export async function openProcessor(options: ProcessorOptions): Promise<Processor> {
  const { ledger, nsm, exchange, runTime = 600_000, onStep } = options;
  const journal = await openTaskJournal(options.folder);
  const runners = new Map<bigint, Runner>();
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

  async function fail(entry: JournalEntry & { task: string }, reason: string): Promise<JournalEntry> {
    await ledger.take('fail', [BigInt(entry.task), failureReason(reason)]);
    return note({ ...entry, step: 'failed', reason });
  }

  async function complete(entry: JournalEntry & { task: string }, outcome: RunnerOutcome): Promise<JournalEntry> {
    const { result, output, attestation, endedAt } = outcome;
    await ledger.take('complete', [BigInt(entry.task), result, output, attestation, BigInt(endedAt)]);
    return note({ ...entry, step: 'completed' });
  }

  async function resumeOne(entry: JournalEntry & { task: string }): Promise<JournalEntry> {
    const id = BigInt(entry.task);
    const { state, deadline } = factsOf(await ledger.events(), ledger.contract, id).task;
    if ((state === 'approved' || state === 'started') && deadline < Date.now() / 1000) {
      await ledger.take('expire', [id]);
      return note({ ...entry, step: 'dropped', reason: 'TASK_DEADLINE' });
    }
    if (entry.outcome && state === 'started') return complete(entry, entry.outcome);
    if (entry.outcome && state === 'completed') return note({ ...entry, step: 'completed' });
    if (state === 'approved' || state === 'started') return fail(entry, 'RUNNER_LOST');
    return note({ ...entry, step: 'dropped', reason: 'RUNNER_LOST' });
  }

  return {
    async offer(until, metadata = '') {
      const place = { chainId: ledger.chainId, contract: ledger.contract, processor: ledger.address };
      const runner = await createRunner({ nsm, place, openStore, runTime });
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
      const events = await ledger.events();
      const id = waitingTask(events, ledger.contract, offer);
      if (id === undefined) return undefined;
      const facts = factsOf(events, ledger.contract, id);
      const { runnerKey } = runner;
      const entry = { offer: String(offer), task: String(id), runnerKey };
      const sealed = await openTaskStore(exchange).read(fromHex0x(facts.secretFile));
      await note({ ...entry, step: 'approving' });
      await ledger.take('approve', [id, offer]);
      runners.delete(offer);
      await note({ ...entry, step: 'starting' });
      await ledger.take('start', [id, runnerKey, BigInt(Math.floor(Date.now() / 1000))]);
      let outcome: RunnerOutcome;
      try {
        outcome = await runner.run(facts, sealed);
      } catch (error) {
        if (!(error instanceof AuditorError)) throw error;
        return fail({ ...entry, step: 'starting' }, error.code);
      }
      const ran = await note({ ...entry, step: 'ran', outcome });
      return complete({ ...ran, ...entry }, outcome);
    },
    async resume() {
      const resumed: JournalEntry[] = [];
      for (const entry of await journal.entries()) {
        const { task, step } = entry;
        if (runners.has(BigInt(entry.offer)) || ['completed', 'failed', 'dropped'].includes(step)) continue;
        if (task === undefined) resumed.push(await note({ ...entry, step: 'dropped', reason: 'RUNNER_LOST' }));
        else resumed.push(await resumeOne({ ...entry, task }).catch((error: unknown) => refused(entry, error)));
      }
      return resumed;
    },
  };
}
