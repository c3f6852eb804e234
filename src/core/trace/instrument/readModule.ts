import { maximumNameLength } from '../symbols.ts';
import type {
  FunctionType,
  ImportedThing,
  Limits,
  ModuleExport,
  ModuleImport,
  ModuleShape,
  SectionRange,
} from './moduleShape.ts';
import { refuse } from './refuse.ts';
import { WasmReader } from './wasmReader.ts';

/** The largest module that is read, in bytes. */
export const maximumModule = 64 * 1024 * 1024;

type Draft = {
  -readonly [Member in keyof ModuleShape]: ModuleShape[Member] extends readonly (infer Item)[]
    ? Item[]
    : ModuleShape[Member];
};

/** Reads what a core module is made of. @throws AuditorError PROGRAM_… naming what cannot be traced */
export function readModule(bytes: Uint8Array): ModuleShape {
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) {
    throw refuse('PROGRAM_NOT_WASM');
  }
  if (bytes[6] === 1) throw refuse('PROGRAM_COMPONENT');
  if (bytes[4] !== 1 || bytes[5] !== 0 || bytes[6] !== 0 || bytes[7] !== 0) {
    throw refuse('PROGRAM_FORM', 'its version is not 1');
  }
  if (bytes.length > maximumModule) throw refuse('PROGRAM_FORM', `it is longer than ${maximumModule} bytes`);
  const names = new Map<number, string>();
  const draft: Draft = {
    bytes,
    sections: [],
    types: [],
    imports: [],
    functions: [],
    importedFunctions: 0,
    tables: [],
    memory: undefined,
    isMemoryImported: false,
    globals: [],
    exports: [],
    start: undefined,
    bodies: [],
    names,
  };
  const reader = new WasmReader(bytes, 8);
  while (!reader.isAtEnd) {
    const number = reader.byte();
    const body = reader.part(reader.unsigned());
    const range: SectionRange = { number, from: body.at, to: body.end };
    if (number === 0) {
      readNames(body, names);
    } else {
      draft.sections.push(range);
      readSection(number, body, draft);
      if (!body.isAtEnd) throw body.fault(`section ${number} is longer than what it holds`);
    }
  }
  if (draft.functions.length - draft.importedFunctions !== draft.bodies.length) {
    throw refuse('PROGRAM_FORM', 'it has not one body for each function');
  }
  return draft;
}

function readSection(number: number, body: WasmReader, draft: Draft): void {
  switch (number) {
    case 1:
      repeat(body, () => draft.types.push(readFunctionType(body)));
      return;
    case 2:
      repeat(body, () => addImport(readImport(body), draft));
      return;
    case 3:
      repeat(body, () => draft.functions.push(typeIndex(body, draft)));
      return;
    case 4:
      repeat(body, () => {
        if (body.bytes[body.at] === 0x40) throw refuse('PROGRAM_GC');
        draft.tables.push({ type: readValueType(body), limits: readLimits(body, false) });
      });
      return;
    case 5:
      repeat(body, () => addMemory(readLimits(body, true), draft));
      return;
    case 6:
      repeat(body, () => {
        draft.globals.push({ type: readValueType(body) });
        body.byte();
        skipExpression(body);
      });
      return;
    case 7:
      repeat(body, () => draft.exports.push(readExport(body)));
      return;
    case 8:
      draft.start = body.unsigned();
      return;
    case 10:
      repeat(body, () => {
        const part = body.part(body.unsigned());
        draft.bodies.push({ from: part.at, to: part.end });
      });
      return;
    case 9:
    case 11:
    case 12:
      body.skip(body.end - body.at);
      return;
    case 13:
      throw refuse('PROGRAM_EXCEPTIONS');
    case 14:
      throw refuse('PROGRAM_INSTRUCTION', 'string references');
    default:
      throw body.fault(`section ${number} is not known`);
  }
}

function repeat(reader: WasmReader, read: () => void): void {
  for (let left = reader.count(); left > 0; left--) read();
}

function typeIndex(reader: WasmReader, draft: Draft): number {
  const index = reader.unsigned();
  if (index >= draft.types.length) throw reader.fault(`there is no type ${index}`);
  return index;
}

function readFunctionType(reader: WasmReader): FunctionType {
  const form = reader.byte();
  if (form >= 0x4e && form <= 0x5f) throw refuse('PROGRAM_GC');
  if (form !== 0x60) throw reader.fault('a type is no function type');
  const parameters: number[] = [];
  const results: number[] = [];
  repeat(reader, () => parameters.push(readValueType(reader)));
  repeat(reader, () => results.push(readValueType(reader)));
  return { parameters, results };
}

/** i32, i64, f32, f64, v128, funcref, externref. */
export function readValueType(reader: WasmReader): number {
  const code = reader.byte();
  if ((code >= 0x7b && code <= 0x7f) || code === 0x70 || code === 0x6f) return code;
  if (code === 0x69 || code === 0x74) throw refuse('PROGRAM_EXCEPTIONS');
  if (code >= 0x63 && code <= 0x78) throw refuse('PROGRAM_GC');
  throw reader.fault('a value type is not known');
}

function readLimits(reader: WasmReader, isMemory: boolean): Limits {
  const flags = reader.byte();
  if ((flags & 2) !== 0) throw refuse('PROGRAM_SHARED_MEMORY');
  if ((flags & 4) !== 0) throw refuse('PROGRAM_MEMORY64');
  if ((flags & 8) !== 0) throw refuse('PROGRAM_INSTRUCTION', 'a memory with pages of another size');
  if (flags > 1) throw reader.fault('limits of an unknown form');
  const minimum = reader.unsigned();
  const maximum = flags === 1 ? reader.unsigned() : undefined;
  if (isMemory && minimum > 65536) throw reader.fault('a memory has more than 65536 pages');
  return { minimum, maximum };
}

function readImport(reader: WasmReader): ModuleImport {
  const module = reader.name();
  const name = reader.name();
  return { module, name, ...readImported(reader) };
}

function readImported(reader: WasmReader): ImportedThing {
  switch (reader.byte()) {
    case 0:
      return { kind: 'function', type: reader.unsigned() };
    case 1:
      return { kind: 'table', type: readValueType(reader), limits: readLimits(reader, false) };
    case 2:
      return { kind: 'memory', limits: readLimits(reader, true) };
    case 3:
      return { kind: 'global', type: readValueType(reader), isMutable: reader.byte() === 1 };
    case 4:
      throw refuse('PROGRAM_EXCEPTIONS');
    default:
      throw reader.fault('an import of an unknown kind');
  }
}

function addImport(item: ModuleImport, draft: Draft): void {
  draft.imports.push(item);
  if (item.kind === 'function') {
    if (item.type >= draft.types.length) throw refuse('PROGRAM_FORM', `there is no type ${item.type}`);
    draft.functions.push(item.type);
    draft.importedFunctions++;
  } else if (item.kind === 'table') {
    draft.tables.push(item);
  } else if (item.kind === 'global') {
    draft.globals.push(item);
  } else {
    addMemory(item.limits, draft);
    draft.isMemoryImported = true;
  }
}

function addMemory(limits: Limits, draft: Draft): void {
  if (draft.memory) throw refuse('PROGRAM_MEMORIES');
  draft.memory = limits;
}

function readExport(reader: WasmReader): ModuleExport {
  const name = reader.name();
  const kind = reader.byte();
  if (kind === 4) throw refuse('PROGRAM_EXCEPTIONS');
  if (kind > 4) throw reader.fault('an export of an unknown kind');
  return { name, kind, index: reader.unsigned() };
}

/** A constant expression up to its end; what is in it is looked at when it is copied. */
function skipExpression(reader: WasmReader): void {
  for (let code = reader.byte(); code !== 0x0b; code = reader.byte()) skipConstant(reader, code);
}

/** The immediate of an instruction that may stand in a constant expression. */
export function skipConstant(reader: WasmReader, code: number): void {
  if (code === 0x41 || code === 0x42 || code === 0x23 || code === 0xd2 || code === 0xd0) reader.skipNumber();
  else if (code === 0x43) reader.skip(4);
  else if (code === 0x44) reader.skip(8);
  else if (code === 0xfd && reader.unsigned() === 12) reader.skip(16);
  else if (code === 0xfb) throw refuse('PROGRAM_GC');
  // Sums and products of constants (extended constant expressions).
  else if (!((code >= 0x6a && code <= 0x6c) || (code >= 0x7c && code <= 0x7e))) {
    throw reader.fault(`instruction 0x${code.toString(16)} in a constant expression`);
  }
}

/** Names of functions, from the custom section `name`; a broken one is left out, as engines do. */
function readNames(section: WasmReader, names: Map<number, string>): void {
  try {
    if (section.name() !== 'name') return;
    while (!section.isAtEnd) {
      const number = section.byte();
      const part = section.part(section.unsigned());
      if (number !== 1) continue;
      repeat(part, () => {
        const index = part.unsigned();
        names.set(
          index,
          part
            .name()
            .slice(0, maximumNameLength)
            .replace(/[\ud800-\udbff]$/, ''),
        );
      });
    }
  } catch {
    // What was read until here is kept.
  }
}
