import { writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { paintFor } from './readable.ts';
import { readTrust } from './readTrust.ts';
import { readableTask, readNamedTask, readTaskName } from './taskReading.ts';
import type { TaskToCertifyHere } from './certifyTaskCommand.ts';

/** `audit --task`: one task of a contract, read from nodes that are not believed. One line of JSON; without `--json` the same in words on standard error too. */
export async function auditTaskCommand(wanted: TaskToCertifyHere, io: Io): Promise<ExitCode> {
  const place = readTaskName(wanted.name, wanted.usage);
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const reading = await readNamedTask(place, trust, wanted.files, io);
  const { verdict, labels, checks, ledger, judged } = reading.read;
  const { completeness, cost } = ledger;
  const line = { verdict, task: wanted.name, labels, completeness, cost, timeline: judged.timeline, checks };
  if (wanted.json || !io.watched) io.line(line);
  if (wanted.out !== undefined) await writeResult(io.folder, wanted.out, `${JSON.stringify(line)}\n`);
  if (!wanted.json) io.say(readableTask(reading, paintFor(io.colour)));
  return verdict === 'verified' ? 0 : 1;
}
