import { describe, expect, it } from 'vitest';
import { FieldArithmetic, type FieldExports } from './fieldArithmetic.ts';
import { elementSpan } from './fieldCode.ts';
import { n } from './curve.ts';
import { p384Module, pointSpan } from './p384Module.ts';
import { isTableOf, placeIn, tableSpan, windowBits, windowCount, windowPoints, writeTable } from './pointTable.ts';
import { pointOf } from './p384.fixture.ts';

const exports = new WebAssembly.Instance(new WebAssembly.Module(p384Module(12, 12))).exports as unknown as FieldExports;
const field = new FieldArithmetic(exports);
const table = 4096;
const point = pointOf(123456789n);
const made = writeTable(field, table, point);
const bytes = new Uint8Array(exports.memory.buffer, table, tableSpan);

/** What `isTableOf` says while so many bytes at a place are others. */
function judged(at: number, change: Uint8Array): boolean {
  const before = bytes.slice(at - table, at - table + change.length);
  bytes.set(change, at - table);
  const verdict = isTableOf(field, table, point);
  bytes.set(before, at - table);
  return verdict;
}

const entry = (window: number, multiple: number, length = pointSpan) => {
  const at = placeIn(table, window, multiple) - table;
  return bytes.slice(at, at + length);
};

describe('a table', () => {
  it('has the multiples that it should', () => {
    expect(made).toBe(true);
    for (const [window, multiple] of [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, windowPoints],
      [1, 1],
      [17, 77],
      [windowCount - 1, 1],
    ] as const) {
      const at = placeIn(table, window, multiple);
      const factor = 123456789n * BigInt(multiple) * 2n ** BigInt(windowBits * window);
      const { x, y } = pointOf(factor % n);
      expect([field.read(at), field.read(at + elementSpan)]).toEqual([x, y]);
    }
    expect(isTableOf(field, table, point)).toBe(true);
  });

  it('with one wrong bit, another point of the curve or one turned to its opposite anywhere is not verified', () => {
    const places = [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, windowPoints],
      [1, 1],
      [20, 64],
      [windowCount - 1, windowPoints],
    ] as const;
    const passed: string[] = [];
    for (const [window, multiple] of places) {
      const at = placeIn(table, window, multiple);
      const flipped = entry(window, multiple);
      flipped[(window * 7 + multiple) % 48] = (flipped[(window * 7 + multiple) % 48] as number) ^ 4;
      if (judged(at, flipped)) passed.push(`bit at ${window}, ${multiple}`);
      // Its neighbours, and the last of another window: all of them points of the curve.
      for (const [from, of] of [
        [window, multiple === 1 ? 2 : multiple - 1],
        [window, multiple === 1 ? 3 : 1],
        [7, windowPoints],
      ] as const) {
        if (judged(at, entry(from, of))) passed.push(`${of} of ${from} at ${window}, ${multiple}`);
      }
      const opposite = entry(window, multiple);
      exports.subtract(field.room[0], field.zero, at + elementSpan);
      opposite.set(new Uint8Array(exports.memory.buffer, field.room[0], elementSpan), elementSpan);
      if (judged(at, opposite)) passed.push(`opposite at ${window}, ${multiple}`);
    }
    expect(passed).toEqual([]);
    expect(isTableOf(field, table, point)).toBe(true);
  });

  it('is one of its own point alone', () => {
    expect(isTableOf(field, table, pointOf(2n))).toBe(false);
    expect(isTableOf(field, table, { x: point.x, y: point.y + 1n })).toBe(false);
  });
});
