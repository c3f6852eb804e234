import {
  add32,
  below32,
  constant32,
  functionCode,
  functionType,
  get,
  i32,
  leb,
  loop,
  name,
  range,
  repeatIf,
  section,
  set,
  tee,
  wasmModule,
  when,
  type Code,
} from '../bytes/wasmCode.ts';
import { elementSpan, fieldFunctions, type FieldFunction } from './fieldCode.ts';

/**
 * Field and point arithmetic of P-384 as a WebAssembly module. Exports the functions of `fieldCode.ts` over addresses, and
 * `sum(list, end)`: the sum of the affine points at the addresses that stand, 32 bits each, from `list` to `end`, at least one. Where the lowest bit of an
 *   address is set, the point's opposite is taken. The sum is x = X/Z², y = Y/Z³ of what comes to `sumX`, `sumY`, `sumZ`. Complete for everything but adding what
 *   is equal or opposite to the sum so far: then `sumZ` is 0, and stays 0.
 */
export const sumX = 0;
export const sumY = 64;
export const sumZ = 128;
const [zz, s, h, r, hh, v, hhh, turned] = [192, 256, 320, 384, 448, 512, 576, 640] as const;
/** 0 and 1 as elements; the caller writes 1. */
export const zeroAt = 768;
export const oneAt = 832;
/** Behind this, memory is the caller's. */
export const freeAt = 1024;

/** Bytes of an affine point: x, then y. */
export const pointSpan = 2 * elementSpan;

const names = Object.keys(fieldFunctions) as FieldFunction[];
const sumIndex = names.length;
const beginIndex = sumIndex + 1;
const addIndex = sumIndex + 2;

const and32: Code = [0x71];
const copyMemory: Code = [0xfc, 0x0a, 0, 0];
const load32: Code = [0x28, 2, 0];
const at = constant32;

/** The bytes of the module, whose memory has so many pages at first and grows to so many at most. */
export function p384Module(pages: number, most: number): Uint8Array<ArrayBuffer> {
  const codes = names.map((each) => fieldFunctions[each]());
  const count = names.length + 3;
  return wasmModule(
    section(1, [
      count,
      ...codes.flatMap(({ parameters }, index) =>
        functionType(
          range(parameters).map(() => i32),
          names[index] === 'isZero' ? [i32] : [],
        ),
      ),
      ...functionType([i32, i32]),
      ...functionType([i32]),
      ...functionType([i32]),
    ]),
    section(3, [count, ...range(count)]),
    section(5, [1, 1, ...leb(pages), ...leb(most)]),
    section(7, [
      names.length + 2,
      ...name('memory'),
      2,
      0,
      ...names.flatMap((each, index) => [...name(each), 0, index]),
      ...name('sum'),
      0,
      sumIndex,
    ]),
    section(10, [
      count,
      ...joined(codes.map(({ locals, body }) => functionCode(locals, body))),
      ...functionCode([], sumBody()),
      ...functionCode([[1, i32]], beginBody()),
      ...functionCode([[1, i32]], addBody()),
    ]),
  );
}

/** As `flat`, which takes a while for so many bytes. */
function joined(codes: readonly Code[]): Code {
  const all: Code = [];
  for (const code of codes) for (const byte of code) all.push(byte);
  return all;
}

const call = (called: FieldFunction, ...addresses: readonly Code[]): Code => [
  ...addresses.flat(),
  0x10,
  names.indexOf(called),
];

const copy = (to: number, from: Code): Code => [...at(to), ...from, ...at(elementSpan), ...copyMemory];

/** Leaves the address of y of the marked point in the local, behind a mark with its sign turned; the other local is the address without its mark then. */
function readMark(entry: number, y: number): Code {
  const plainY: Code = [...get(entry), ...at(elementSpan), ...add32, ...set(y)];
  const turnedY: Code = [...call('subtract', at(turned), at(zeroAt), get(y)), ...at(turned), ...set(y)];
  return [
    ...get(entry),
    ...at(1),
    ...and32,
    0x04,
    0x40,
    ...get(entry),
    ...at(-2),
    ...and32,
    ...set(entry),
    ...plainY,
    ...turnedY,
    0x05,
    ...plainY,
    0x0b,
  ];
}

function sumBody(): Code {
  const [list, end] = [0, 1] as const;
  const next: Code = [...get(list), ...at(4), ...add32, ...tee(list), ...get(end), ...below32];
  const given = (index: number): Code => [...get(list), ...load32, 0x10, index];
  return [...given(beginIndex), ...next, ...when(loop([...given(addIndex), ...next, ...repeatIf]))];
}

/** One point is its own sum. */
function beginBody(): Code {
  const [entry, y] = [0, 1] as const;
  return [...readMark(entry, y), ...copy(sumX, get(entry)), ...copy(sumY, get(y)), ...copy(sumZ, at(oneAt))];
}

/** 8M + 3S: H = xZ² − X, R = yZ³ − Y, then X' = R² − H³ − 2XH², Y' = R(XH² − X') − YH³, Z' = ZH. */
function addBody(): Code {
  const [entry, y] = [0, 1] as const;
  return [
    ...readMark(entry, y),
    ...call('square', at(zz), at(sumZ)),
    ...call('multiply', at(s), get(y), at(sumZ)),
    ...call('multiplyLess', at(h), get(entry), at(zz), at(sumX)),
    ...call('multiplyLess', at(r), at(s), at(zz), at(sumY)),
    ...call('square', at(hh), at(h)),
    ...call('multiply', at(sumZ), at(sumZ), at(h)),
    ...call('multiply', at(v), at(sumX), at(hh)),
    ...call('multiply', at(hhh), at(h), at(hh)),
    ...call('squareLessTwice', at(sumX), at(r), at(hhh), at(v)),
    ...call('subtract', at(v), at(v), at(sumX)),
    ...call('cross', at(sumY), at(r), at(v), at(sumY), at(hhh)),
  ];
}
