import type { CallPlan } from './callCode.ts';
import { writeEntry, writeExit } from './callCode.ts';
import { EventCode } from './eventCode.ts';
import type { FunctionType, Limits, ModuleImport } from './moduleShape.ts';
import { refuse } from './refuse.ts';
import { rewriteBody, type BodyPlan } from './rewriteBody.ts';
import { maximumTable, type Rewriting } from './rewriting.ts';
import { Scratch } from './scratch.ts';
import { memoryExport, startExport, tracerFunctionNames, tracerFunctions, tracerName } from './tracerImports.ts';
import { copyElements, copyExpression } from './copyElements.ts';
import { WasmReader } from './wasmReader.ts';
import { WasmWriter } from './wasmWriter.ts';

/** Writes the rewritten module. Custom sections are left out: names and debug information no longer fit. */
export function emitModule(
  rewriting: Rewriting,
  plans: readonly BodyPlan[],
  wrappers: readonly CallPlan[],
): Uint8Array<ArrayBuffer> {
  const { shape } = rewriting;
  // Bodies first: they decide which types are added.
  const code = writeBodies(rewriting, plans, wrappers);
  const imports = writeImports(rewriting);
  const functions = writeFunctions(rewriting, wrappers);
  const output = new WasmWriter(shape.bytes.length + code.length).bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const section = (number: number) => shape.sections.find((range) => range.number === number);
  output.section(1, writeTypes(rewriting)).section(2, imports).section(3, functions);
  const tables = section(4);
  if (tables) output.section(4, writeTables(rewriting, tables));
  if (section(5) && shape.memory) output.section(5, writeLimits(new WasmWriter().byte(1), memoryLimits(rewriting)));
  writeGlobals(rewriting, section(6), output);
  output.section(7, writeExports(rewriting));
  const elements = section(9);
  if (elements) {
    output.section(9, copyElements(new WasmReader(shape.bytes, elements.from, elements.to), rewriting));
  }
  const dataCount = section(12);
  if (dataCount)
    output
      .byte(12)
      .unsigned(dataCount.to - dataCount.from)
      .copy(shape.bytes, dataCount.from, dataCount.to);
  if (code.length > 1 || section(10)) output.section(10, code);
  const data = section(11);
  if (data)
    output
      .byte(11)
      .unsigned(data.to - data.from)
      .copy(shape.bytes, data.from, data.to);
  return output.written.slice();
}

function writeBodies(rewriting: Rewriting, plans: readonly BodyPlan[], wrappers: readonly CallPlan[]): WasmWriter {
  const code = new WasmWriter(rewriting.shape.bytes.length);
  const room = new WasmWriter();
  code.unsigned(plans.length + wrappers.length);
  for (const plan of plans) rewriteBody(rewriting, plan, code, room);
  for (const plan of wrappers) writeWrapper(rewriting, plan, code);
  return code;
}

/** A function that does nothing but call an imported one, and records that. */
function writeWrapper(rewriting: Rewriting, plan: CallPlan, output: WasmWriter): void {
  const type = rewriting.typeOf(plan.index);
  const scratch = new Scratch(type.parameters.length);
  const body = new WasmWriter();
  const code = new EventCode(body, rewriting);
  writeEntry(code, plan, type, rewriting);
  for (const position of type.parameters.keys()) body.get(position);
  body.call(plan.index);
  writeExit(code, plan, type, rewriting, scratch);
  body.byte(0x0b);
  const head = new WasmWriter(16).unsigned(scratch.groups);
  scratch.write(head);
  output
    .unsigned(head.length + body.length)
    .copy(head.written)
    .copy(body.written);
}

function writeTypes({ shape, addedTypes }: Rewriting): WasmWriter {
  const all: readonly FunctionType[] = [...shape.types, ...addedTypes];
  const writer = new WasmWriter().unsigned(all.length);
  for (const { parameters, results } of all) {
    writer.byte(0x60).unsigned(parameters.length);
    for (const type of parameters) writer.byte(type);
    writer.unsigned(results.length);
    for (const type of results) writer.byte(type);
  }
  return writer;
}

function writeImports(rewriting: Rewriting): WasmWriter {
  const { imports } = rewriting.shape;
  const writer = new WasmWriter().unsigned(imports.length + tracerFunctionNames.length);
  for (const item of imports) writeImport(rewriting, item, writer);
  for (const name of tracerFunctionNames) {
    const type = rewriting.typeIndex({ parameters: tracerFunctions[name], results: [] });
    writer.name(tracerName).name(name).byte(0).unsigned(type);
  }
  return writer;
}

function writeImport(rewriting: Rewriting, item: ModuleImport, writer: WasmWriter): void {
  if (item.module === tracerName) throw refuse('PROGRAM_IMPORT', `the name ${tracerName} is taken by the tracer`);
  writer.name(item.module).name(item.name);
  if (item.kind === 'function') writer.byte(0).unsigned(item.type);
  else if (item.kind === 'table') writeLimits(writer.byte(1).byte(item.type), tableLimits(item.limits));
  else if (item.kind === 'memory') writeLimits(writer.byte(2), memoryLimits(rewriting));
  else
    writer
      .byte(3)
      .byte(item.type)
      .byte(item.isMutable ? 1 : 0);
}

function writeFunctions(rewriting: Rewriting, wrappers: readonly CallPlan[]): WasmWriter {
  const { functions, importedFunctions } = rewriting.shape;
  const defined = functions.slice(importedFunctions);
  const writer = new WasmWriter().unsigned(defined.length + wrappers.length);
  for (const type of defined) writer.unsigned(type);
  for (const { index } of wrappers) writer.unsigned(functions[index] as number);
  return writer;
}

function writeTables({ shape }: Rewriting, range: { readonly from: number; readonly to: number }): WasmWriter {
  const count = new WasmReader(shape.bytes, range.from, range.to).count();
  const writer = new WasmWriter().unsigned(count);
  for (const { type, limits } of shape.tables.slice(shape.tables.length - count)) {
    writeLimits(writer.byte(type), tableLimits(limits));
  }
  return writer;
}

function tableLimits({ minimum, maximum }: Limits): Limits {
  if (minimum > maximumTable) throw refuse('PROGRAM_MEMORY', `a table of ${minimum} elements`);
  return { minimum, maximum: Math.min(maximum ?? maximumTable, maximumTable) };
}

/** What the module declares, at most what the policy allows. */
export function memoryLimits({ shape, policy }: Pick<Rewriting, 'shape' | 'policy'>): Limits {
  const { minimum, maximum } = shape.memory as Limits;
  if (minimum > policy.pages) {
    throw refuse('PROGRAM_MEMORY', `${minimum} pages of 64 KiB, allowed are ${policy.pages}`);
  }
  return { minimum, maximum: Math.min(maximum ?? policy.pages, policy.pages) };
}

function writeLimits(writer: WasmWriter, { minimum, maximum }: Limits): WasmWriter {
  return writer
    .byte(1)
    .unsigned(minimum)
    .unsigned(maximum as number);
}

function writeGlobals(
  rewriting: Rewriting,
  range: { readonly from: number; readonly to: number } | undefined,
  output: WasmWriter,
): void {
  const { shape, steps, depth, policy } = rewriting;
  const added = (steps === undefined ? 0 : 1) + (depth === undefined ? 0 : 1);
  if (!range && added === 0) return;
  const reader = range && new WasmReader(shape.bytes, range.from, range.to);
  const count = reader?.count() ?? 0;
  const writer = new WasmWriter().unsigned(count + added);
  for (let left = count; reader && left > 0; left--) {
    writer.byte(reader.byte()).byte(reader.byte());
    copyExpression(reader, writer, rewriting);
  }
  if (steps !== undefined)
    writer
      .bytes(0x7e, 1)
      .constant64(BigInt(policy.steps as number))
      .byte(0x0b);
  if (depth !== undefined) writer.bytes(0x7f, 1).constant32(0).byte(0x0b);
  output.section(6, writer);
}

function writeExports(rewriting: Rewriting): WasmWriter {
  const { shape } = rewriting;
  const added: (readonly [name: string, kind: number, index: number])[] = [];
  if (shape.start !== undefined) added.push([startExport, 0, shape.start]);
  if (shape.memory) added.push([memoryExport, 2, 0]);
  const writer = new WasmWriter().unsigned(shape.exports.length + added.length);
  for (const [name, kind, index] of [
    ...shape.exports.map((item) => [item.name, item.kind, item.index] as const),
    ...added,
  ]) {
    writer.name(name).byte(kind);
    writer.unsigned(kind === 0 ? rewriting.newIndex(index) : index);
  }
  return writer;
}
