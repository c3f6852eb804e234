import type { SubjectType } from './subject.ts';

/** Bounds of a value, both included, as numbers under one of the two readings of its bits. */
export interface Range {
  readonly signed: boolean;
  readonly lo: bigint;
  readonly hi: bigint;
}

/** An arc of the circle of 2⁶⁴: what the circuit and the contract compare with. */
export interface Arc {
  readonly from: bigint;
  readonly span: bigint;
}

const widths = { i32: 32, i64: 64 } as const;

/** The least and the greatest number that the type can hold under a reading. */
export function limitsOf(type: SubjectType, signed: boolean): { readonly least: bigint; readonly greatest: bigint } {
  if (type === 'none') return { least: 0n, greatest: 0n };
  const size = 1n << BigInt(widths[type]);
  return signed ? { least: -size / 2n, greatest: size / 2n - 1n } : { least: 0n, greatest: size - 1n };
}

/**
 * The arc of a range: it begins at the bits of `lo` and is `hi − lo` long. Two's complement makes signed order an arc of the same circle as
 * unsigned order, so both are one comparison; 32 bits stand in the upper half of 64, so both widths are. The range must be within the limits.
 */
export function arcOf(type: SubjectType, { lo, hi }: Range): Arc {
  return { from: wordOf(type, lo), span: type === 'i32' ? (hi - lo) << 32n : hi - lo };
}

/** The 64-bit word that stands for a value in a leaf: its bits, those of an i32 in the upper half. */
export function wordOf(type: SubjectType, value: bigint): bigint {
  if (type === 'none') return 0n;
  return type === 'i32' ? BigInt.asUintN(32, value) << 32n : BigInt.asUintN(64, value);
}
