import { certifyCommand } from './certifyCommand.ts';
import { run } from './run.ts';

await run(certifyCommand);
