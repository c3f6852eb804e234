import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { embedStyle } from './embedStyle.ts';

const styleModule = 'virtual:embed-style';

/** Gives the element its style as text. */
export function embedStylePlugin(project: string): Plugin {
  return {
    name: 'embed-style',
    resolveId: (id) => (id === styleModule ? `\0${id}` : null),
    load: async (id) => {
      if (id !== `\0${styleModule}`) return null;
      const files = ['src/ui/tokens.css', 'src/ui/base.css', 'src/embed/html/page.css', 'src/embed/element.css'];
      const [tokens = '', base = '', page = '', own = ''] = await Promise.all(
        files.map((file) => readFile(join(project, file), 'utf8')),
      );
      return `export const style = ${JSON.stringify(embedStyle({ tokens, base, page, own }))};`;
    },
  };
}
