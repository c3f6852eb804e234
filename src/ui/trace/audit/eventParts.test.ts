import { describe, expect, it } from 'vitest';
import { lookupIn, eventToJson } from '../../../core/trace/eventJson.ts';
import { f64, i32, i64, madeEvents, symbols } from '../../../core/trace/trace.fixture.ts';
import type { JsonObject } from '../../../core/bytes/json.ts';
import { eventParts, plainText } from './eventParts.ts';

const lookup = lookupIn(symbols);
const said = (event: JsonObject): string => plainText(eventParts(event, lookup));
const call = { kind: 'call', a: 1, v: 0n } as const;

describe('an event as a sentence', () => {
  it('says what was called, with what, and what came back', () => {
    const event = { ...call, site: 1, values: [i32(6), i64(7n)], results: [i64(42n)] };
    expect(said(eventToJson(event, lookup))).toBe('compute was called with 6 and 7 and returned 42.');
    const scale = { ...call, site: 2, values: [f64(0.5)], results: [f64(-0)] };
    expect(said(eventToJson(scale, lookup))).toBe('scale was called with 0.5 and returned -0.');
    const main = { ...call, site: 3, values: [], results: [] };
    expect(said(eventToJson(main, lookup))).toBe('main was called without arguments and returned nothing.');
  });

  it('says where the code read, and that a branch was taken', () => {
    const [load, branch] = madeEvents(1);
    expect(said(eventToJson(load!, lookup))).toMatch(/^i32\.load8_u in compute read \d+ at address \d+\.$/);
    expect(said(eventToJson(branch!, lookup))).toMatch(/^main came to a branch: taken (true|false)\.$/);
  });

  it('shows what was not disclosed as hidden, each value in its place', () => {
    const event = { event: 'func_call', func: 1, func_name: 'compute', args: { '1': '7' } };
    expect(said(event)).toBe('compute was called with hidden and 7 and returned hidden.');
  });

  it('has a sentence for every sort of event, and leaves no name of a template unfilled', () => {
    for (const event of madeEvents(20)) expect(said(eventToJson(event, lookup))).not.toMatch(/[{}]|undefined/);
    expect(said({ event: 'trap', trap: 'exit', exit_code: 3 })).toBe('The program left with code 3.');
    expect(said({ event: 'trap', trap: 'unreachable' })).toBe('The program was stopped: unreachable.');
  });

  it('never takes a name of the program for a word of its own', () => {
    const odd = { event: 'func_call', func: 1, func_name: '{args}', args: [1], return_value: null };
    expect(eventParts(odd, lookup)[0]).toEqual({ value: '{args}' });
  });
});
