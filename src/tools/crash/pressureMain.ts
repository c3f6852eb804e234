import { applyPressure } from './pressure.ts';

/** `tsx src/tools/crash/pressureMain.ts [SECONDS]`: ten times what the writer can take, for a minute. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const result = await applyPressure(Number(process.argv[2] ?? 60));
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = result.lost + result.broken.length + result.withoutRetryAfter === 0 ? 0 : 1;
