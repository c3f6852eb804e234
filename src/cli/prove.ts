import { proveCommand } from './proveCommand.ts';
import { run } from './run.ts';

await run(proveCommand);
