import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../../bytes/cbor.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { encodeSuccessor, mayBeSuccessor, parseSuccessor, readSuccessor } from './successorRecord.ts';
import { judgeSuccession, type SuccessionInput } from './judgeSuccession.ts';
import type { ChainPin } from '../../trust/trust.ts';
import type { SequencedBlock } from '../types.ts';

const uint = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const records = fc.record({
  genesis: bytes(32),
  sequencerKey: bytes(44),
  k: uint,
  height: uint,
  timestampHash: bytes(32),
});

describe('record', () => {
  it('comes back as it was, within its bound, and is told from other leaves', () => {
    fc.assert(
      fc.property(records, (record) => {
        const encoded = encodeSuccessor(record);
        expect(parseSuccessor(encoded)).toEqual(record);
        expect(mayBeSuccessor(encoded)).toBe(true);
        expect(encoded.length).toBeLessThanOrEqual(256);
      }),
    );
  });

  it('has one form only', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (record, at, change) => {
        const encoded = encodeSuccessor(record);
        encoded[at % encoded.length]! ^= change;
        let again: Uint8Array | undefined;
        try {
          again = encodeSuccessor(parseSuccessor(encoded));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          expect(readSuccessor(encoded)).toBeUndefined();
        }
        if (again) expect(again).toEqual(encoded);
      }),
    );
  });

  it.each([
    ['one byte more', (all: Uint8Array) => concatBytes(all, new Uint8Array(1))],
    ['one byte less', (all: Uint8Array) => all.subarray(0, -1)],
    ['a field less', () => encodeCbor(['affidavit/successor/1', new Uint8Array(32)])],
    ['another domain', () => encodeCbor(['affidavit/successor/2', new Uint8Array(32), new Uint8Array(44), 0, 0, ''])],
    ['a transaction of a person', () => utf8('affidavit/successor/1')],
    ['no bytes', () => new Uint8Array()],
  ])('is not %s', (_what, change) => {
    const record = { genesis: new Uint8Array(32), sequencerKey: new Uint8Array(44), k: 1, height: 1 };
    const leaf = change(encodeSuccessor({ ...record, timestampHash: new Uint8Array(32) }));
    expect(() => parseSuccessor(leaf)).toThrow(FormatError);
    expect(readSuccessor(leaf)).toBeUndefined();
  });
});

const hash = (digit: string): string => digit.repeat(64);
const block = (k: number): SequencedBlock => ({
  k,
  height: k,
  block: hash('b'),
  timestampHash: hash(String(k)),
  parent: hash('0'),
  time: 1,
  leaves: 1,
});
const chain = [block(0), block(1), block(2)];
const old: SuccessionInput = {
  chain: 'old',
  genesis: hash('a'),
  stop: { reason: 'end as shown' },
  tip: block(2),
  highest: 3,
  predecessor: null,
  mainChain: chain,
};
const record = { genesis: hash('a'), sequencerKey: 'key', k: 3, height: 2, timestampHash: hash('2') };
const young: SuccessionInput = { ...old, chain: 'young', genesis: hash('c'), predecessor: record, highest: 1 };
const second: SuccessionInput = { ...young, chain: 'second', genesis: hash('d') };
const pins: ChainPin[] = [
  { name: 'old', genesis: hash('a'), sequencerKey: 'key' },
  { name: 'young', genesis: hash('c') },
  { name: 'second', genesis: hash('d') },
];

/** Status of the check and codes of all children that do not pass, by the chain's name. */
function judged(audits: readonly SuccessionInput[], pinned = pins): Record<string, unknown> {
  const found = judgeSuccession(audits, pinned);
  return Object.fromEntries(
    audits.flatMap(({ chain: name, genesis }): [string, unknown][] => {
      const { check, note } = found.get(genesis ?? '') ?? {};
      if (!check) return note ? [[name, note.code]] : [];
      const open = (check.children ?? []).filter(({ status }) => status !== 'pass').map(({ code }) => code);
      return [[name, [check.status, ...open]]];
    }),
  );
}

describe('between chains', () => {
  it('nothing is said where no chain names another', () => expect(judged([old])).toEqual({}));

  it('a record that fits passes, and the predecessor stays as it was', () =>
    expect(judged([old, young])).toEqual({ young: ['pass'] }));

  it.each([
    ['another key', { record: { sequencerKey: 'other' } }, { young: ['fail', 'CHAIN_SUCCESSOR_KEY'] }],
    [
      'later attestations of the predecessor',
      { old: { highest: 4 } },
      { young: ['fail', 'CHAIN_SUCCESSOR_LATER'], old: ['fail', 'CHAIN_SUCCESSOR_LATER'] },
    ],
    [
      'a truncated tail',
      { record: { k: 1, height: 1, timestampHash: hash('1') } },
      { young: ['fail', 'CHAIN_SUCCESSOR_LATER', 'CHAIN_SUCCESSOR_TAIL'], old: ['fail', 'CHAIN_SUCCESSOR_LATER'] },
    ],
    [
      'another block at its height',
      { record: { timestampHash: hash('9') } },
      { young: ['fail', 'CHAIN_SUCCESSOR_TAIL'] },
    ],
    [
      'the end of a block before, under the right number',
      { record: { height: 1, timestampHash: hash('1') } },
      { young: ['fail', 'CHAIN_SUCCESSOR_TAIL'] },
    ],
    [
      'a predecessor that is not shown to its end',
      { old: { stop: { reason: 'gap', k: 2 }, tip: block(1), mainChain: chain.slice(0, 2) } },
      { young: ['unknown', 'CHAIN_SUCCESSOR_TAIL'] },
    ],
    [
      'a predecessor whose last ones are hidden',
      { old: { highest: 1, tip: block(1), mainChain: chain.slice(0, 2) } },
      { young: ['unknown', 'CHAIN_SUCCESSOR_LATER', 'CHAIN_SUCCESSOR_TAIL'] },
    ],
  ] as const)('%s', (_what, change: Change, expected) => {
    const follower = { ...young, predecessor: { ...record, ...change.record } };
    expect(judged([{ ...old, ...change.old }, follower])).toEqual(expected);
    expect(judged([follower, { ...old, ...change.old }])).toEqual(expected);
  });

  it('two successors fail, and so does their predecessor', () => {
    const fault = ['fail', 'CHAIN_SUCCESSOR_SINGLE'];
    expect(judged([old, young, second])).toEqual({ old: fault, young: fault, second: fault });
    expect(judged([young, second])).toEqual({ young: fault, second: fault });
  });

  it('a predecessor that is not pinned, or not read, is a remark', () => {
    expect(judged([young], pins.slice(1))).toEqual({ young: 'CHAIN_SUCCESSOR_UNPINNED' });
    expect(judged([young])).toEqual({ young: 'CHAIN_SUCCESSOR_UNREAD' });
  });

  it('a chain in the middle is judged on both sides', () => {
    const third = {
      ...young,
      chain: 'second',
      genesis: hash('d'),
      predecessor: { ...record, genesis: hash('c'), k: 0 },
    };
    expect(judged([old, young, third])).toMatchObject({
      young: ['fail', 'CHAIN_SUCCESSOR_LATER'],
      second: ['fail', 'CHAIN_SUCCESSOR_KEY', 'CHAIN_SUCCESSOR_LATER'],
    });
  });
});

interface Change {
  readonly record?: Partial<typeof record>;
  readonly old?: Partial<SuccessionInput>;
}
