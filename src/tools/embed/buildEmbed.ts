import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Pins } from '../../audit/pool/pins.ts';
import { embedStylePlugin } from './embedStylePlugin.ts';

/** `embed.js` from its source. `part` is the address of the heavy part, relative to it; `pins` is what it may load. */
export async function buildEmbed(project: string, version: string, part: string, pins: Pins): Promise<string> {
  const code = await buildOne(project, version, 'src/embed/main.ts', 'es', [
    embedStylePlugin(project),
    pinsPlugin(pins),
    {
      name: 'embed-part',
      enforce: 'pre',
      resolveId: (id) => (id.endsWith('/lazy/part.ts') ? { id: part, external: true } : null),
    },
  ]);
  if (!code.includes(part)) throw new Error(`embed.js does not load ${part}.`);
  return code;
}

/** The worker that judges evidence of every kind, as one program that imports nothing: only so can it be compared whole before it runs. `slim` leaves out what no check calls. */
export function buildJudge(project: string, version: string, slim: Plugin): Promise<string> {
  return buildOne(project, version, 'workers/judge.ts', 'iife', [slim]);
}

/** Gives a program its digests. */
export function pinsPlugin(pins: Pins | undefined): Plugin {
  const pinsModule = 'virtual:embed-pins';
  return {
    name: 'embed-pins',
    resolveId: (id) => (id === pinsModule ? `\0${id}` : null),
    load: (id) => (id === `\0${pinsModule}` ? `export const pins = ${JSON.stringify(pins)};` : null),
  };
}

async function buildOne(
  project: string,
  version: string,
  entry: string,
  format: 'es' | 'iife',
  plugins: readonly Plugin[],
): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    root: project,
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    define: {
      __AFFIDAVIT_VERSION__: JSON.stringify(version),
      'process.env.NODE_ENV': '"production"',
      ...(format === 'iife' && { 'import.meta': '({})' }),
    },
    plugins: [...plugins],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: join(project, entry), output: { format, codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0 || chunk.imports.length > 0) {
    throw new Error(`${entry} was not built into one program.`);
  }
  return chunk.code;
}
