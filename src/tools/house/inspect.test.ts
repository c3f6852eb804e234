import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';
import { outlineOf } from './references.ts';
import { mayImport, zoneOf, type Zone } from './zones.ts';

/** The rules that these files break, as `path:line rule`. READMEs of the core are there unless a test leaves them out. */
function breaches(files: Record<string, string>, readmes: readonly string[] = ['area']): string[] {
  const all = new Map(Object.entries(files));
  for (const area of readmes) all.set(`src/core/${area}/README.md`, '# Area');
  return inspect(all).map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

const one = (path: string, source: string) => breaches({ [path]: source });

describe('the direction of imports', () => {
  const homes: Partial<Record<Zone, string>> = {
    core: 'src/core/area/a.ts',
    contracts: 'src/contracts/a.ts',
    circuits: 'src/circuits/a.ts',
    audit: 'src/audit/a.ts',
    services: 'src/services/a.ts',
    ui: 'src/ui/a.ts',
    embed: 'src/embed/a.ts',
    cli: 'src/cli/a.ts',
    tools: 'src/tools/a.ts',
    workers: 'workers/a.ts',
    e2e: 'e2e/a.ts',
  };
  const zones = Object.keys(homes) as Zone[];
  const up = (path: string) => '../'.repeat(path.split('/').length - 1);

  it('is refused between any two zones that the table does not join, and allowed between those that it joins', () => {
    for (const from of zones) {
      for (const to of zones) {
        const specifier = `${up(homes[from]!)}${homes[to]!.replace('a.ts', 'b.ts')}`;
        const allowed = from === to || mayImport[from].includes(to);
        const rule = to === 'workers' ? 'workers' : 'direction';
        const expected = allowed ? [] : [`${homes[from]}:1 ${rule}`];
        expect(one(homes[from]!, `import { b } from '${specifier}';`), `${from} → ${to}`).toEqual(expected);
      }
    }
  });

  it('is the one of DESIGN §4', () => {
    expect(mayImport.core).toEqual(['contracts']);
    expect(mayImport.workers).toEqual(['core']);
    expect(mayImport.contracts).toEqual([]);
    for (const zone of ['ui', 'embed'] as const) expect(mayImport[zone]).toEqual(['audit', 'core', 'contracts']);
    expect(zones.filter((zone) => mayImport[zone].includes('services'))).toEqual(['cli', 'tools', 'e2e']);
    expect(zones.filter((zone) => mayImport[zone].includes('ui'))).toEqual([]);
  });

  it('counts in every form in which one file can name another', () => {
    for (const source of [
      `import '../../audit/b.ts';`,
      `import type { B } from '../../audit/b.ts';`,
      `export { b } from '../../audit/b.ts'; export const c = 1;`,
      `const b = await import('../../audit/b.ts');`,
      'const b = await import(`../../audit/b.ts`);',
      `type B = import('../../audit/b.ts').B;`,
      `const b = new URL('../../audit/b.ts', import.meta.url);`,
      `const b = import.meta.glob('../../audit/*.ts');`,
      `const b = import.meta.glob(['./*.ts', '../../audit/*.ts']);`,
    ]) {
      expect(one('src/core/area/a.ts', source), source).toEqual(['src/core/area/a.ts:1 direction']);
    }
  });

  it('does not count in comments and texts', () => {
    expect(
      one('src/core/area/a.ts', `// import '../../audit/b.ts';\nexport const a = "import '../../ui/b.ts'";`),
    ).toEqual([]);
  });

  it('names the line', () => {
    const source = `import { a } from './a.ts';\n\nexport const b = a;\nimport '../../ui/c.ts';\n`;
    expect(one('src/core/area/b.ts', source)).toEqual(['src/core/area/b.ts:4 direction']);
  });

  it('does not lead out of the project, around relative paths, or to configuration', () => {
    expect(one('src/cli/a.ts', `import '../../../other/b.ts';`)).toEqual(['src/cli/a.ts:1 outside']);
    expect(one('src/cli/a.ts', `import '/src/core/area/b.ts';`)).toEqual(['src/cli/a.ts:1 outside']);
    expect(one('src/ui/a.ts', `import '../../vite.config.ts';`)).toEqual(['src/ui/a.ts:1 direction']);
    expect(one('src/ui/a.ts', `import info from '../../package.json';`)).toEqual([]);
    expect(one('e2e/a.ts', `const dist = new URL('../dist', import.meta.url);`)).toEqual([]);
  });

  it('is written with endings', () => {
    expect(one('src/ui/a.ts', `import './b';`)).toEqual(['src/ui/a.ts:1 extension']);
    expect(one('src/ui/a.tsx', `import './b.module.css'; import './c.tsx'; import './d.svg?raw';`)).toEqual([]);
  });
});

describe('workers', () => {
  it('are spawned by src/audit alone, by address', () => {
    expect(one('src/audit/a.ts', `const url = new URL('../../workers/b.ts', import.meta.url);`)).toEqual([]);
    expect(one('src/audit/a.ts', `import url from '../../workers/b.ts?worker&url';`)).toEqual([]);
    expect(one('src/audit/a.ts', `import { serve } from '../../workers/b.ts';`)).toEqual(['src/audit/a.ts:1 workers']);
    expect(one('src/ui/a.ts', `const url = new URL('../../workers/b.ts', import.meta.url);`)).toEqual([
      'src/ui/a.ts:1 workers',
    ]);
    expect(one('src/ui/a.ts', `const worker = new Worker(address);`)).toEqual(['src/ui/a.ts:1 workers']);
    expect(one('src/audit/a.ts', `const worker = new Worker(address);`)).toEqual([]);
  });
});

describe('packages', () => {
  it('of Node stay out of what runs in the browser', () => {
    for (const path of ['src/core/area/a.ts', 'workers/a.ts', 'src/ui/a.ts', 'src/embed/a.ts']) {
      for (const name of ['node:fs', 'fs/promises', 'crypto']) {
        expect(one(path, `import { a } from '${name}';`), path).toEqual([`${path}:1 node`]);
      }
    }
    expect(one('src/services/a.ts', `import { a } from 'node:fs';`)).toEqual([]);
    expect(one('src/core/area/a.test.ts', `import { a } from 'node:fs';`)).toEqual([]);
  });

  it('of the page stay in the page', () => {
    for (const name of ['react', 'react-dom/client', '@tanstack/react-query', '@base-ui/react/dialog']) {
      for (const path of ['src/core/area/a.ts', 'src/embed/a.ts', 'src/audit/a.ts', 'workers/a.ts']) {
        expect(one(path, `import { a } from '${name}';`)).toEqual([`${path}:1 page`]);
      }
      expect(one('src/ui/a.tsx', `import { a } from '${name}';`)).toEqual([]);
    }
  });

  it('for certificates are imported by one file', () => {
    const source = `import 'reflect-metadata';\nimport * as x509 from '@peculiar/x509';\nexport { x509 };`;
    expect(breaches({ 'src/core/x509/x509.ts': source }, ['x509'])).toEqual([]);
    expect(one('src/services/a.ts', source)).toEqual(['src/services/a.ts:1 wrapped', 'src/services/a.ts:2 wrapped']);
    expect(one('src/core/area/a.test.ts', source)).toHaveLength(2);
  });
});

describe('the core', () => {
  it('loads nothing whose name is computed', () => {
    expect(one('src/core/area/a.ts', `const b = await import(name);`)).toEqual(['src/core/area/a.ts:1 computed']);
  });

  it('has no clock', () => {
    expect(one('src/core/area/a.ts', `const b = new Date();\nconst c = Date();`)).toEqual([
      'src/core/area/a.ts:1 clock',
      'src/core/area/a.ts:2 clock',
    ]);
    expect(one('src/core/area/a.ts', `const b = new Date(0);`)).toEqual([]);
    expect(one('src/core/area/a.test.ts', `const b = new Date();`)).toEqual([]);
    expect(one('src/audit/a.ts', `const b = new Date();`)).toEqual([]);
  });

  it('says in every folder what it is', () => {
    const files = {
      'src/core/area/a.ts': '',
      'src/core/tee/nitro/a.ts': '',
      'src/core/chain/deep/a.ts': '',
      'src/core/chain/a.ts': '',
    };
    expect(breaches(files, [])).toEqual([
      'src/core/area:1 readme',
      'src/core/chain:1 readme',
      'src/core/tee/nitro:1 readme',
    ]);
    expect(breaches(files, ['area', 'chain', 'tee/nitro'])).toEqual([]);
  });
});

describe('files', () => {
  it('export by name', () => {
    expect(one('src/ui/a.ts', `const a = 1;\nexport default a;`)).toEqual(['src/ui/a.ts:2 default']);
    expect(one('vite.config.ts', `export default {};`)).toEqual([]);
    expect(one('e2e/playwright.config.ts', `export default {};`)).toEqual([]);
  });

  it('are no barrels', () => {
    expect(one('src/ui/a.ts', `export { b } from './b.ts';`)).toEqual(['src/ui/a.ts:1 barrel']);
    expect(one('src/ui/a.ts', `export type { B } from './b.ts';\nexport { c } from './c.ts';`)).toEqual([
      'src/ui/a.ts:1 barrel',
    ]);
    expect(one('src/ui/a.ts', `export const a = 1;\nexport * from './b.ts';`)).toEqual(['src/ui/a.ts:2 barrel']);
    expect(one('src/ui/a.ts', `export { b } from './b.ts';\nexport const c = 1;`)).toEqual([]);
  });

  it('have at most 400 lines, tables excepted', () => {
    expect(one('src/ui/a.ts', '\n'.repeat(400))).toEqual([]);
    expect(one('src/ui/a.ts', '\n'.repeat(401))).toEqual(['src/ui/a.ts:401 length']);
    expect(one('src/ui/a.test.ts', '\n'.repeat(401))).toEqual(['src/ui/a.test.ts:401 length']);
    for (const path of ['src/ui/messages.en.ts', 'src/contracts/abi.generated.ts'])
      expect(one(path, '\n'.repeat(900))).toEqual([]);
  });

  it('lie in a folder that the house has', () => {
    expect(one('src/utils/a.ts', '')).toEqual(['src/utils/a.ts:1 folder']);
    expect(one('lib/a.ts', '')).toEqual(['lib/a.ts:1 folder']);
    expect(zoneOf('vite.config.ts')).toBe('top');
  });

  it('that are no TypeScript are named, not passed over', () => {
    expect(() => outlineOf('src/ui/a.ts', 'const = ;')).toThrow(/^src\/ui\/a\.ts cannot be parsed/);
  });
});

describe('colours', () => {
  const sheet = (path: string, source: string) => breaches({ [path]: source });

  it('are named by the tokens alone', () => {
    const sheets = '.a {\n  color: #1f3a5f;\n  background: light-dark(rgb(27 31 39 / 45%), var(--paper));\n}\n';
    expect(sheet('src/ui/parts/A.module.css', sheets)).toEqual([
      'src/ui/parts/A.module.css:2 colour',
      'src/ui/parts/A.module.css:3 colour',
    ]);
    expect(sheet('src/embed/a.css', '.a { fill: hsl(0 0% 0%); }')).toEqual(['src/embed/a.css:1 colour']);
    expect(sheet('src/ui/tokens.css', sheets)).toEqual([]);
  });

  it('are not what a comment, a selector or a token says', () => {
    const harmless = '/* like\n   #fff: rgb(0 0 0) */\n#fade .a {\n  color: var(--ink);\n  fill: currentcolor;\n}\n';
    expect(sheet('src/ui/parts/A.module.css', harmless)).toEqual([]);
  });
});

describe('sizes', () => {
  const sheet = (path: string, source: string) => breaches({ [path]: source });

  it('of letters, distances and corners are named by the tokens alone', () => {
    const sheets = [
      '.a {',
      '  font: 600 14px / 1.2 var(--serif);',
      '  margin: 0',
      '    -0.7rem;',
      '  padding-inline-start: calc(var(--two) + 9px);',
      '  gap: 0 .1rem;',
      '  --mine: 0.3rem;',
      '  border-radius: 2px }',
    ].join('\n');
    const found = [2, 4, 5, 6, 7, 8].map((line) => `src/ui/parts/A.module.css:${line} size`);
    expect(sheet('src/ui/parts/A.module.css', sheets)).toEqual(found);
    expect(sheet('src/embed/a.css', '.a { font-size: 12px; }')).toEqual(['src/embed/a.css:1 size']);
    expect(sheet('src/ui/tokens.css', sheets)).toEqual([]);
  });

  it('are free where nothing is to be seen of a scale: none, hairlines, columns, paper, letters by their neighbours', () => {
    const harmless = [
      '/* font-size: 12px; */',
      '.a { margin: 0 -1px 0px; padding: 2mm; font-size: 9pt; width: 11rem; border: 2px solid; inset: 9px }',
      '.b:not(.c) { --lanes: 6.75rem; padding-inline-start: var(--lanes); gap: 0.2em; grid-template-columns: 9rem 1fr }',
      '@media (width < 48rem) { .c { font-size: var(--text-2xl); } }',
    ].join('\n');
    expect(sheet('src/ui/parts/A.module.css', harmless)).toEqual([]);
  });
});
