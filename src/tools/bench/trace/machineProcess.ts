import { spinSteps } from '../spin.ts';
import { rawKernel } from './rawKernel.ts';

/** A process that does nothing but count, or permute: on each message one round of the one that is asked for. */
const kernel = rawKernel();
kernel();

process.on('message', (kind) => {
  const work = kind === 'spin' ? spinSteps : kernel;
  let done = 0;
  // Some 50 ms, so that what a message takes does not count.
  for (let round = 0; round < 16; round++) done += work();
  process.send?.(done);
});
process.send?.(0);
