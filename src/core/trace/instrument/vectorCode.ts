import { recordKinds } from '../record.ts';
import * as instructions from './instructions.ts';
import { writeAddress, type BodyWork } from './bodyWork.ts';

const i32 = 0x7f;
const v128 = 0x7b;

/** Instructions behind 0xfd. */
export function rewriteVector(work: BodyWork, from: number): void {
  const { reader, writer, scratch, copy, rewriting } = work;
  const code = reader.unsigned();
  const before = reader.at;
  instructions.skipVectorImmediates(reader, code);
  const load = instructions.vectorLoads.get(code);
  const laneLoad = instructions.laneLoads.get(code);
  const store = instructions.vectorStores.get(code);
  if ((load || laneLoad) && work.records('load')) return rewriteAccess(work, from, before, load ?? laneLoad!, code);
  if (store && work.records('store')) return rewriteAccess(work, from, before, store, code);
  copy(from);
  if (rewriting.policy.floats !== 'canonical') return;
  const is32 = instructions.makesNaN32x4.has(code);
  if (!is32 && !instructions.makesNaN64x2.has(code)) return;
  const value = scratch.local(v128);
  const lane = is32 ? [0, 0, 0xc0, 0x7f] : [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];
  writer.tee(value).bytes(0xfd, 12);
  for (let written = 0; written < 16; written += lane.length) writer.bytes(...lane);
  // Where a lane equals itself it stays, else it becomes the canonical one: f32x4.eq or f64x2.eq, then v128.bitselect.
  writer
    .get(value)
    .get(value)
    .bytes(0xfd, is32 ? 0x41 : 0x47)
    .bytes(0xfd, 0x52);
}

function rewriteAccess(work: BodyWork, from: number, before: number, access: instructions.Access, code: number): void {
  const { reader, writer, scratch, copy } = work;
  const end = reader.at;
  reader.at = before;
  reader.unsigned();
  const offset = reader.unsigned();
  reader.at = end;
  const [name, , width] = access;
  const isStore = instructions.vectorStores.has(code);
  const [address, value] = [scratch.local(i32), scratch.local(v128, 1)];
  // What takes a vector has it above the address.
  const takesVector = isStore || instructions.laneLoads.has(code);
  if (takesVector) writer.set(value);
  writer.tee(address);
  if (takesVector) writer.get(value);
  copy(from);
  if (!isStore) writer.tee(value);
  const site = work.addSite(from, name, v128, 0);
  const kind = isStore ? recordKinds.store : recordKinds.load;
  work.code.access(kind, site, () => writeAddress(writer, address, offset), v128, value, width);
}
