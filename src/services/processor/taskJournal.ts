import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import type { RunnerOutcome } from './runner.ts';

/** How far an offer has come; each step is written down before the ledger is told. */
export type TaskStep = 'offered' | 'approving' | 'starting' | 'ran' | 'completed' | 'failed' | 'dropped';

export interface JournalEntry {
  /** In decimal, as is `task`. */
  readonly offer: string;
  readonly step: TaskStep;
  readonly runnerKey: Hex;
  readonly task?: string;
  readonly outcome?: RunnerOutcome;
  /** Code of what ended it, where it failed. */
  readonly reason?: string;
}

/** One file for each offer, on disk before the next step. */
export interface TaskJournal {
  entries(): Promise<readonly JournalEntry[]>;
  write(entry: JournalEntry): Promise<void>;
}

/** @throws AuditorError `source` IO_…, JOURNAL_DAMAGED */
export async function openTaskJournal(folder: string): Promise<TaskJournal> {
  const path = await stateFolder(folder, 'offers');
  return {
    async entries() {
      const names = (await readdir(path)).filter((name) => /^\d+\.json$/.test(name));
      return Promise.all(names.toSorted().map((name) => readEntry(join(path, name))));
    },
    write: (entry) => writeFileDurably(join(path, `${entry.offer}.json`), `${JSON.stringify(entry)}\n`),
  };
}

async function readEntry(path: string): Promise<JournalEntry> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw ioFault(`The journal ${path} cannot be read`, error);
  }
  const entry = parseEntry(text);
  if (entry && basename(path) === `${entry.offer}.json`) return entry;
  const words = `The journal ${path} is damaged. Take it away; its task is then freed by its deadline.`;
  throw new AuditorError('source', 'JOURNAL_DAMAGED', words);
}

const steps: readonly unknown[] = ['offered', 'approving', 'starting', 'ran', 'completed', 'failed', 'dropped'];

function parseEntry(text: string): JournalEntry | undefined {
  let value: Partial<Record<keyof JournalEntry, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const { offer, step, runnerKey, task, outcome, reason } = value ?? {};
  const holds =
    isNumber(offer) &&
    steps.includes(step) &&
    isHash(runnerKey) &&
    (task === undefined ? step === 'offered' || step === 'dropped' : isNumber(task)) &&
    (outcome === undefined ? step !== 'ran' : isOutcome(outcome)) &&
    (reason === undefined || typeof reason === 'string');
  return holds ? (value as JournalEntry) : undefined;
}

function isOutcome(value: unknown): boolean {
  const { result, output, attestation, endedAt } = (value ?? {}) as Partial<Record<keyof RunnerOutcome, unknown>>;
  return [result, output, attestation].every(isHash) && Number.isSafeInteger(endedAt);
}

const isNumber = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d{0,77}$/.test(value);
const isHash = (value: unknown): boolean => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
