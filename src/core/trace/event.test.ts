import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { decodeEvent, decodeEvents, encodeEvent, eventLength, type TraceEvent } from './event.ts';
import { eventFromJson, eventText, eventToJson, lookupIn, parseEventText, type SymbolLookup } from './eventJson.ts';
import { isSite, type FunctionSymbol, type SiteSymbol } from './symbols.ts';
import { anyEvent, f64, i32, i64, madeEvents, symbols } from './trace.fixture.ts';
import { describeValue, valueFromJson, valueToJson } from './value.ts';

const compute: TraceEvent = { kind: 'call', site: 1, a: 2, v: 7n, values: [i32(-5), i64(-6n)], results: [i64(11n)] };
const computeHex =
  '01010000020000000700000000000000' +
  '807f000000000000fbffffff00000000' +
  '807e000001000000faffffffffffffff' +
  '807e0000000000800b00000000000000';
const computeText =
  '{"args":[-5,"-6"],"depth":2,"event":"func_call","func":1,"func_name":"compute","return_value":"11","span":"7"}';

function lookupOf(symbol: FunctionSymbol | SiteSymbol): SymbolLookup {
  return {
    functionAt: (index) => (!isSite(symbol) && symbol.index === index ? symbol : undefined),
    siteAt: (site) => (isSite(symbol) && symbol.site === site ? symbol : undefined),
  };
}

describe('an event', () => {
  it('is these bytes and this text', () => {
    expect(toHex(encodeEvent(compute))).toBe(computeHex);
    expect(eventText(compute, lookupIn(symbols))).toBe(computeText);
  });

  it('is the same in records and in JSON, both ways', () => {
    fc.assert(
      fc.property(anyEvent(), ({ event, symbol }) => {
        const bytes = encodeEvent(event);
        expect(decodeEvent(bytes)).toEqual(event);
        const lookup = lookupOf(symbol);
        let text: string;
        try {
          text = eventText(event, lookup);
        } catch (error) {
          // Half a surrogate pair in a name.
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        expect(parseEventText(text, lookup)).toEqual(event);
        expect(encodeEvent(parseEventText(text, lookup))).toEqual(bytes);
      }),
      { numRuns: 400 },
    );
  });

  it('has one text for its bytes and one row of bytes for its text', () => {
    const lookup = lookupIn(symbols);
    for (const event of madeEvents(20)) expect(eventFromJson(eventToJson(event, lookup), lookup)).toEqual(event);
  });

  it('of floats says the bits', () => {
    expect(valueToJson(f64(1.5))).toBe('0x3ff8000000000000');
    expect(describeValue(f64(1.5))).toBe('1.5');
    expect(describeValue(f64(-0))).toBe('-0');
    expect(describeValue({ type: 'f32', bits: 0x40490fdbn })).toBe('3.1415927410125732');
    expect(valueFromJson('0x7fc00000')).toEqual({ type: 'f32', bits: 0x7fc00000n });
    for (const text of [
      '0x7fa00001',
      '0xFF',
      '0x1',
      '1.5',
      '+1',
      '-0',
      '9223372036854775808',
      1.5,
      2 ** 31,
      -0,
      null,
      true,
    ]) {
      expect(() => valueFromJson(text), String(text)).toThrow(FormatError);
    }
  });

  it('ends where the next begins', () => {
    const bytes = concatBytes(...[compute, compute].map(encodeEvent));
    expect(eventLength(bytes, 0, false)).toBe(64);
    expect(eventLength(bytes, 64, false)).toBe(0);
    expect(eventLength(bytes, 64, true)).toBe(64);
    expect(decodeEvents(bytes)).toEqual([compute, compute]);
  });
});

describe('records that say no event', () => {
  const cases: readonly [string, (bytes: Uint8Array) => Uint8Array, number][] = [
    ['a kind of event', (bytes) => bytes.with(0, 0x7e), 0],
    ['the head of an event', (bytes) => bytes.subarray(16), 0],
    ['whole records', (bytes) => bytes.subarray(0, 63), 0],
    ['a type', (bytes) => bytes.with(17, 0x11), 16],
    ['position 0', (bytes) => bytes.with(20, 1), 20],
    ['results behind all values', (bytes) => concatBytes(bytes, bytes.subarray(16, 32)), 64],
    ['32 bits of i32', (bytes) => bytes.with(28, 1), 24],
  ];

  it.each(cases)('are named: %s', (expected, edit, offset) => {
    const bytes = edit(encodeEvent(compute));
    expect(() => decodeEvents(bytes)).toThrow(expected);
    try {
      decodeEvents(bytes);
    } catch (error) {
      expect((error as FormatError).offset).toBe(offset);
    }
  });

  it('are refused for fields that the kind has no use for', () => {
    const branch: TraceEvent = { kind: 'branch', site: 3, a: 0, v: 0n, values: [], results: [] };
    expect(decodeEvent(encodeEvent(branch))).toEqual(branch);
    for (const at of [4, 8, 15]) expect(() => decodeEvent(encodeEvent(branch).with(at, 1))).toThrow(FormatError);
    expect(() => decodeEvent(concatBytes(encodeEvent(branch), encodeEvent(compute).subarray(16, 32)))).toThrow(
      'without values',
    );
  });

  const nothing = { site: 0, a: 0, v: 0n, values: [], results: [] };
  const trap: TraceEvent = { kind: 'trap', ...nothing, site: 1 };
  it.each<readonly [string, TraceEvent, Partial<TraceEvent>]>([
    ['a trap that has no name', trap, { site: 10 }],
    ['a code of a trap that is no exit', trap, { v: 1n }],
    ['a code of more than 32 bits', { ...trap, site: 9, v: 7n }, { v: 2n ** 32n }],
    ['a condition that is neither 0 nor 1', { kind: 'branchIf', ...nothing, site: 3 }, { v: 2n }],
    ['an index of more than 32 bits', { kind: 'branchTable', ...nothing, site: 3 }, { v: 2n ** 32n }],
    ['more pages than there are', { kind: 'memoryGrow', ...nothing, site: 3 }, { v: 2n ** 32n }],
  ])('are refused for %s', (_, right, change) => {
    expect(decodeEvent(encodeEvent(right))).toEqual(right);
    expect(() => encodeEvent({ ...right, ...change })).toThrow(FormatError);
  });

  it('are refused for a v128 whose halves are not of one value', () => {
    const wide: TraceEvent = { ...compute, values: [{ type: 'v128', bits: 2n ** 100n }], results: [] };
    const bytes = encodeEvent(wide);
    expect(decodeEvent(bytes)).toEqual(wide);
    // Another type, another place, and no second half at all.
    expect(() => decodeEvent(bytes.with(33, 0x7e))).toThrow('the high half');
    expect(() => decodeEvent(bytes.with(36, 1))).toThrow('the high half');
    expect(() => decodeEvent(bytes.subarray(0, 32))).toThrow(FormatError);
  });

  it('of any bytes are events or a FormatError, and events are those bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 160 }), fc.nat(63), fc.nat(255), (random, at, byte) => {
        for (const bytes of [random, encodeEvent(compute).with(at, byte)]) {
          try {
            expect(concatBytes(...decodeEvents(bytes).map(encodeEvent))).toEqual(Uint8Array.from(bytes));
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('texts that say no event', () => {
  it.each([
    ['another function’s name', computeText.replace('compute', 'scale')],
    ['a type that the function does not have', computeText.replace('-5', '"-5"')],
    ['one member more', computeText.replace('{', '{"a":1,')],
    ['one member less', computeText.replace('"depth":2,', '')],
    ['another kind', computeText.replace('func_call', 'function_call')],
    ['a result in a list', computeText.replace('"11"', '["11"]')],
    ['a function that the symbols do not have', computeText.replace('"func":1', '"func":9')],
    ['not canonical', computeText.replace(',', ', ')],
  ])('are refused: %s', (_, text) => {
    expect(() => parseEventText(text, lookupIn(symbols))).toThrow(FormatError);
  });
});
