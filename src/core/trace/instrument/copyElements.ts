import { readValueType, skipConstant } from './readModule.ts';
import type { Rewriting } from './rewriting.ts';
import type { WasmReader } from './wasmReader.ts';
import { WasmWriter } from './wasmWriter.ts';

/** The element section with the new indices of functions (§5.5.12). */
export function copyElements(reader: WasmReader, rewriting: Rewriting): WasmWriter {
  const writer = new WasmWriter(reader.end - reader.at);
  const count = reader.count();
  writer.unsigned(count);
  for (let left = count; left > 0; left--) copySegment(reader, writer, rewriting);
  if (!reader.isAtEnd) throw reader.fault('the element section is longer than what it holds');
  return writer;
}

function copySegment(reader: WasmReader, writer: WasmWriter, rewriting: Rewriting): void {
  const flags = reader.unsigned();
  if (flags > 7) throw reader.fault('an element segment of an unknown form');
  writer.unsigned(flags);
  const isActive = (flags & 1) === 0;
  const hasExpressions = (flags & 4) !== 0;
  if (isActive) {
    if ((flags & 2) !== 0) writer.unsigned(reader.unsigned());
    copyExpression(reader, writer, rewriting);
  }
  // Kind of the elements, unless it is left out.
  if ((flags & 3) !== 0) writer.byte(hasExpressions ? readValueType(reader) : reader.byte());
  const count = reader.count();
  writer.unsigned(count);
  for (let left = count; left > 0; left--) {
    if (hasExpressions) copyExpression(reader, writer, rewriting);
    else writer.unsigned(rewriting.newIndex(reader.unsigned()));
  }
}

/** A constant expression up to its end, with the new indices of functions. */
export function copyExpression(reader: WasmReader, writer: WasmWriter, rewriting: Rewriting): void {
  for (;;) {
    const from = reader.at;
    const code = reader.byte();
    if (code === 0xd2) {
      writer.byte(code).unsigned(rewriting.newIndex(reader.unsigned()));
      continue;
    }
    if (code !== 0x0b) skipConstant(reader, code);
    writer.copy(reader.bytes, from, reader.at);
    if (code === 0x0b) return;
  }
}
