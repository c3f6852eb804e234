import { crashRounds } from './crashRounds.ts';
import { startLedger } from '../../services/ledger/startLedger.ts';
import { taskBoundaries, type TaskBoundary } from '../../services/processor/boundaries.fixture.ts';
import { killRounds } from '../../services/processor/killRounds.fixture.ts';

/** `tsx src/tools/crash/main.ts [ROUNDS]`: exit 1 where a write was lost, written twice, or a chain does not hold. With `tasks` first: the processor of tasks. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const [first, second] = process.argv.slice(2);
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
