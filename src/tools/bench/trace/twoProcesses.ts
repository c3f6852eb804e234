import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RoundOfTwo } from './gainOfTwo.ts';

/** What a process is asked to do: hash leaves of traces, permute and nothing else, count. */
export type WorkName = 'hash' | 'keccak' | 'spin';

export interface Asked {
  readonly name: WorkName;
  readonly milliseconds: number;
}

/** What one process did in its time. */
export interface Done {
  readonly amount: number;
  /** Milliseconds by the clock. */
  readonly elapsed: number;
  /** Milliseconds of a processor. */
  readonly processor: number;
}

const names = ['hash', 'keccak', 'spin'] as const;
const rounds = 9;
const milliseconds = 150;

/**
 * Two processes that share nothing, each kind of work in each round by one of them and by both, now in this order and now in the other, the one that works alone
 * taking turns: what slows the machine down for a while slows all of it. Both are started, compiled and warm before.
 */
export async function twoProcesses(): Promise<Readonly<Record<WorkName, readonly RoundOfTwo[]>>> {
  const script = fileURLToPath(new URL('./workProcess.ts', import.meta.url));
  const children = [0, 1].map(() => fork(script, { execArgv: ['--import', import.meta.resolve('tsx')] }));
  try {
    await Promise.all(children.map(answer));
    const measured: Record<WorkName, RoundOfTwo[]> = { hash: [], keccak: [], spin: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of names) {
        const ask = (child: ChildProcess): Promise<Done> => {
          const answered = answer(child);
          child.send({ name, milliseconds } satisfies Asked);
          return answered as Promise<Done>;
        };
        const alone = () => ask(children[round % 2] as ChildProcess);
        const together = () => Promise.all(children.map(ask));
        if (round % 4 < 2) {
          const one = await alone();
          measured[name].push({ one, two: await together() });
        } else {
          const two = await together();
          measured[name].push({ one: await alone(), two });
        }
      }
    }
    return measured;
  } finally {
    for (const child of children) child.kill();
  }
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A process of the bench ended.'));
    child.once('exit', ended);
    child.once('message', (done) => {
      child.off('exit', ended);
      resolve(done);
    });
  });
}
