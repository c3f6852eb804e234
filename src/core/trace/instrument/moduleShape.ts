/** A value type by its code; a function's type. */
export interface FunctionType {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

export interface Limits {
  readonly minimum: number;
  readonly maximum: number | undefined;
}

export type ImportedThing =
  | { readonly kind: 'function'; readonly type: number }
  | { readonly kind: 'table'; readonly type: number; readonly limits: Limits }
  | { readonly kind: 'memory'; readonly limits: Limits }
  | { readonly kind: 'global'; readonly type: number; readonly isMutable: boolean };

export type ModuleImport = ImportedThing & { readonly module: string; readonly name: string };

export interface ModuleExport {
  readonly name: string;
  /** 0 function, 1 table, 2 memory, 3 global. */
  readonly kind: number;
  readonly index: number;
}

export interface SectionRange {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** What the rewriting has to know of a module: its index spaces, and where its sections and bodies are. */
export interface ModuleShape {
  readonly bytes: Uint8Array;
  readonly sections: readonly SectionRange[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly ModuleImport[];
  /** Types of all functions, imported ones first. */
  readonly functions: readonly number[];
  readonly importedFunctions: number;
  readonly tables: readonly { readonly type: number; readonly limits: Limits }[];
  readonly memory: Limits | undefined;
  readonly isMemoryImported: boolean;
  readonly globals: readonly { readonly type: number }[];
  readonly exports: readonly ModuleExport[];
  readonly start: number | undefined;
  /** Of each defined function: its body without the length before it. */
  readonly bodies: readonly { readonly from: number; readonly to: number }[];
  /** From the name section, by index. */
  readonly names: ReadonlyMap<number, string>;
}
