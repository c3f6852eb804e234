import { figure, type Figure } from './figure.ts';

const steps = 2_000_000;

/** Million steps a second of a loop that does the same everywhere: how fast this machine is at this moment, beside every bench. */
export function spin(): number {
  const start = performance.now();
  let done = 0;
  do done += spinSteps();
  while (performance.now() - start < 100);
  return done / (performance.now() - start) / 1000;
}

/** A linear congruential generator, some millions of steps: each needs the one before it, so nothing can be left out or done at once. Gives how many. */
export function spinSteps(): number {
  let state = 1;
  for (let step = 0; step < steps; step++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  if (state === 0.5) throw new Error('An integer cannot be a half.');
  return steps;
}

/** The calibration before and after a bench: figures of a run in which the two differ much are not to be trusted. */
export function spinFigures(bench: string, before: number, after: number): readonly Figure[] {
  return [figure(`${bench}.spin.before`, before, 'Msteps/s'), figure(`${bench}.spin.after`, after, 'Msteps/s')];
}
