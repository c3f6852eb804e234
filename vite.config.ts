import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildTemplate, templateSystems, type Template } from './src/cli/html/buildTemplate.ts';
import { slimPlugin } from './src/cli/html/slimPlugin.ts';
import { recordBuild } from './src/tools/site/buildRecord.ts';
import { embedPages, embedPlugin } from './src/tools/embed/embedPlugin.ts';
import { embedStylePlugin } from './src/tools/embed/embedStylePlugin.ts';
import { retriedReporter } from './src/tools/retriedReporter.ts';
import { seededProperties } from './src/tools/seededProperties.ts';
import { billPlugin } from './src/tools/supply/billPlugin.ts';
import { testsWithStubs } from './src/tools/testsWithStubs.ts';
import { assembleTracer, tracerFile } from './src/tools/tracer/assembleTracer.ts';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };

/** Entries that live in `src/ui` and are served from the top: `check.html` (DESIGN §4). */
const innerPages = ['check.html'];

/** Puts `src/ui/check.html` at the top of what is served, in development and in the build, with its relative paths mended. */
function pagesAtTop(): Plugin {
  return {
    name: 'pages-at-top',
    enforce: 'post',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = innerPages.find((name) => request.url?.split(/[?#]/)[0] === `/${name}`);
        if (page) request.url = `/src/ui/${page}`;
        next();
      });
    },
    generateBundle(_options, bundle) {
      for (const page of innerPages) {
        const asset = bundle[`src/ui/${page}`];
        if (asset?.type !== 'asset') continue;
        delete bundle[`src/ui/${page}`];
        const source = String(asset.source).replaceAll('"../../', '"./');
        this.emitFile({ type: 'asset', fileName: page, source });
      }
    },
  };
}

/** The pages' own policy forbids the development server's socket and inline styles, so it is left out there and only there. */
function policyInBuildOnly(): Plugin {
  return {
    name: 'policy-in-build-only',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/s, ''),
  };
}

/** Builds the tracer of execution traces from its source instead of taking what was built before. */
function tracerFromSource(): Plugin {
  return {
    name: 'tracer-from-source',
    apply: 'build',
    load: async (id) => (id.endsWith('/trace/tracer/tracerModule.ts') ? tracerFile(await assembleTracer()) : null),
  };
}

const pageModule = 'virtual:certificate-page/';

/**
 * Builds the pages that check themselves, one for each system: into `templates/`, and as modules for the page itself, whose policy lets it load programs and
 * nothing else.
 */
function certificatePages(built: Map<string, Promise<Template>>): Plugin {
  const templateOf = (name: string): Promise<Template> => {
    const system = templateSystems.find((each) => each === name);
    if (!system) throw new Error(`There is no page for “${name}”.`);
    const template = built.get(system) ?? buildTemplate(system, version);
    built.set(system, template);
    return template;
  };
  return {
    name: 'certificate-pages',
    buildStart: () => built.clear(),
    resolveId: (id) => (id.startsWith(pageModule) ? `\0${id}` : null),
    load: async (id) => {
      if (!id.startsWith(`\0${pageModule}`)) return null;
      const { html } = await templateOf(id.slice(pageModule.length + 1));
      return `export const html = ${JSON.stringify(html)};`;
    },
    async generateBundle() {
      for (const system of templateSystems) {
        const { html } = await templateOf(system);
        this.emitFile({ type: 'asset', fileName: `templates/${system}.html`, source: html });
      }
    },
  };
}

/** Writes `build.json`: what was built and its one digest, which the page shows and the worker that keeps it for use without a network goes by. */
function buildDigest(built: ReadonlyMap<string, Promise<Template>>): Plugin {
  let folder = '';
  return {
    name: 'build-digest',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const templates = await Promise.all(templateSystems.flatMap((system) => built.get(system) ?? []));
      recordBuild(folder, version, Object.fromEntries(templates.map(({ system, program }) => [system, program])));
    },
  };
}

const pages = new Map<string, Promise<Template>>();
const stubbing = testsWithStubs(root);

export default defineConfig({
  base: './',
  plugins: [
    react(),
    tracerFromSource(),
    pagesAtTop(),
    policyInBuildOnly(),
    billPlugin(root),
    embedStylePlugin(root),
    embedPlugin(root, version, slimPlugin(`${root}/`)),
    certificatePages(pages),
    buildDigest(pages),
    seededProperties(),
  ],
  define: { __AFFIDAVIT_VERSION__: JSON.stringify(version) },
  worker: { format: 'es', plugins: () => [tracerFromSource()] },
  build: {
    // The policy of check.html allows no fetch, which the preload polyfill would need; every browser with module workers preloads natively.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        index: resolve(root, 'index.html'),
        check: resolve(root, 'src/ui/check.html'),
        ...Object.fromEntries(
          Object.entries(embedPages).map(([name, source]) => [name.slice(0, -5), resolve(root, source)]),
        ),
        offline: resolve(root, 'src/ui/offline/offline.ts'),
      },
      output: { entryFileNames: (chunk) => (chunk.name === 'offline' ? 'offline.js' : 'assets/[name]-[hash].js') },
    },
  },
  test: {
    environment: 'node',
    // Bounds for what hangs: nothing may fail because the machine is busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', retriedReporter()],
    // One a core: by default one core is left free, which on the two of a small machine doubles the time.
    maxWorkers: '100%',
    // Most of the time of small tests is that of loading what they test: those that touch nothing outside it share processes.
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          // These wait for processes that they start, so two more than there are cores keep the cores busy.
          maxWorkers: availableParallelism() + 2,
          include: ['src/{cli,embed,services,tools}/**/*.test.ts', ...stubbing],
          // Processes meet each other as it happens. What held only when it was done again is named at the end: a net, not a cure.
          retry: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['src/{cli,embed,services,tools}/**', ...stubbing],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
