import { auditCommand } from './auditCommand.ts';
import { run } from './run.ts';

await run(auditCommand);
