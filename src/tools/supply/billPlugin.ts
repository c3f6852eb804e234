import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { billOfMaterials, type Lock } from './billOfMaterials.ts';

/** What the page is made of beside what the package needs. */
const bundled = [
  '@base-ui/react',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-virtual',
  'react',
  'react-dom',
  'wagmi',
];

/** Puts the software bill of materials beside the page: `sbom.cdx.json` (CycloneDX 1.6), from the lock file that the build was made with. */
export function billPlugin(project: string): Plugin {
  return {
    name: 'bill-of-materials',
    apply: 'build',
    async generateBundle() {
      const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as Lock;
      const { license } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as { license: string };
      const source = `${JSON.stringify(billOfMaterials(lock, license, bundled), null, 1)}\n`;
      this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source });
    },
  };
}
