import { reportCommand } from './reportCommand.ts';
import { run } from './run.ts';

await run(reportCommand);
