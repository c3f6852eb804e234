import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { colourFaults } from './colours.ts';
import { outlineOf, type Outline, type Reference } from './references.ts';
import { sizeFaults } from './sizes.ts';
import { mayImport, zoneOf, type Zone } from './zones.ts';

/** One breach of the rules of DESIGN §4, where it stands and what to do. */
export interface Breach {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const maximumLines = 400;
/** Tables of words and generated code may be longer. */
const tables = /\.(en|generated|table)\.ts$/;
const tests = /\.(test|fixture)\.tsx?$/;
/** Tools that demand a default export. */
const configurations = /^(vite\.config\.ts|e2e\/playwright\.config\.ts|e2e\/setup\/[^/]+\.ts)$/;
/** What `import … from 'affidavit'` gives: the one file that may only hand on what others export. */
const door = 'src/audit/library/main.ts';
/** Packages that one file alone imports, and which. */
const wrapped: Readonly<Record<string, string>> = {
  '@peculiar/x509': 'src/core/x509/x509.ts',
  'reflect-metadata': 'src/core/x509/x509.ts',
  // Under GPL-3.0, for operators alone: it must not come into a page's bundle.
  snarkjs: 'src/services/prover/loadSnarkjs.ts',
};
/** What belongs to the page alone. */
const pagePackages = /^(react|react-dom|wagmi|@tanstack\/|@base-ui\/)/;

/**
 * Holds every file against the rules of the house. Paths are relative to the top, with forward slashes; what is not TypeScript only counts for
 * whether it is there (`README.md`).
 */
export function inspect(files: ReadonlyMap<string, string>): Breach[] {
  const breaches: Breach[] = [];
  for (const [path, source] of files) {
    for (const [line, colour] of colourFaults(path, source)) {
      const message = `names the colour ${colour}: src/ui/tokens.css alone names colours, take or add a token`;
      breaches.push({ path, line, rule: 'colour', message });
    }
    for (const [line, size] of sizeFaults(path, source)) {
      const message = `names the size ${size}: letters, distances and corners have theirs from src/ui/tokens.css`;
      breaches.push({ path, line, rule: 'size', message });
    }
    if (!/\.tsx?$/.test(path)) continue;
    const zone = zoneOf(path);
    if (zone === undefined) {
      breaches.push({ path, line: 1, rule: 'folder', message: 'lies in a folder that DESIGN §4 does not have' });
      continue;
    }
    breaches.push(...inspectFile(path, source, zone));
  }
  return [...breaches, ...missingReadmes(files)].sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

function inspectFile(path: string, source: string, zone: Zone): Breach[] {
  const breaches: Breach[] = [];
  const breach = (line: number, rule: string, message: string) => void breaches.push({ path, line, rule, message });
  const outline = outlineOf(path, source);
  const test = tests.test(path);

  for (const reference of outline.references) {
    const found = reference.specifier?.startsWith('.')
      ? relativeFault(path, zone, reference, reference.specifier)
      : packageFault(path, zone, reference, test);
    if (found) breach(reference.line, found[0], found[1]);
  }
  for (const [line, rule, message] of faultsInside(outline, zone, test, path)) breach(line, rule, message);
  const lines = source.split('\n').length - 1;
  if (lines > maximumLines && !tables.test(path)) {
    breach(maximumLines + 1, 'length', `has ${lines} lines, at most ${maximumLines} are allowed: split it by idea`);
  }
  return breaches;
}

type Fault = readonly [rule: string, message: string];

/** A file of the house that is named from another one. */
function relativeFault(path: string, zone: Zone, { form }: Reference, specifier: string): Fault | undefined {
  const [bare = '', query = ''] = specifier.split('?', 2);
  const target = posix.join(posix.dirname(path), bare);
  if (target.startsWith('..')) return ['outside', `${specifier} leads out of the project`];
  const to = zoneOf(target);
  // Folders that the house has not hold no code: public/, dist/.
  if (to === undefined) return undefined;
  if (to === 'workers' && zone !== 'workers' && zone !== 'top') {
    if (zone !== 'audit') return ['workers', `${zone} names ${specifier}: src/audit alone spawns workers`];
    const spawned = form === 'new URL' || /(^|&)worker(&|$)/.test(query);
    return spawned ? undefined : ['workers', `${specifier} is imported: a worker is spawned by its address only`];
  }
  if (to === 'top' && /\.tsx?$/.test(target)) return ['direction', `${zone} must not import ${specifier}`];
  if (to !== 'top' && to !== zone && !mayImport[zone].includes(to)) {
    const allowed = mayImport[zone].join(', ') || 'nothing else';
    return ['direction', `${zone} must not import from ${to} (${specifier}); it may import from: ${allowed}`];
  }
  if (form !== 'glob' && form !== 'new URL' && !/\.\w+$/.test(bare)) {
    return ['extension', `${specifier} has no ending: write .ts or .tsx`];
  }
  return undefined;
}

function packageFault(path: string, zone: Zone, { form, specifier }: Reference, test: boolean): Fault | undefined {
  if (specifier === undefined) {
    if (form === 'new URL' || zone !== 'core' || test) return undefined;
    return ['computed', 'core loads a module whose name is computed: nobody can tell which'];
  }
  if (form === 'new URL' || form === 'glob') return undefined;
  if (/^[/#~]/.test(specifier)) return ['outside', `${specifier} is no relative path: write ./ or ../`];
  const only = wrapped[specifier];
  if (only !== undefined && path !== only)
    return ['wrapped', `${specifier} is imported from ${only} alone: import that file`];
  if (test) return undefined;
  const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
  const builtin = specifier.startsWith('node:') || builtinModules.includes(name);
  if (builtin && (zone === 'core' || zone === 'workers' || zone === 'ui' || zone === 'embed')) {
    return ['node', `${zone} must not import ${specifier}: it runs in the browser`];
  }
  if (pagePackages.test(specifier) && zone !== 'ui' && zone !== 'top') {
    return ['page', `${zone} must not import ${specifier}: it belongs to the page`];
  }
  return undefined;
}

function faultsInside(
  outline: Outline,
  zone: Zone,
  test: boolean,
  path: string,
): (readonly [number, string, string])[] {
  const found: (readonly [number, string, string])[] = [];
  const { defaultExportLine, spawnLines, clockLines, barrel, references } = outline;
  if (defaultExportLine !== undefined && !configurations.test(path)) {
    found.push([defaultExportLine, 'default', 'exports a default: export it by name']);
  }
  if (barrel && path !== door) found.push([1, 'barrel', 'only hands on what other files export: import those files']);
  for (const { form, line } of references) {
    if (form === 'export *') found.push([line, 'barrel', 'exports all of another file: import that file']);
  }
  if (zone !== 'audit' && zone !== 'e2e' && !test) {
    for (const line of spawnLines) found.push([line, 'workers', `${zone} spawns a worker: src/audit alone does`]);
  }
  if (zone === 'core' && !test) {
    for (const line of clockLines) found.push([line, 'clock', 'core reads the clock: time is an argument']);
  }
  return found;
}

/** Every folder of src/core says in a README what it is; a folder without files of its own leaves that to the ones in it. */
function missingReadmes(files: ReadonlyMap<string, string>): Breach[] {
  const paths = [...files.keys()];
  const folders = new Set(
    paths.flatMap((path) => {
      const [, area, inner] = /^src\/core\/([^/]+)\/(?:([^/]+)\/)?[^/]+\.tsx?$/.exec(path) ?? [];
      if (area === undefined) return [];
      const own = paths.some((other) => new RegExp(`^src/core/${area}/[^/]+\\.tsx?$`).test(other));
      return [own || inner === undefined ? `src/core/${area}` : `src/core/${area}/${inner}`];
    }),
  );
  return [...folders]
    .filter((folder) => !files.has(`${folder}/README.md`))
    .map((path) => ({ path, line: 1, rule: 'readme', message: 'has no README.md: formats, threats, sources' }));
}
