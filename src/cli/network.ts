import { networkCommand } from './networkCommand.ts';
import { run } from './run.ts';

await run(networkCommand);
