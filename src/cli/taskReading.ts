import { ledgerOf } from '../audit/task/ledgerOf.ts';
import { readTask, type TaskRead, type TaskToRead } from '../audit/task/readTask.ts';
import { evmContractMessages } from '../core/evm/contractMessages.en.ts';
import type { Hex } from '../core/evm/hex.ts';
import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import { attestationMessages } from '../core/task/attestationMessages.en.ts';
import { taskMessages } from '../core/task/messages.en.ts';
import { moment } from '../core/certificate/moment.ts';
import type { Trust } from '../core/trust/trust.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import type { Messages } from '../core/verdict/messages.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { wrongCall } from './args.ts';
import { readGivenFile } from './files.ts';
import type { Io } from './io.ts';
import { createProgress, progressWords } from './progress.ts';
import { readableChecks, readableLabels, summary, type Paint } from './readable.ts';

export interface TaskName {
  readonly chainId: number;
  /** Lower case. */
  readonly contract: Hex;
  readonly id: bigint;
}

export interface TaskReading {
  /** As it was asked for. */
  readonly task: TaskToRead;
  readonly read: TaskRead;
}

const messages: Messages = { ...attestationMessages, ...evmContractMessages, ...taskMessages };

/** `chainId/contract/id`, as in the page's address. @throws AuditorError `usage` CALL */
export function readTaskName(text: string, usage: string): TaskName {
  const found = /^(\d{1,15})\/(0x[0-9a-f]{40})\/([1-9]\d{0,14})$/i.exec(text);
  if (!found) {
    const words = `--task: number of the ledger, address of the contract and number of the task were expected, as 412346/0x…/7, found ${JSON.stringify(text.slice(0, 100))}.`;
    throw wrongCall(words, usage);
  }
  const [, chainId, contract, id] = found as unknown as [string, string, string, string];
  return { chainId: Number(chainId), contract: contract.toLowerCase() as Hex, id: BigInt(id) };
}

/** Reads and judges one task under the entry of the trust file for its ledger. @throws AuditorError `usage` TASK_LEDGER, FILE_…, `source` EVM_… */
export async function readNamedTask(
  { chainId, contract, id }: TaskName,
  trust: Trust,
  files: readonly string[],
  io: Io,
): Promise<TaskReading> {
  const pin = ledgerOf(trust, chainId, contract);
  if (!pin) {
    const words = `The trust file has no entry for the ledger ${chainId} (evm), so nothing of it can be judged. Pin its validators, or a block of it.`;
    throw new AuditorError('usage', 'TASK_LEDGER', words);
  }
  if (!pin.rpc?.length) {
    const words = `The trust file names no node of the ledger ${chainId}. Add the address of one to "rpc"; it need not be believed.`;
    throw new AuditorError('usage', 'TASK_LEDGER', words);
  }
  const companions: Content[] = [];
  for (const name of files) {
    companions.push(readContent(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal)));
  }
  const line = createProgress(io);
  io.doing(`reading the contract ${contract}`);
  const task = {
    pin,
    trust,
    contract,
    id,
    companions,
    now: io.now(),
    signal: io.signal,
    onProgress: (progress: Parameters<typeof progressWords>[0]) => line.show(progressWords(progress)),
  };
  try {
    return { task, read: await readTask(task) };
  } finally {
    line.end();
  }
}

/** A task for people: verdict and sentence, who did what when, every check. */
export function readableTask({ task, read }: TaskReading, paint: Paint): string {
  const { verdict, checks, labels, judged } = read;
  const { timeline } = judged;
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: task ${timeline.id} of ${task.contract} on ledger ${timeline.chainId}`,
    `  ${summary(verdict, checks)}`,
    ...readableLabels(labels, paint),
    ...timeline.marks.map(({ step, by, blockTime, claimedTime, event }) => {
      const claimed = claimedTime === null ? '' : `, by its own word at ${moment(claimedTime)}`;
      return `  ${step} by ${by} in block ${event.block} of ${moment(blockTime)}${claimed}`;
    }),
    '',
    ...readableChecks(checks, messages, paint),
  ];
  return `${lines.join('\n')}\n`;
}
