import { run } from './run.ts';
import { traceCommand } from './traceCommand.ts';

await run(traceCommand);
