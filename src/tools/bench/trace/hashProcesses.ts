import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** So many processes that hash leaves at the same time; each is asked once for a round, which is over when all have answered. */
export async function hashProcesses(size: number) {
  const script = fileURLToPath(new URL('./hashProcess.ts', import.meta.url));
  const children = Array.from({ length: size }, () =>
    fork(script, { execArgv: ['--import', import.meta.resolve('tsx')] }),
  );
  const answer = (child: (typeof children)[0]): Promise<number> =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('A process of the bench ended.'));
      child.once('exit', ended);
      child.once('message', (events) => {
        child.off('exit', ended);
        resolve(Number(events));
      });
    });
  await Promise.all(children.map(answer));
  return {
    /** Events hashed by all together. */
    round: async (): Promise<number> => {
      const events = await Promise.all(
        children.map((child) => {
          const answered = answer(child);
          child.send('round');
          return answered;
        }),
      );
      return events.reduce((sum, each) => sum + each, 0);
    },
    close: () => children.forEach((child) => child.kill()),
  };
}
