import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../verdict/auditorError.ts';
import { encodeHold, parseHold, type HoldStatement } from './holdStatement.ts';
import { judgeHolds } from './judgeHolds.ts';
import type { ChainPin } from '../../trust/trust.ts';
import type { SequencedBlock } from '../types.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const statements = fc.record({
  bucket: text,
  names: fc.array(text, { maxLength: 5 }),
  mode: text,
  until: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
});

describe('statement', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        const encoded = encodeHold(statement);
        if (encoded.length <= 1024) expect(parseHold(encoded)).toEqual(statement);
        else expect(() => parseHold(encoded)).toThrow(FormatError);
      }),
    );
  });

  it('has one form only', () => {
    fc.assert(
      fc.property(statements, fc.nat(), fc.integer({ min: 1, max: 255 }), (statement, at, change) => {
        const encoded = encodeHold({ ...statement, names: statement.names.slice(0, 2) });
        encoded[at % encoded.length]! ^= change;
        let again: Uint8Array | undefined;
        try {
          again = encodeHold(parseHold(encoded));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
        if (again) expect(again).toEqual(encoded);
      }),
    );
  });
});

const genesis = 'ab'.repeat(32);
const block: SequencedBlock = {
  k: 1,
  height: 1,
  block: '',
  timestampHash: 'cd'.repeat(32),
  parent: '',
  time: 0,
  leaves: 1,
};
const names = [`${genesis}/seq/1`, `${genesis}/tuple/${block.timestampHash}`];
const pin: ChainPin = {
  name: 'test',
  genesis,
  buckets: [{ url: 'https://one.example' }, { url: 'https://two.example' }],
};
const good: HoldStatement = { bucket: 'https://one.example', names, mode: 'compliance', until: 2_000_000_000 };
const two = { bucket: 'https://two.example' };
const said = (...made: (Partial<HoldStatement> & { readonly time?: number })[]) =>
  judgeHolds(pin, [block], {
    refused: [],
    holds: made.map(({ time = 1_800_000_000, ...changes }) => ({
      statement: { ...good, ...changes },
      time,
      object: '',
      length: 1,
    })),
  });
const statuses = (check: ReturnType<typeof said>) => [
  check.status,
  ...(check.children ?? []).map(({ status }) => status),
];

describe('judgement', () => {
  it('passes where every bucket is attested, and says how much is covered', () => {
    const check = said({}, { ...two, names: names.slice(1) });
    expect(statuses(check)).toEqual(['pass', 'pass', 'pass']);
    expect(check.params).toEqual({ covered: 2, total: 2, buckets: 2 });
    expect(check.children?.[1]?.params).toMatchObject({ covered: 1, total: 2, until: '2033-05-18' });
  });

  it('cannot tell where a bucket is not attested, or none is, or there are none', () => {
    expect(statuses(said({}))).toEqual(['unknown', 'pass', 'unknown']);
    expect(statuses(said())).toEqual(['unknown', 'unknown', 'unknown']);
    expect(judgeHolds({ ...pin, buckets: [] }, [block], { holds: [], refused: [] }).status).toBe('unknown');
  });

  it.each([
    ['another mode', [{ mode: 'governance' }], 'governance'],
    ['no mode', [{ mode: 'none', until: 0 }], 'none'],
    ['a date that was over', [{ until: 1_800_000_000 }], 'ended on 2027-01-15'],
    ['one of two with another mode', [{}, { mode: 'governance' }], 'governance'],
    ['a later one with an earlier date', [{}, { until: 1_900_000_000, time: 1_800_000_001 }], 'a later attestation'],
  ])('fails for %s', (_what, made, words) => {
    const check = said(...made, two);
    expect(statuses(check)).toEqual(['fail', 'fail', 'pass']);
    expect(check.children?.[0]?.params?.problem).toContain(words);
  });

  it('a longer hold later, and an earlier date over more names, contradict nothing', () => {
    expect(said({}, { until: 2_000_000_001, time: 1_800_000_001 }, two).status).toBe('pass');
    const first = { names: names.slice(0, 1) };
    expect(said(first, { until: 1_900_000_000, time: 1_800_000_001 }, two).status).toBe('pass');
  });

  it.each([
    ['a prefix', [`${genesis}/`]],
    ['an object of another chain', [`${'00'.repeat(32)}/seq/1`]],
    ['a number that the chain does not show', [`${genesis}/seq/2`]],
    ['no name', []],
  ])('%s covers nothing', (_what, covered) =>
    expect(statuses(said({ names: covered }, two))).toEqual(['unknown', 'unknown', 'pass']),
  );
});
