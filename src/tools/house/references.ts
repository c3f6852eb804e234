import { parseSync, Visitor, type ESTree } from 'vite';

/** How one file names another. */
export type ReferenceForm = 'import' | 'export from' | 'export *' | 'import()' | 'import type()' | 'new URL' | 'glob';

export interface Reference {
  readonly form: ReferenceForm;
  /** As written; undefined where it is computed, so that nobody can tell where it leads. */
  readonly specifier: string | undefined;
  readonly line: number;
}

/** What the rules of the house look at in one file. */
export interface Outline {
  readonly references: readonly Reference[];
  readonly defaultExportLine: number | undefined;
  /** Lines of `new Worker(…)` and `new SharedWorker(…)`. */
  readonly spawnLines: readonly number[];
  /** Lines of `new Date()` and `Date()`, which read the clock without naming `Date.now`. */
  readonly clockLines: readonly number[];
  /** Whether the file does nothing but hand on what other files export. */
  readonly barrel: boolean;
}

/** Reads a TypeScript file by its syntax tree. @throws Error with the parser's words where it is no TypeScript. */
export function outlineOf(path: string, source: string): Outline {
  const { program, errors } = parseSync(path, source);
  const [fault] = errors;
  if (fault) throw new Error(`${path} cannot be parsed: ${fault.message}`);

  const references: Reference[] = [];
  const spawnLines: number[] = [];
  const clockLines: number[] = [];
  let defaultExportLine: number | undefined;
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const refer = (form: ReferenceForm, named: ESTree.Node, { start }: ESTree.Span) =>
    references.push({ form, specifier: literal(named), line: lineAt(start) });

  new Visitor({
    ImportDeclaration: (node) => void refer('import', node.source, node),
    ExportAllDeclaration: (node) => void refer('export *', node.source, node),
    ExportNamedDeclaration: (node) => void (node.source && refer('export from', node.source, node)),
    ExportDefaultDeclaration: (node) => {
      defaultExportLine = lineAt(node.start);
    },
    ImportExpression: (node) => void refer('import()', node.source, node),
    TSImportType: (node) => void refer('import type()', node.source, node),
    NewExpression: (node) => {
      const name = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (name === 'Worker' || name === 'SharedWorker') spawnLines.push(lineAt(node.start));
      if (name === 'Date' && node.arguments.length === 0) clockLines.push(lineAt(node.start));
      const [target, base] = node.arguments;
      if (name === 'URL' && target && base && isMeta(base, 'url')) refer('new URL', target, node);
    },
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date') clockLines.push(lineAt(node.start));
      const [target] = node.arguments;
      if (!target || !isMeta(node.callee, 'glob')) return;
      const patterns = target.type === 'ArrayExpression' ? target.elements : [target];
      for (const pattern of patterns) if (pattern) refer('glob', pattern, node);
    },
  }).visit(program);

  return { references, defaultExportLine, spawnLines, clockLines, barrel: isBarrel(program) };
}

function literal(node: ESTree.Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** Whether the node is `import.meta.<name>`. */
function isMeta(node: ESTree.Node, name: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    node.property.type === 'Identifier' &&
    node.property.name === name
  );
}

function isBarrel({ body }: ESTree.Program): boolean {
  const handsOn = (node: ESTree.Node) =>
    node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source !== null);
  return body.some(handsOn) && body.every((node) => handsOn(node) || node.type === 'ImportDeclaration');
}
