import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** So many processes of a script that work at the same time; each is asked once for a round, which is over when all have answered. */
export async function processes(size: number, name: 'hashProcess' | 'machineProcess') {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const children = Array.from({ length: size }, () =>
    fork(script, { execArgv: ['--import', import.meta.resolve('tsx')] }),
  );
  const answer = (child: (typeof children)[0]): Promise<number> =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('A process of the bench ended.'));
      child.once('exit', ended);
      child.once('message', (done) => {
        child.off('exit', ended);
        resolve(Number(done));
      });
    });
  await Promise.all(children.map(answer));
  return {
    /** What all together have done. */
    round: async (what = 'round'): Promise<number> => {
      const done = await Promise.all(
        children.map((child) => {
          const answered = answer(child);
          child.send(what);
          return answered;
        }),
      );
      return done.reduce((sum, each) => sum + each, 0);
    },
    close: () => children.forEach((child) => child.kill()),
  };
}
