import { FormatError } from '../verdict/auditorError.ts';

/** The types of values, by the codes that WebAssembly gives them (Core Specification 2.0 §5.3). */
export const valueTypes = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
} as const;

export type ValueType = keyof typeof valueTypes;

const typeNames = new Map<number, ValueType>(
  Object.entries(valueTypes).map(([name, code]) => [code, name as ValueType]),
);

/** The type of a code, or undefined. */
export function valueTypeOf(code: number): ValueType | undefined {
  return typeNames.get(code);
}

export function isValueType(name: unknown): name is ValueType {
  return typeof name === 'string' && Object.hasOwn(valueTypes, name);
}

/** A value as it was recorded: its bits, unsigned (128 for a v128). Of a reference only whether it is null is known: 0 null, 1 not. */
export interface TraceValue {
  readonly type: ValueType;
  readonly bits: bigint;
}

const widths: Record<ValueType, number> = { i32: 32, i64: 64, f32: 32, f64: 64, v128: 128, funcref: 1, externref: 1 };

/** How many bits a value of the type has. */
export function bitsOf(type: ValueType): number {
  return widths[type];
}

/** The NaN that stands for all: sign and payload are where engines may differ (Core Specification §4.3.3). */
export const canonicalNaN = { f32: 0x7fc00000n, f64: 0x7ff8000000000000n } as const;

/** What is wrong with the bits, or nothing: more of them than the type has, or a NaN that is not the canonical one. */
export function valueFault({ type, bits }: TraceValue): string | undefined {
  if (bits < 0n || bits >> BigInt(widths[type]) !== 0n) return `${widths[type]} bits of ${type}, found more`;
  if (type !== 'f32' && type !== 'f64') return undefined;
  const isNaN =
    type === 'f32' ? (bits & 0x7fffffffn) > 0x7f800000n : (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n;
  return isNaN && bits !== canonicalNaN[type] ? `the canonical NaN of ${type}, found another` : undefined;
}

/**
 * A value in JSON, which tells its type by itself: i32 a number, i64 a decimal string, floats and vectors `0x` and all digits of their bits
 * (8, 16, 32), references by name. Both are signed, as source code shows them.
 */
export function valueToJson({ type, bits }: TraceValue): number | string {
  switch (type) {
    case 'i32':
      return Number(BigInt.asIntN(32, bits));
    case 'i64':
      return BigInt.asIntN(64, bits).toString();
    case 'funcref':
    case 'externref':
      return bits === 0n ? `null ${type}` : type;
    default:
      return `0x${bits.toString(16).padStart(widths[type] / 4, '0')}`;
  }
}

const hexTypes = new Map<number, ValueType>([
  [8, 'f32'],
  [16, 'f64'],
  [32, 'v128'],
]);

/** The value that `valueToJson` wrote. @throws FormatError for anything else */
export function valueFromJson(json: unknown): TraceValue {
  if (typeof json === 'number') {
    if (Number.isInteger(json) && json >= -(2 ** 31) && json < 2 ** 31 && !Object.is(json, -0)) {
      return { type: 'i32', bits: BigInt.asUintN(32, BigInt(json)) };
    }
  } else if (typeof json === 'string') {
    if (/^(null )?(funcref|externref)$/.test(json)) {
      return { type: json.replace('null ', '') as ValueType, bits: json.startsWith('null') ? 0n : 1n };
    }
    if (/^(0|-?[1-9][0-9]{0,18})$/.test(json)) {
      const number = BigInt(json);
      if (BigInt.asIntN(64, number) === number) return { type: 'i64', bits: BigInt.asUintN(64, number) };
    }
    const type = /^0x[0-9a-f]+$/.test(json) ? hexTypes.get(json.length - 2) : undefined;
    if (type) {
      const value = { type, bits: BigInt(json) };
      const fault = valueFault(value);
      if (fault) throw new FormatError(`Value: expected ${fault}: ${json}.`, 0);
      return value;
    }
  }
  throw new FormatError(
    `Value: expected a number, a decimal string, hex digits of a float or a reference, found ${shown(json)}.`,
    0,
  );
}

/** A float's number where hex digits alone would tell a person nothing; other values as in JSON. For display, never for hashing. */
export function describeValue(value: TraceValue): string {
  if (value.type !== 'f32' && value.type !== 'f64') return String(valueToJson(value));
  const view = new DataView(new ArrayBuffer(8));
  if (value.type === 'f32') view.setUint32(0, Number(value.bits));
  else view.setBigUint64(0, value.bits);
  const number = value.type === 'f32' ? view.getFloat32(0) : view.getFloat64(0);
  return Object.is(number, -0) ? '-0' : String(number);
}

function shown(json: unknown): string {
  const text = JSON.stringify(json) ?? String(json);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
