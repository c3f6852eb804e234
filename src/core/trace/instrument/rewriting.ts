import type { Policy, PolicyKind } from '../policy.ts';
import type { SiteSymbol } from '../symbols.ts';
import { valueTypeOf } from '../value.ts';
import type { FunctionType, ModuleShape } from './moduleShape.ts';
import { refuse } from './refuse.ts';
import { tracerFunctionNames, type TracerFunction } from './tracerImports.ts';

/** Above this many places their table could not be read back, see `parseSymbols`. */
export const maximumSites = 500_000;

/** A table holds at most so many elements, whatever the module declares: below what any engine allows. */
export const maximumTable = 1_000_000;

/** What all functions of a module share while they are rewritten. */
export class Rewriting {
  readonly shape: ModuleShape;
  readonly policy: Policy;
  readonly kinds: ReadonlySet<PolicyKind>;
  readonly sites: SiteSymbol[] = [];
  /** Function types added to the module's. */
  readonly addedTypes: FunctionType[] = [];
  /** Imported functions whose calls are recorded: the wrapper's place behind all other functions. */
  readonly wrappers: ReadonlyMap<number, number>;
  /** Indices of globals added: steps left and calls open; undefined where the policy bounds none. */
  readonly steps: number | undefined;
  readonly depth: number | undefined;

  constructor(shape: ModuleShape, policy: Policy, recordedImports: readonly number[]) {
    this.shape = shape;
    this.policy = policy;
    this.kinds = new Set(policy.kinds);
    const behind = shape.functions.length + tracerFunctionNames.length;
    this.wrappers = new Map(recordedImports.map((index, place) => [index, behind + place]));
    let next = shape.globals.length;
    if (policy.steps !== undefined) this.steps = next++;
    if (policy.depth !== undefined) this.depth = next++;
  }

  /** Index of a function of the tracer: behind all that the module imports itself. */
  tracer(name: TracerFunction): number {
    return this.shape.importedFunctions + tracerFunctionNames.indexOf(name);
  }

  /** Where a function of the original module is now; calls of a recorded import go to its wrapper. */
  newIndex(index: number): number {
    if (index >= this.shape.functions.length) throw refuse('PROGRAM_FORM', `there is no function ${index}`);
    if (index >= this.shape.importedFunctions) return index + tracerFunctionNames.length;
    return this.wrappers.get(index) ?? index;
  }

  typeOf(index: number): FunctionType {
    return this.shape.types[this.shape.functions[index] as number] as FunctionType;
  }

  /** Type of a block that takes nothing and leaves these: what stands in the code. */
  blockType(results: readonly number[]): number {
    if (results.length === 0) return -0x40;
    if (results.length === 1) return (results[0] as number) - 0x80;
    return this.typeIndex({ parameters: [], results });
  }

  /** Index of a function type, which is added where it is not yet there. */
  typeIndex(type: FunctionType): number {
    const isSame = (other: FunctionType) =>
      same(other.parameters, type.parameters) && same(other.results, type.results);
    const found = this.addedTypes.findIndex(isSame);
    if (found >= 0) return this.shape.types.length + found;
    return this.shape.types.length + this.addedTypes.push(type) - 1;
  }

  /** One more place that events are written from; its number. */
  addSite(inside: number, offset: number, operation: string, type: number | undefined, object: number): number {
    const site = this.sites.length;
    if (site >= maximumSites) throw refuse('PROGRAM_SITES', `more than ${maximumSites}`);
    const valueType = type === undefined ? null : (valueTypeOf(type) ?? null);
    this.sites.push({ site, function: inside, offset, operation, type: valueType, object });
    return site;
  }
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
