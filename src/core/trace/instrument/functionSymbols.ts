import { maximumNameLength, type FunctionSymbol } from '../symbols.ts';
import { valueTypeOf, type ValueType } from '../value.ts';
import type { ModuleShape } from './moduleShape.ts';

/** Every function of a module, imported ones first, with whatever it is called. */
export function functionSymbols({ functions, types, imports, exports, names }: ModuleShape): FunctionSymbol[] {
  const imported = imports
    .filter(({ kind }) => kind === 'function')
    .map(({ module, name }) => short(`${short(module)}.${short(name)}`));
  const exported = new Map<number, string[]>();
  for (const { kind, index, name } of exports) {
    if (kind !== 0) continue;
    const list = exported.get(index);
    if (list) list.push(short(name));
    else exported.set(index, [short(name)]);
  }
  return functions.map((type, index) => {
    const { parameters, results } = types[type] as (typeof types)[number];
    const ways = exported.get(index) ?? [];
    return {
      index,
      name: imported[index] ?? names.get(index) ?? ways[0] ?? `func[${index}]`,
      exports: ways,
      imported: imported[index] ?? null,
      parameters: parameters.map(typeName),
      results: results.map(typeName),
    };
  });
}

function typeName(code: number): ValueType {
  return valueTypeOf(code) as ValueType;
}

function short(name: string): string {
  return name.slice(0, 2 * maximumNameLength).replace(/[\ud800-\udbff]$/, '');
}
