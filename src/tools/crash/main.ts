import { toolArguments } from '../house/toolArguments.ts';
import { crashRounds } from './crashRounds.ts';
import { startLedger } from '../../services/ledger/startLedger.ts';
import { taskBoundaries, type TaskBoundary } from '../../services/processor/boundaries.fixture.ts';
import { killRounds } from '../../services/processor/killRounds.fixture.ts';

/** `npm run crash [-- ROUNDS]`: exit 1 where a write was lost, written twice, or a chain does not hold. With `tasks` first: the processor of tasks. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const usage = `Usage: npm run -s crash [-- [tasks] [ROUNDS]]
  writes, and kills a process in each round, 100 where nothing is said; then looks whether something was lost, written twice, or broken
  tasks  kills the processor of tasks instead, at each of its steps`;
const { positionals } = toolArguments(usage, {}, 2);
const [first, second] = positionals;
const rounds = first === 'tasks' ? second : first;
if ((rounds !== undefined && !/^[1-9]\d{0,5}$/.test(rounds)) || (first !== 'tasks' && second !== undefined)) {
  console.error(`ROUNDS is a number from 1 on.\n${usage}`);
  process.exit(2);
}
const say = (words: string) => void process.stderr.write(`${words}\n`);

if (first === 'tasks') {
  const names = Object.keys(taskBoundaries) as TaskBoundary[];
  const count = Number(second ?? names.length);
  const ledger = await startLedger();
  const boundaries = Array.from({ length: count }, (_, round) => names[round % names.length] as TaskBoundary);
  const result = await killRounds(ledger, boundaries, say).finally(() => ledger.stop());
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.broken.length + result.leaked.length === 0 ? 0 : 1;
} else {
  const result = await crashRounds(Number(first ?? 100), say);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.lost.length + result.twice.length + result.broken.length === 0 ? 0 : 1;
}
