import { inverse, isOnCurve, p, powersOf, type Point } from './curve.ts';
import { elementSpan } from './fieldCode.ts';
import type { FieldArithmetic } from './fieldArithmetic.ts';
import { pointSpan } from './p384Module.ts';

/** Bits of a window. A digit is from −127 to 128, so a table has 128 multiples of each power of 2⁸: 256 would be the double for nothing but a sign. */
export const windowBits = 8;
export const windowPoints = 2 ** (windowBits - 1);
/** 49 · 8 = 392 bits: those to spare take the carry of the highest digit. */
export const windowCount = 49;
/** Bytes of a table. */
export const tableSpan = windowCount * windowPoints * pointSpan;

/** Where in a table stands `multiple` · 2^(8 · `window`) of its point; x comes first, y behind it. */
export function placeIn(table: number, window: number, multiple: number): number {
  return table + (window * windowPoints + multiple - 1) * pointSpan;
}

/**
 * Writes the table of a point and verifies it. False where the point is not on the curve, or the table is not what it must be: then nothing may be read from it.
 */
export function writeTable(field: FieldArithmetic, table: number, point: Point): boolean {
  if (!isOnCurve(point)) return false;
  powersOf(point, windowBits, windowCount).forEach(({ x, y }, window) => {
    const at = placeIn(table, window, 1);
    field.write(at, x);
    field.write(at + elementSpan, y);
  });
  for (let known = 1; known < windowPoints; known *= 2) if (!extend(field, table, known)) return false;
  return isTableOf(field, table, point);
}

/**
 * Makes of the first `known` multiples in each window as many more: the greatest is added to each of the others, and doubled. Affine, with one inversion for all
 * windows together: until that is done, x of each new point holds the product of all denominators so far and y its own.
 */
function extend(field: FieldArithmetic, table: number, known: number): boolean {
  const { exports, one, zero, three, room } = field;
  const [left, inverted, slope, turned] = room;
  let last: number = one;
  for (let window = 0; window < windowCount; window++) {
    const greatest = placeIn(table, window, known);
    for (let multiple = 1; multiple <= known; multiple++) {
      const made = placeIn(table, window, known + multiple);
      if (multiple === known) {
        exports.subtract(turned, zero, greatest + elementSpan);
        exports.subtract(made + elementSpan, greatest + elementSpan, turned);
      } else exports.subtract(made + elementSpan, placeIn(table, window, multiple), greatest);
      exports.multiply(made, last, made + elementSpan);
      last = made;
    }
  }
  const reciprocal = inverse(field.read(last), p);
  if (reciprocal === undefined) return false;
  field.write(left, reciprocal);
  for (let window = windowCount - 1; window >= 0; window--) {
    const greatest = placeIn(table, window, known);
    for (let multiple = known; multiple > 0; multiple--) {
      const made = placeIn(table, window, known + multiple);
      const summand = placeIn(table, window, multiple);
      const before = multiple > 1 ? made - pointSpan : window > 0 ? placeIn(table, window - 1, 2 * known) : one;
      exports.multiply(inverted, left, before);
      exports.multiply(left, left, made + elementSpan);
      if (multiple === known) {
        exports.square(slope, summand);
        exports.multiplyLess(slope, slope, three, three);
      } else exports.subtract(slope, summand + elementSpan, greatest + elementSpan);
      exports.multiply(slope, slope, inverted);
      exports.squareLess(made, slope, summand, greatest);
      // Times one: what was subtracted would add up over the table's seven steps.
      exports.multiply(made, made, one);
      exports.subtract(turned, greatest, made);
      exports.multiplyLess(made + elementSpan, slope, turned, greatest + elementSpan);
      exports.multiply(made + elementSpan, made + elementSpan, one);
    }
  }
  return true;
}

/**
 * Whether the table is this point's, by another way than it was made: its first entry is the point; each other is on the curve, and is the sum of its
 * neighbour and the window's first (or, for the second and for the first of the next window, a double), since the line through both goes through its opposite.
 * Three points of the curve on one line have the sum 0 where no two of them are the same, which is looked at as well. So a wrong entry cannot pass.
 */
export function isTableOf(field: FieldArithmetic, table: number, point: Point): boolean {
  const first = placeIn(table, 0, 1);
  if (field.read(first) !== point.x || field.read(first + elementSpan) !== point.y || !isOnCurve(point)) return false;
  for (let window = 0; window < windowCount; window++) {
    const power = placeIn(table, window, 1);
    if (!isDouble(field, placeIn(table, window, 2), power)) return false;
    for (let multiple = 3; multiple <= windowPoints; multiple++) {
      const sum = placeIn(table, window, multiple);
      if (!isSum(field, sum, sum - pointSpan, power)) return false;
    }
    if (window + 1 < windowCount) {
      if (!isDouble(field, placeIn(table, window + 1, 1), placeIn(table, window, windowPoints))) return false;
    }
  }
  return true;
}

function isSum(field: FieldArithmetic, sum: number, one: number, other: number): boolean {
  const { exports, room } = field;
  const [across, up] = room;
  exports.subtract(across, other, one);
  exports.subtract(up, one + elementSpan, other + elementSpan);
  return isOnLine(field, sum, one, other, across, up);
}

function isDouble(field: FieldArithmetic, double: number, of: number): boolean {
  const { exports, room, three, zero } = field;
  const [across, up] = room;
  // The tangent: 2y across, 3x² − 3 up, whose sign is turned here.
  exports.subtract(across, zero, of + elementSpan);
  exports.subtract(across, of + elementSpan, across);
  exports.square(up, of);
  exports.multiplyLess(up, up, three, three);
  exports.subtract(up, zero, up);
  return isOnLine(field, double, of, of, across, up);
}

/** Whether `sum` is on the curve, its opposite on the line through `one` (and `other`) with this slope, `up` with its sign turned, and apart from both. */
function isOnLine(
  field: FieldArithmetic,
  sum: number,
  one: number,
  other: number,
  across: number,
  up: number,
): boolean {
  const { exports, room, zero, three, coefficient } = field;
  const [, , along, height, apart] = room;
  exports.subtract(along, sum, one);
  exports.subtract(apart, sum, other);
  exports.multiply(apart, apart, along);
  if (exports.isZero(apart) !== 0 || exports.isZero(across) !== 0) return false;
  exports.subtract(height, zero, one + elementSpan);
  exports.subtract(height, sum + elementSpan, height);
  exports.cross(height, up, along, across, height);
  if (exports.isZero(height) !== 1) return false;
  // x(x² − 3) + b − y²
  exports.squareLess(along, sum, three, zero);
  exports.cross(along, sum, along, sum + elementSpan, sum + elementSpan);
  exports.subtract(along, along, coefficient);
  return exports.isZero(along) === 1;
}
