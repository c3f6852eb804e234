import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the built page. @throws Error where it was not built */
export function builtPage(): string {
  const dist = process.env.AFFIDAVIT_DIST ?? fileURLToPath(new URL('../dist', import.meta.url));
  if (!existsSync(`${dist}/index.html`)) throw new Error(`There is no built page in ${dist}: run npm run build first.`);
  return dist;
}
