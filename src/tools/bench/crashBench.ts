import type { Bench } from './figure.ts';
import { crashFigures } from './writing.ts';

const rounds = 100;

export const crashBench: Bench = {
  name: 'crash',
  about: `${rounds} rounds of writing with a process killed in each: nothing lost, twice or broken`,
  run: async ({ say, emit }) => emit(await crashFigures(rounds, say)),
};
