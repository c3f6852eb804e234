import { join } from 'node:path';
import { embedStylePlugin } from './embedStylePlugin.ts';

/** `embed.js` from its source. `part` is the address of the heavy part, relative to it. */
export async function buildEmbed(project: string, version: string, part: string): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    root: project,
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { __AFFIDAVIT_VERSION__: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
    plugins: [
      embedStylePlugin(project),
      {
        name: 'embed-part',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('/lazy/part.ts') ? { id: part, external: true } : null),
      },
    ],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: join(project, 'src/embed/main.ts'),
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0 || chunk.imports.length > 0) {
    throw new Error('embed.js was not built into one program.');
  }
  if (!chunk.code.includes(part)) throw new Error(`embed.js does not load ${part}.`);
  return chunk.code;
}
