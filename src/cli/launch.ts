import { hostCommand } from './hostCommand.ts';
import { run } from './run.ts';

await run(hostCommand);
