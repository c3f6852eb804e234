import { fileURLToPath } from 'node:url';
import { toolArguments } from '../house/toolArguments.ts';
import { askAdvisories } from './askAdvisories.ts';

/** `npm run advisories`: published faults in what is installed. Exit: 0 none, 1 some, 2 npm could not be asked, which is not the same as none. */
toolArguments('Usage: npm run -s advisories\n  asks npm for published faults in what is installed', {});
const advisories = await askAdvisories(fileURLToPath(new URL('../../..', import.meta.url)));
if (!advisories) {
  console.error(
    'npm could not be asked for published faults: it cannot be told whether there are any. Try again with a registry that answers npm audit.',
  );
  process.exitCode = 2;
} else {
  for (const { name, severity, range } of advisories.found) console.log(`${severity}: ${name} ${range}`);
  console.error(advisories.total === 0 ? 'No published faults in what is installed.' : 'See npm audit for what to do.');
  process.exitCode = advisories.total === 0 ? 0 : 1;
}
