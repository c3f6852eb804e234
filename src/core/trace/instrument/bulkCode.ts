import { recordKinds } from '../record.ts';
import { bulkImmediates } from './instructions.ts';
import type { BodyWork } from './bodyWork.ts';
import { maximumTable } from './rewriting.ts';
import { stopReasons } from './tracerImports.ts';

const i32 = 0x7f;

/** Instructions behind 0xfc: conversions of floats, operations on whole ranges of memory and of tables. */
export function rewriteBulk(work: BodyWork, from: number): void {
  const { reader } = work;
  const code = reader.unsigned();
  const indices: number[] = [];
  for (let left = bulkImmediates(code, from); left > 0; left--) indices.push(reader.unsigned());
  if (code === 8) return rewriteRange(work, from, 'memory.init', recordKinds.memoryInit, 0);
  if (code === 10) return rewriteRange(work, from, 'memory.copy', recordKinds.memoryCopy, 0);
  if (code === 11) return rewriteRange(work, from, 'memory.fill', recordKinds.memoryFill, 0);
  const [first = 0, second = 0] = indices;
  if (code === 12) return rewriteRange(work, from, 'table.init', recordKinds.tableInit, second);
  if (code === 14) return rewriteRange(work, from, 'table.copy', recordKinds.tableCopy, first);
  if (code === 15) return rewriteTableGrow(work, from, first);
  if (code === 17) return rewriteRange(work, from, 'table.fill', recordKinds.tableFill, first);
  return work.copy(from);
}

function rewriteRange(work: BodyWork, from: number, operation: string, kind: number, object: number): void {
  const { writer, code, scratch, copy, rewriting } = work;
  const isTable = operation.startsWith('table');
  const isRecorded = work.records(isTable ? 'table' : 'memory');
  const middle = operation === 'table.fill' ? tableType(work, object) : i32;
  const [x, y, z] = [scratch.local(i32, 0), scratch.local(middle, 1), scratch.local(i32, 2)];
  if (isTable) {
    writer.constant32(1);
    code.tracer('mark');
  }
  if (isRecorded) writer.set(z).set(y).tee(x).get(y).get(z);
  copy(from);
  if (isTable) {
    writer.constant32(0);
    code.tracer('mark');
  }
  if (!isRecorded) return;
  code.word(kind, work.addSite(from, operation, undefined, object));
  writer.get(x);
  if (!isTable && rewriting.policy.memory) {
    writer
      .get(y)
      .get(z)
      .constant32(operation === 'memory.copy' ? 1 : 0);
    return code.tracer('bulkAccess');
  }
  writer.constant32(middle).get(y);
  if (middle !== i32) writer.bytes(0xd1, 0x45);
  writer.get(z);
  code.tracer('bulk');
}

/** `memory.grow`: where it fails below the limit, the machine has no more, which says nothing about the program. */
export function rewriteGrow(work: BodyWork, from: number): void {
  const { writer, code, scratch, copy, rewriting } = work;
  const [delta, result] = [scratch.local(i32, 0), scratch.local(i32, 1)];
  writer.tee(delta);
  copy(from);
  writer.tee(result);
  const { memory } = rewriting.shape;
  const maximum = Math.min(memory?.maximum ?? rewriting.policy.pages, rewriting.policy.pages);
  stopWhereExhausted(work, delta, result, () => writer.bytes(0x3f, 0), maximum);
  if (!work.records('memory')) return;
  const site = work.addSite(from, 'memory.grow', i32, 0);
  code.value(recordKinds.memoryGrow, site, () => writer.get(delta), i32, result);
}

function rewriteTableGrow(work: BodyWork, from: number, table: number): void {
  const { writer, code, scratch, copy, rewriting } = work;
  const [delta, result] = [scratch.local(i32, 0), scratch.local(i32, 1)];
  writer.tee(delta);
  copy(from);
  writer.tee(result);
  const limits = rewriting.shape.tables[table]?.limits;
  const maximum = Math.min(limits?.maximum ?? maximumTable, Math.max(maximumTable, limits?.minimum ?? 0));
  stopWhereExhausted(work, delta, result, () => writer.bytes(0xfc, 16).unsigned(table), maximum);
  if (!work.records('table')) return;
  const site = work.addSite(from, 'table.grow', i32, table);
  code.value(recordKinds.tableGrow, site, () => writer.get(delta), i32, result);
}

/** If the result is −1 though size and growth together are within the maximum. Both are below 2³², their sum is taken in 64 bits. */
function stopWhereExhausted(work: BodyWork, delta: number, result: number, size: () => void, maximum: number): void {
  const { writer, code } = work;
  writer.get(result).constant32(-1).byte(0x46).bytes(0x04, 0x40);
  size();
  writer.byte(0xad).get(delta).bytes(0xad, 0x7c).constant64(BigInt(maximum)).byte(0x58);
  code.stopIf(stopReasons.memory);
  writer.byte(0x0b);
}

function tableType({ rewriting, reader }: BodyWork, table: number): number {
  const type = rewriting.shape.tables[table]?.type;
  if (type === undefined) throw reader.fault(`there is no table ${table}`);
  return type;
}
