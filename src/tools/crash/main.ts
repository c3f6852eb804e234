import { crashRounds } from './crashRounds.ts';

/** `tsx src/tools/crash/main.ts [ROUNDS]`: exit 1 where a write was lost, written twice, or a chain does not hold. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const rounds = Number(process.argv[2] ?? 100);
const result = await crashRounds(rounds, (words) => process.stderr.write(`${words}\n`));
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = result.lost.length + result.twice.length + result.broken.length === 0 ? 0 : 1;
