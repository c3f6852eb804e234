import { recordKinds } from '../record.ts';
import { writeAddress, type BodyWork } from './bodyWork.ts';
import { writeEntry, writeExit, type CallPlan } from './callCode.ts';
import { EventCode } from './eventCode.ts';
import { rewriteBulk, rewriteGrow } from './bulkCode.ts';
import * as instructions from './instructions.ts';
import { readValueType } from './readModule.ts';
import type { Rewriting } from './rewriting.ts';
import { Scratch } from './scratch.ts';
import { stopReasons } from './tracerImports.ts';
import { rewriteVector } from './vectorCode.ts';
import { WasmReader } from './wasmReader.ts';
import { WasmWriter } from './wasmWriter.ts';

/** Indices of traps in `trapNames` that the program finds out itself, since engines name them differently. */
const unreachableTrap = 1;
const tableTrap = 3;
const overflowTrap = 6;

const i32 = 0x7f;
const i64 = 0x7e;

/** How a body is rewritten: with events of what it does, and of the calls of it. */
export interface BodyPlan extends CallPlan {
  readonly hasEvents: boolean;
}

/** Writes one defined function's body, with the length before it, to `output`. `room` is used on the way. */
export function rewriteBody(rewriting: Rewriting, plan: BodyPlan, output: WasmWriter, room: WasmWriter): void {
  const { shape } = rewriting;
  const body = shape.bodies[plan.index - shape.importedFunctions] as { from: number; to: number };
  const reader = new WasmReader(shape.bytes, body.from, body.to);
  const type = rewriting.typeOf(plan.index);
  const locals = [...type.parameters];
  const groups = readLocals(reader, locals);
  const declarations = { from: body.from, to: reader.at };
  const scratch = new Scratch(locals.length);
  room.clear();
  const code = new EventCode(room, rewriting);
  const isWrapped = plan.isRecorded || plan.opensInside || rewriting.depth !== undefined;
  writeStep(rewriting, code);
  if (isWrapped) {
    writeEntry(code, plan, type, rewriting);
    room.byte(0x02).signed(BigInt(rewriting.blockType(type.results)));
  }
  const work: BodyWork = {
    rewriting,
    reader,
    writer: room,
    code,
    scratch,
    records: (kind) => plan.hasEvents && rewriting.kinds.has(kind),
    copy: (from) => room.copy(shape.bytes, from, reader.at),
    addSite: (at, operation, valueType, object) => rewriting.addSite(plan.index, at, operation, valueType, object),
  };
  let nesting = 0;
  while (!reader.isAtEnd) {
    const from = reader.at;
    const opcode = reader.byte();
    if (opcode === 0x0b) {
      if (nesting === 0) break;
      nesting--;
      room.byte(opcode);
    } else if (opcode === 0x0f) {
      if (work.records('branch')) code.plain(recordKinds.branch, work.addSite(from, 'return', undefined, 0));
      if (isWrapped) room.byte(0x0c).unsigned(nesting);
      else room.byte(opcode);
    } else {
      if (opcode >= 0x02 && opcode <= 0x04) nesting++;
      rewriteInstruction(work, from, opcode, locals);
    }
  }
  if (!reader.isAtEnd || reader.bytes[reader.at - 1] !== 0x0b) throw reader.fault('a body does not end where it must');
  if (isWrapped) {
    room.byte(0x0b);
    writeExit(code, plan, type, rewriting, scratch);
  }
  room.byte(0x0b);
  const head = new WasmWriter(64).unsigned(groups.count + scratch.groups);
  head.copy(shape.bytes, groups.from, declarations.to);
  scratch.write(head);
  output
    .unsigned(head.length + room.length)
    .copy(head.written)
    .copy(room.written);
}

function readLocals(reader: WasmReader, locals: number[]): { readonly count: number; readonly from: number } {
  const count = reader.count();
  const from = reader.at;
  for (let left = count; left > 0; left--) {
    const number = reader.unsigned();
    if (locals.length + number > 50_000) throw reader.fault('a function has more than 50000 locals');
    const type = readValueType(reader);
    for (let more = number; more > 0; more--) locals.push(type);
  }
  return { count, from };
}

/** One step less, at entries and in each round of a loop. */
function writeStep({ steps }: Rewriting, code: EventCode): void {
  if (steps === undefined) return;
  code.writer.byte(0x23).unsigned(steps).byte(0x50);
  code.stopIf(stopReasons.steps);
  code.writer.byte(0x23).unsigned(steps).constant64(1n).byte(0x7d).byte(0x24).unsigned(steps);
}

function rewriteInstruction(work: BodyWork, from: number, opcode: number, locals: readonly number[]): void {
  const { reader, writer, code, scratch, rewriting, copy } = work;
  if (opcode === 0xfd) return rewriteVector(work, from);
  if (opcode === 0xfc) return rewriteBulk(work, from);
  if (opcode === 0x10 || opcode === 0xd2) {
    writer.byte(opcode).unsigned(rewriting.newIndex(reader.unsigned()));
    return;
  }
  const before = reader.at;
  instructions.skipImmediates(reader, opcode);
  if (opcode >= 0x45) return rewriteArithmetic(work, from, opcode);
  if (opcode >= 0x28 && opcode <= 0x3e) return rewriteAccess(work, from, opcode, before);
  switch (opcode) {
    case 0x00:
      writer.constant32(unreachableTrap);
      code.tracer('stop');
      return copy(from);
    case 0x02:
    case 0x03:
      copy(from);
      if (opcode === 0x03) writeStep(rewriting, code);
      if (work.records('block')) {
        code.plain(recordKinds.block, work.addSite(from, opcode === 0x02 ? 'block' : 'loop', undefined, 0));
      }
      return;
    case 0x04:
    case 0x0d:
      if (work.records('branch')) {
        const taken = scratch.local(i32);
        writer.tee(taken);
        const site = work.addSite(from, opcode === 0x04 ? 'if' : 'br_if', undefined, 0);
        code.plain(recordKinds.branchIf, site, () => writer.get(taken).bytes(0x45, 0x45));
      }
      return copy(from);
    case 0x0c:
      if (work.records('branch')) code.plain(recordKinds.branch, work.addSite(from, 'br', undefined, 0));
      return copy(from);
    case 0x0e:
      if (work.records('branch')) {
        const index = scratch.local(i32);
        writer.tee(index);
        const site = work.addSite(from, 'br_table', undefined, 0);
        code.plain(recordKinds.branchTable, site, () => writer.get(index));
      }
      return copy(from);
    case 0x11:
      reader.at = before;
      reader.skipNumber();
      checkIndex(work, reader.unsigned());
      return copy(from);
    case 0x20:
    case 0x21:
    case 0x22:
      return rewriteLocal(work, from, opcode, locals);
    case 0x23:
    case 0x24:
      return rewriteGlobal(work, from, opcode);
    case 0x25:
    case 0x26:
      return rewriteTable(work, from, opcode);
    case 0x40:
      return rewriteGrow(work, from);
    default:
      return copy(from);
  }
}

/** An index into a table, on the stack, that is too large ends the program by name; else it is on the stack again. */
function checkIndex({ writer, code, scratch }: BodyWork, table: number): number {
  const index = scratch.local(i32);
  writer.tee(index).get(index).bytes(0xfc, 16).unsigned(table).byte(0x4f);
  code.stopIf(tableTrap);
  return index;
}

function rewriteArithmetic(work: BodyWork, from: number, opcode: number): void {
  const { writer, code, scratch, rewriting, copy } = work;
  if (opcode === 0x6d || opcode === 0x7f) {
    // The one quotient that is out of range: engines name it differently.
    const type = opcode === 0x6d ? i32 : i64;
    const [dividend, divisor] = [scratch.local(type, 0), scratch.local(type, 1)];
    writer.set(divisor).set(dividend).get(divisor);
    if (type === i32) writer.constant32(-1).byte(0x46);
    else writer.constant64(-1n).byte(0x51);
    writer.bytes(0x04, 0x40).get(dividend);
    if (type === i32) writer.constant32(-(2 ** 31)).byte(0x46);
    else writer.constant64(-(2n ** 63n)).byte(0x51);
    code.stopIf(overflowTrap);
    writer.byte(0x0b).get(dividend).get(divisor);
  }
  copy(from);
  if (rewriting.policy.floats !== 'canonical') return;
  if (instructions.makesNaN32.has(opcode)) {
    const value = scratch.local(0x7d);
    writer.tee(value).bytes(0x43, 0, 0, 0xc0, 0x7f).get(value).get(value).bytes(0x5b, 0x1b);
  } else if (instructions.makesNaN64.has(opcode)) {
    const value = scratch.local(0x7c);
    writer.tee(value).bytes(0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f).get(value).get(value).bytes(0x61, 0x1b);
  }
}

function rewriteAccess(work: BodyWork, from: number, opcode: number, before: number): void {
  const { reader, writer, code, scratch, copy } = work;
  const load = instructions.loads.get(opcode);
  const store = instructions.stores.get(opcode);
  const access = load ?? store;
  if (!access || !work.records(load ? 'load' : 'store')) return copy(from);
  const [name, type, width] = access;
  reader.at = before;
  reader.unsigned();
  const offset = reader.unsigned();
  const site = work.addSite(from, name, type, 0);
  const [address, value] = [scratch.local(i32), scratch.local(type, 1)];
  if (load) {
    writer.tee(address);
    copy(from);
    writer.tee(value);
  } else {
    writer.set(value).tee(address).get(value);
    copy(from);
  }
  const where = () => writeAddress(writer, address, offset);
  code.access(load ? recordKinds.load : recordKinds.store, site, where, type, value, width);
}

function rewriteLocal(work: BodyWork, from: number, opcode: number, locals: readonly number[]): void {
  const { reader, writer, code, copy } = work;
  copy(from);
  if (!work.records(opcode === 0x20 ? 'local.get' : 'local.set')) return;
  const local = indexAt(reader, from);
  const type = locals[local];
  if (type === undefined) throw reader.fault(`there is no local ${local}`);
  const operation = ['local.get', 'local.set', 'local.tee'][opcode - 0x20] as string;
  const site = work.addSite(from, operation, type, local);
  const kind = opcode === 0x20 ? recordKinds.localGet : recordKinds.localSet;
  code.value(kind, site, () => writer.constant32(local), type, local);
}

function rewriteGlobal(work: BodyWork, from: number, opcode: number): void {
  const { reader, writer, code, scratch, copy, rewriting } = work;
  if (!work.records(opcode === 0x23 ? 'global.get' : 'global.set')) return copy(from);
  const global = indexAt(reader, from);
  const type = rewriting.shape.globals[global]?.type;
  if (type === undefined) throw reader.fault(`there is no global ${global}`);
  const value = scratch.local(type);
  if (opcode === 0x24) writer.tee(value);
  copy(from);
  if (opcode === 0x23) writer.tee(value);
  const site = work.addSite(from, opcode === 0x23 ? 'global.get' : 'global.set', type, global);
  const kind = opcode === 0x23 ? recordKinds.globalGet : recordKinds.globalSet;
  code.value(kind, site, () => writer.constant32(global), type, value);
}

function rewriteTable(work: BodyWork, from: number, opcode: number): void {
  const { reader, writer, code, scratch, copy, rewriting } = work;
  const table = indexAt(reader, from);
  const type = rewriting.shape.tables[table]?.type;
  if (type === undefined) throw reader.fault(`there is no table ${table}`);
  const value = scratch.local(type);
  if (opcode === 0x26) writer.set(value);
  const index = checkIndex(work, table);
  if (opcode === 0x26) writer.get(value);
  copy(from);
  if (!work.records('table')) return;
  if (opcode === 0x25) writer.tee(value);
  const site = work.addSite(from, opcode === 0x25 ? 'table.get' : 'table.set', type, table);
  const kind = opcode === 0x25 ? recordKinds.tableGet : recordKinds.tableSet;
  code.value(kind, site, () => writer.get(index), type, value);
}

/** The index behind an instruction of one byte. */
function indexAt({ bytes, end }: WasmReader, from: number): number {
  return new WasmReader(bytes, from + 1, end).unsigned();
}
