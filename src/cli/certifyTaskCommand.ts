import { certifyTask } from '../audit/task/certifyTask.ts';
import { inProcessEvmExecutor } from '../audit/evm/evmExecutor.ts';
import { makeTaskCertificate } from '../core/task/certificate/makeTaskCertificate.ts';
import type { Verdict } from '../core/verdict/status.ts';
import { writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { clean, paintFor } from './readable.ts';
import { readTrust } from './readTrust.ts';
import { readableTask, readNamedTask, readTaskName } from './taskReading.ts';

export interface TaskToCertifyHere {
  /** `chainId/contract/id`. */
  readonly name: string;
  /** Path of the trust file. */
  readonly trust: string;
  readonly out: string | undefined;
  /** Paths; the attestation document is among them. */
  readonly files: readonly string[];
  readonly json: boolean;
  readonly usage: string;
}

/** What is printed. */
interface Line {
  readonly verdict: Verdict;
  readonly result: 'certificate' | 'none';
  readonly task: string;
  readonly labels: readonly string[];
  /** Path of the certificate; null where none was written. */
  readonly file: string | null;
}

/** `certify --task`: reads the task from the nodes of its ledger and judges it; where it is verified its certificate is made, checked and written. */
export async function certifyTaskCommand(wanted: TaskToCertifyHere, io: Io): Promise<ExitCode> {
  const place = readTaskName(wanted.name, wanted.usage);
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const reading = await readNamedTask(place, trust, wanted.files, io);
  const { task, read } = reading;
  const { verdict, labels, ledger, judged } = read;
  const paint = paintFor(io.colour);
  const { head } = ledger;
  const line = { verdict, task: wanted.name, labels };
  if (verdict !== 'verified' || !head || !judged.attestation) {
    io.line({ ...line, result: 'none', file: null } satisfies Line);
    if (!wanted.json) {
      io.say(readableTask(reading, paint));
      io.say(
        `No certificate was made: only of a task that is verified, its attestation document beside it, there is one.\n`,
      );
    }
    return 1;
  }
  io.doing(`making the certificate of task ${place.id}`);
  const text = await certifyTask(
    {
      pin: task.pin,
      trust,
      contract: place.contract,
      id: place.id,
      events: judged.timeline.marks.map(({ event }) => event),
      head,
      attestation: judged.attestation.content.fileBytes,
      now: task.now,
      signal: io.signal,
    },
    { executor: inProcessEvmExecutor, make: makeTaskCertificate },
  );
  const file = wanted.out ?? `task-${place.id}.affidavit.json`;
  await writeResult(io.folder, file, text);
  io.line({ ...line, result: 'certificate', file } satisfies Line);
  if (!wanted.json) {
    const words = `task ${place.id} of ${place.contract} on ledger ${place.chainId}`;
    io.say(
      `${paint('Certified', 'verified')}: ${words}.\n  Written to ${clean(file)}. Check it with: npm run -s check -- --trust FILE ${clean(file)}\n`,
    );
  }
  return 0;
}
