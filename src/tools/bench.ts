import { parseArgs } from 'node:util';
import type { Figure } from './bench/figure.ts';
import { benches } from './bench/registry.ts';
import { spin, spinFigures } from './bench/spin.ts';

/**
 * `npm run bench [-- NAME…] [--json]`: measures, in this process and one after the other. Ratios are of two things measured in the same run;
 * absolute figures say as much about the machine. Nothing is asserted: a target that is not met is printed as such, and the exit is 0.
 */
const usage = `Usage: npm run -s bench -- [--json] [--blocks N] [NAME…]\n${benches.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n')}`;

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean' }, blocks: { type: 'string' } },
    });
  } catch (error) {
    return error as Error;
  }
}

function line({ name, value, unit, target, met }: Figure): string {
  const outcome = met === null ? 'unknown' : met ? 'met' : 'NOT met';
  const aim = target === null ? '' : `   target ${target}: ${outcome}`;
  return `${name.padEnd(34)}${(value === null ? 'unreliable' : String(value)).padStart(12)} ${unit}${aim}`;
}

async function main(): Promise<number> {
  const parsed = parse();
  if (parsed instanceof Error) {
    console.error(`${parsed.message}\n${usage}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.error(usage);
    return 0;
  }
  const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    console.error(`There is no bench called ${unknown}.\n${usage}`);
    return 2;
  }
  const blocks = values.blocks === undefined ? undefined : Number(values.blocks);
  if (blocks !== undefined && !(Number.isSafeInteger(blocks) && blocks >= 100 && blocks <= 100_000)) {
    console.error(`--blocks takes a whole number from 100 to 100000.\n${usage}`);
    return 2;
  }
  const emit = (figures: readonly Figure[]) => {
    for (const each of figures) console.log(values.json ? JSON.stringify(each) : line(each));
  };
  const say = (words: string) => console.error(`  ${words}`);
  const chosen = positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name));
  for (const bench of chosen) {
    console.error(`${bench.name}: ${bench.about}`);
    const before = spin();
    await bench.run({ say, emit, ...(blocks === undefined ? {} : { blocks }) });
    emit(spinFigures(bench.name, before, spin()));
  }
  return 0;
}

process.exitCode = await main();
