import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { System } from '../../core/certificate/envelope.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { buildTemplate } from './buildTemplate.ts';

const top = new URL('../../../', import.meta.url);

/**
 * The template of a system, without evidence: built from the sources here, or, where there are none, the one that came with the program.
 * @throws AuditorError `source` where there is neither
 */
export async function templateFor(system: System): Promise<string> {
  if (existsSync(fileURLToPath(new URL(`src/embed/html/systems/${system}.ts`, top)))) {
    const text = await readFile(new URL('package.json', top), 'utf8');
    const { version } = JSON.parse(text) as { readonly version: string };
    return (await buildTemplate(system, version)).html;
  }
  try {
    return await readFile(new URL(`dist/templates/${system}.html`, top), 'utf8');
  } catch (cause) {
    const words = `The page for certificates of the system “${system}” is not there: run npm run build, or use a whole copy of Affidavit.`;
    throw new AuditorError('source', 'PAGE_TEMPLATE', words, { cause });
  }
}
