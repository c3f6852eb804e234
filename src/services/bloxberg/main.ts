import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { certifyFiles } from './certifyFiles.ts';
import { bloxbergSettings } from './settings.ts';

/** `tsx src/services/bloxberg/main.ts --account 0x… [--url URL] [--out FOLDER] [--pdf] FILE…`; the key is in BLOXBERG_API_KEY, never on a command line that others can see. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    account: { type: 'string' },
    url: { type: 'string' },
    out: { type: 'string' },
    pdf: { type: 'boolean', default: false },
  },
});
const base = process.env['INIT_CWD'] ?? process.cwd();
try {
  const settings = bloxbergSettings(values.url === undefined ? {} : { url: values.url }, process.env);
  const certified = await certifyFiles(settings, {
    files: positionals.map((file) => resolve(base, file)),
    account: values.account ?? '',
    folder: resolve(base, values.out ?? '.'),
    pdf: values.pdf,
    now: () => Date.now(),
  });
  for (const line of certified) process.stdout.write(`${JSON.stringify(line)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof AuditorError && error.kind === 'source' ? 1 : 2;
}
