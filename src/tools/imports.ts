import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect } from './house/inspect.ts';

/** `npm run lint`, its second half: holds the whole tree against the rules of DESIGN §4, names every breach, exits 1 where there is one. */
const top = fileURLToPath(new URL('../../', import.meta.url));
const skipped = /^(node_modules|dist|lib|public|screens|test-results|playwright-report|\..*)$/;

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(`${top}${folder}`, { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) {
      if (!skipped.test(entry.name)) yield* walk(`${path}/`);
    } else if (/\.(tsx?|css)$/.test(entry.name) || entry.name === 'README.md') {
      yield path;
    }
  }
}

const files = new Map([...walk('')].map((path) => [path, readFileSync(`${top}${path}`, 'utf8')]));
const breaches = inspect(files);
for (const { path, line, rule, message } of breaches) console.error(`${path}:${line} [${rule}] ${message}`);
if (breaches.length > 0) {
  console.error(`${breaches.length} breaches of the rules of the house in ${files.size} files.`);
  process.exitCode = 1;
} else {
  console.error(`The rules of the house hold in ${files.size} files.`);
}
