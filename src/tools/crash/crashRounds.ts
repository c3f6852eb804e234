import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { auditAfter, type AfterCrash } from './auditAfter.ts';
import { CrashStack, victims, type Victim } from './crashStack.ts';
import { writerSteps } from '../../services/writer/work.ts';

export interface CrashResult {
  readonly rounds: number;
  /** How often each process was killed; `at <step>` and `at random` say when. */
  readonly killed: Readonly<Record<string, number>>;
  readonly accepted: number;
  readonly blocks: number;
  readonly chains: number;
  /** Tuples left without a number by a lost sequencer: allowed, since their transactions are in another block. */
  readonly unsequenced: number;
  /** H(d) of writes that were answered with 202 and are in no verified block. */
  readonly lost: readonly string[];
  /** H(d) of writes that are in two blocks. */
  readonly twice: readonly string[];
  /** Chains that do not verify and objects that are not whole, in words. */
  readonly broken: readonly string[];
  readonly seconds: number;
}

const writesPerRound = 6;
const auditEvery = 20;
/** Against what hangs, milliseconds. */
const finalWithin = 600_000;

/**
 * So many rounds of: write, kill -9 one process or several at a step boundary or a random moment, start them again, write on. The steps are
 * gone through in turn, the victims and all else is drawn. Audits every twenty rounds and at the end, over HTTP, and compares with every
 * write that was answered with 202.
 */
export async function crashRounds(
  count: number,
  onRound: (words: string) => void = () => undefined,
): Promise<CrashResult> {
  const started = performance.now();
  const stack = await CrashStack.start();
  const killed: Record<string, number> = {};
  const accepted = new Set<string>();
  const bump = (name: string) => (killed[name] = (killed[name] ?? 0) + 1);
  try {
    let after: AfterCrash | undefined;
    for (let round = 0; round < count; round += 1) {
      const chosen = chooseVictims(round);
      const step = randomInt(4) === 0 ? undefined : writerSteps[round % writerSteps.length];
      if (step !== undefined) await stack.killAt(step, chosen);
      const writing = writeSome(stack, accepted);
      if (step === undefined) {
        await delay(randomInt(250));
        stack.kill(chosen);
      }
      const onTime = await untilDead(stack, chosen, 4_000);
      if (!onTime) stack.kill(chosen);
      await untilDead(stack, chosen, 4_000);
      await stack.forgetOrder();
      for (const victim of chosen) bump(victim);
      bump(step !== undefined && onTime ? `at ${step}` : 'at random');
      await delay(randomInt(100));
      await Promise.all(chosen.map((victim) => stack.restart(victim)));
      await writing;
      await writeSome(stack, accepted);
      onRound(`round ${round + 1}: ${chosen.join(', ')} ${step ?? 'at random'}${onTime ? '' : ' (late)'}`);
      if ((round + 1) % auditEvery === 0 || round + 1 === count) {
        await untilFinal(stack, accepted);
        after = await auditAfter(await stack.pins(), stack.folders);
        onRound(`audited: ${after.blocks} blocks, ${accepted.size} writes, ${after.broken.length} faults`);
      }
    }
    const { found, blocks, unsequenced, broken } = after ?? (await auditAfter(await stack.pins(), stack.folders));
    const left = await leftOnDisk(stack);
    return {
      rounds: count,
      killed,
      accepted: accepted.size,
      blocks,
      chains: (await stack.pins()).length,
      unsequenced,
      lost: [...accepted].filter((hash) => !found.has(hash)),
      twice: [...found].filter(([, times]) => times > 1).map(([hash]) => hash),
      broken: [...broken, ...stack.failures, ...left],
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  } finally {
    await stack.stop();
  }
}

/** One process in most rounds, two in some, and all of them, as when the machine loses its power, now and then. */
function chooseVictims(round: number): readonly Victim[] {
  const drawn = randomInt(10);
  if (drawn === 0) return victims;
  const first = victims[(round + Math.floor(round / writerSteps.length)) % victims.length] as Victim;
  if (drawn > 2) return [first];
  const second = victims[randomInt(victims.length)] as Victim;
  // The writer, where it is one of two, is the one that gives the order: it dies last.
  return [...new Set([first, second])].sort((a, b) => victims.indexOf(a) - victims.indexOf(b));
}

async function writeSome(stack: CrashStack, accepted: Set<string>): Promise<void> {
  const writes = Array.from({ length: writesPerRound }, async () => {
    await delay(randomInt(120));
    const transaction = new Uint8Array(randomBytes(randomInt(1, 3_000)));
    if ((await stack.write(transaction)) !== 'accepted') return;
    accepted.add(createHash('sha3-256').update(transaction).digest('hex'));
  });
  await Promise.all(writes);
}

async function untilDead(stack: CrashStack, chosen: readonly Victim[], milliseconds: number): Promise<boolean> {
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    if (chosen.every((victim) => !stack.runs(victim))) return true;
    await delay(5);
  }
  return false;
}

async function untilFinal(stack: CrashStack, accepted: ReadonlySet<string>): Promise<void> {
  const open = new Set(accepted);
  for (const end = performance.now() + finalWithin; performance.now() < end;) {
    for (const hash of open) {
      if ((await stack.stateOf(hash)) !== 'final') break;
      open.delete(hash);
    }
    // What it took without its 202 having come is on its way too.
    if (open.size === 0 && (await leftOnDisk(stack)).length === 0) return;
    await delay(20);
  }
}

/** Once everything is final nothing waits on the writer's disk any more. */
async function leftOnDisk(stack: CrashStack): Promise<string[]> {
  const entries = await readdir(join(stack.folder, 'writer', 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => `The writer still keeps the object ${name}.`);
}
