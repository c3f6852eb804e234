import { checkCommand } from './checkCommand.ts';
import { run } from './run.ts';

await run(checkCommand);
