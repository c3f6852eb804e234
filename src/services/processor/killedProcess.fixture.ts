import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openProcessor } from './processor.ts';
import { openTaskLedger } from './taskLedger.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { join } from 'node:path';
import { runnerRegister, type TaskBoundary, type TaskProcessSetting } from './boundaries.fixture.ts';

/**
 * The processor of tasks as a process of its own, which ends itself by SIGKILL at the boundary that its setting names, so that nothing happens between the
 * step and its death. Its only argument is the path of its setting. It resumes, offers, and works at one task.
 */
const setting = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as TaskProcessSetting;
const { folder, exchange, store, killAt, resumeOnly, pin, contract, account, rpc } = setting;
const say = (words: string) => void writeSync(1, `${words}\n`);

function reach(boundary: TaskBoundary): void {
  if (boundary !== killAt) return;
  say(`children ${children().join(' ')}`);
  process.kill(process.pid, 'SIGKILL');
}

/** Processes that this one has started (Linux; none are known elsewhere). */
function children(): readonly string[] {
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

/** Whether the program runs by now. */
function isRunning(): boolean {
  return children().some((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('wasiMain'));
}

const inner = openTaskLedger({
  rpc: [rpc],
  pin,
  contract,
  account,
  onSent: (name) => reach(`${name} sent` as TaskBoundary),
});
const ledger: typeof inner = {
  ...inner,
  async take(name, args) {
    const id = await inner.take(name, args);
    reach(`${name} taken` as TaskBoundary);
    if (name === 'start' && killAt === 'running') void untilRunning();
    return id;
  },
};

async function untilRunning(): Promise<void> {
  while (process.platform === 'linux' && !isRunning()) await delay(20);
  // Time to be in the midst of it: until it is read, compiled and begun.
  await delay(1500);
  reach('running');
}

const measurement = [runnerRegister, runnerRegister, runnerRegister] as const;
const nsm = await createNsmSimulator({ stateFolder: join(folder, 'module'), measurement });
const places = { exchange: { kind: 'folder', path: exchange }, store: { kind: 'folder', path: store } } as const;
const processor = await openProcessor({
  ledger,
  nsm,
  folder,
  exchange: places.exchange,
  stores: [places.store],
  onStep: (step) => reach(`noted ${step}` as TaskBoundary),
});
for (const entry of await processor.resume()) say(`resumed ${JSON.stringify(entry)}`);
if (resumeOnly !== true) {
  const offer = await processor.offer(Math.floor(Date.now() / 1000) + 3600);
  say(`offer ${offer}`);
  while (!(await processor.work(offer))) await delay(100);
}
say('ended');
