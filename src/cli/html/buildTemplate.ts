import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { pageVersion } from '../../core/certificate/html/page.ts';
import { systems, type System } from '../../core/certificate/envelope.ts';
import { slimPlugin } from './slimPlugin.ts';

/** The page that checks itself, without a certificate in it. */
export interface Template {
  readonly system: System;
  readonly html: string;
  /** H of the program's text, as the page shows it and anybody can compute it. */
  readonly program: string;
}

const top = fileURLToPath(new URL('../../../', import.meta.url));

/** The systems that there is a template for. */
export const templateSystems: readonly System[] = systems;

/**
 * Builds the template of one system from its source: one program, its style, and a policy that admits these two by their digests and nothing else. The same source gives
 * the same bytes, in the page's build and here, and it takes about a second, so nothing is kept that could grow stale.
 */
export async function buildTemplate(system: System, version: string): Promise<Template> {
  const program = await bundle(system, version);
  const style = await readStyle();
  const html = assemble(system, program, style);
  return { system, html, program: sha3Hex(utf8(program)) };
}

async function bundle(system: System, version: string): Promise<string> {
  const entry = `${top}src/embed/html/systems/${system}.ts`;
  const { build } = await import('vite');
  const result = await build({
    root: top,
    configFile: false,
    envFile: false,
    logLevel: 'error',
    define: {
      __AFFIDAVIT_VERSION__: JSON.stringify(version),
      'process.env.NODE_ENV': '"production"',
      'import.meta': '({})',
    },
    plugins: [slimPlugin(top, system === 'chain')],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      // Everything in one file: what is loaded when it is needed elsewhere is there from the beginning here.
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${entry} was not built into one program.`);
  return inElement(chunk.code);
}

/** The program as it can stand in its element: nothing in it ends the element, or begins what its parser would take for a comment. */
function inElement(code: string): string {
  const program = `\n${code.trim()}\n`.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\x21--');
  if (/<\/script|<!--|[\r\0]/i.test(program)) throw new Error('The program holds what would end its element.');
  return program;
}

async function readStyle(): Promise<string> {
  const files = ['src/ui/tokens.css', 'src/ui/base.css', 'src/embed/html/page.css'];
  const texts = await Promise.all(files.map((file) => readFile(`${top}${file}`, 'utf8')));
  const style = texts
    .join('\n')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
  return `\n${style}\n`;
}

function assemble(system: System, program: string, style: string): string {
  const policy = [
    `default-src 'none'`,
    `script-src '${digestOf(program)}' 'wasm-unsafe-eval'`,
    `style-src '${digestOf(style)}'`,
    'worker-src blob:',
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    'trusted-types affidavit',
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="affidavit" content="${pageVersion} ${system}">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<script type="application/vnd.affidavit.certificate" id="certificate"></script>
<script type="application/vnd.affidavit.trust" id="given-trust"></script>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Certificate · Affidavit</title>
<style>${style}</style>
</head>
<body>
<main></main>
<p role="status" class="visually-hidden"></p>
<noscript>This page holds a certificate of Affidavit and the program that checks it, which needs JavaScript. Without it, give this file to the command: npm run -s check -- --trust TRUST.json FILE.html</noscript>
<script id="program">${program}</script>
</body>
</html>
`;
}

function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
