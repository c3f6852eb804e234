import { AuditorError } from '../../core/verdict/auditorError.ts';
import { taskCommand } from './taskCommand.ts';

try {
  await taskCommand(process.argv.slice(2), {
    env: process.env,
    folder: process.env['INIT_CWD'] ?? process.cwd(),
    say: (line) => process.stderr.write(`${line}\n`),
  });
} catch (error) {
  process.stderr.write(`${error instanceof AuditorError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}
