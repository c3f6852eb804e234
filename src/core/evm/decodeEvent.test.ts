import fc from 'fast-check';
import { encodeAbiParameters, pad, parseAbi, toEventSelector, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { fill } from '../verdict/messages.ts';
import { checkEvent, decodeEvent } from './decodeEvent.ts';
import { evmContractMessages } from './contractMessages.en.ts';
import type { ProvenEvent } from './events.ts';
import type { Hex } from './hex.ts';

const abi = parseAbi([
  'event Done(uint256 indexed id, address indexed by, uint64 at, bool good, string note)',
  'event Empty()',
]);
const [done, empty] = [toEventSelector('Done(uint256,address,uint64,bool,string)'), toEventSelector('Empty()')];
const by: Hex = `0x${'ab'.repeat(20)}`;
const data = encodeAbiParameters([{ type: 'uint64' }, { type: 'bool' }, { type: 'string' }], [9n, true, 'ok']);
const topics = [done, toHex(7, { size: 32 }), pad(by)] as const;
const event = (more: Partial<ProvenEvent> = {}): ProvenEvent => ({
  block: 3,
  blockHash: `0x${'00'.repeat(32)}`,
  timestamp: 1,
  transactionIndex: 0,
  logIndex: 2,
  address: by,
  topics,
  data,
  ...more,
});

describe('events under an interface', () => {
  it('are read with their names and values', () => {
    const { name, args } = decodeEvent(abi, event());
    expect({ name, args }).toMatchObject({ name: 'Done', args: { id: 7n, at: 9n, good: true, note: 'ok' } });
    expect(decodeEvent(abi, event({ topics: [empty], data: '0x' })).name).toBe('Empty');
  });

  const word = (index: number, value: Hex): Hex =>
    `0x${data.slice(2, 2 + index * 64)}${value.slice(2)}${data.slice(2 + (index + 1) * 64)}`;

  it.each([
    ['of another interface', { topics: [toHex(1, { size: 32 })] }],
    ['without topics', { topics: [] }],
    ['with a topic too few', { topics: topics.slice(0, 2) }],
    ['with a topic too many', { topics: [...topics, topics[1]] }],
    ['with a number that its type cannot hold', { data: word(0, toHex(2n ** 64n, { size: 32 })) }],
    ['with a truth that is neither', { data: word(1, toHex(2, { size: 32 })) }],
    ['with bits beside an address', { topics: [topics[0], topics[1], `0x01${topics[2].slice(4)}` as Hex] }],
    ['cut off', { data: data.slice(0, -64) as Hex }],
    ['with bytes behind its values', { data: `${data}00` as Hex }],
    ['whose text points elsewhere', { data: word(2, toHex(2n ** 200n, { size: 32 })) }],
    ['with data where there is none', { topics: [empty], data: '0x00' as Hex }],
  ])('%s: EVM_EVENT fails', (_, more) => {
    const { check, decoded } = checkEvent(abi, event(more));
    expect(check).toMatchObject({ code: 'EVM_EVENT', status: 'fail', params: { number: 3, log: 2 } });
    expect(decoded).toBeUndefined();
    expect(fill(evmContractMessages.EVM_EVENT?.fail ?? '', check.params)).not.toMatch(/\{\w+\}/);
  });

  it('holds otherwise, text that is not UTF-8 included', () => {
    expect(checkEvent(abi, event()).check).toMatchObject({ code: 'EVM_EVENT', status: 'pass' });
    const bytes = encodeAbiParameters([{ type: 'uint64' }, { type: 'bool' }, { type: 'bytes' }], [9n, true, '0xff']);
    expect(checkEvent(abi, event({ data: bytes })).check.status).toBe('pass');
  });

  it('of any bytes: values or a FormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
        try {
          decodeEvent(abi, event({ data: toHex(bytes) }));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
