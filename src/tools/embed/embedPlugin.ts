import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Logger, Plugin } from 'vite';
import { buildEmbed, buildJudge, pinsPlugin } from './buildEmbed.ts';
import { readPins } from './readPins.ts';

/** Where the pages that go with the element lie in the source; they are served from the top. */
export const embedPages: Readonly<Record<string, string>> = {
  'embed.html': 'src/embed/frame/embed.html',
  'embed-demo.html': 'src/embed/demo/embed-demo.html',
};

/**
 * Builds `embed.js`, the element for other people's pages: one program with no imports of its own, so that one digest covers it. It loads its heavy part from among the
 * page's files when a check is asked for, and holds the digests of all that it may load.
 */
export function embedPlugin(project: string, version: string, slim: Plugin): Plugin[] {
  let logger: Logger | undefined;
  const embed: Plugin = {
    name: 'embed',
    enforce: 'post',
    configResolved: (config) => {
      logger = config.logger;
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const name = request.url?.split(/[?#]/)[0]?.slice(1) ?? '';
        if (name === 'embed.js') request.url = '/src/embed/main.ts';
        else if (Object.hasOwn(embedPages, name)) request.url = `/${embedPages[name]}`;
        next();
      });
    },
    async generateBundle(_options, bundle) {
      for (const [name, source] of Object.entries(embedPages)) {
        const asset = bundle[source];
        if (asset?.type !== 'asset') continue;
        delete bundle[source];
        this.emitFile({ type: 'asset', fileName: name, source: String(asset.source).replaceAll('"../../../', '"./') });
      }
    },
    // Only what was written is what a browser gets: other plugins still change programs before.
    async writeBundle({ dir }, bundle) {
      const part = Object.values(bundle).find(
        (each) => each.type === 'chunk' && each.facadeModuleId?.endsWith('/src/embed/lazy/part.ts') === true,
      );
      if (part?.type !== 'chunk' || dir === undefined) return;
      const judge = await buildJudge(project, version, slim);
      const name = `assets/embed-judge-${createHash('sha256').update(judge).digest('base64url').slice(0, 8)}.js`;
      writeFileSync(join(dir, name), judge);
      const pins = readPins(dir, bundle, part, name);
      const source = await buildEmbed(project, version, `./${part.fileName}`, pins);
      writeFileSync(join(dir, 'embed.js'), source);
      const integrity = createHash('sha384').update(source).digest('base64');
      logger?.info(`embed.js: ${gzipSync(source).length} bytes gzip, integrity sha384-${integrity}`);
    },
  }; // The frame is a page of the site, whose programs nothing outside it can compare.
  return [pinsPlugin(undefined), embed];
}
