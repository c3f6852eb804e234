import { type Hex, concat, encodeAbiParameters, keccak256, numberToHex, pad, parseAbiParameters, zeroHash } from 'viem';
import { describe, expect, it } from 'vitest';
import { proofOfExecutionTopics as topics } from './proofOfExecution.ts';
import { proofOfExecutionHash } from './proofOfExecutionHash.ts';
import type { ContractLog } from './runningHashOf.ts';

const owner: Hex = '0x00000000000000000000000000000000000000a1';
const word = (byte: number) => numberToHex(byte, { size: 32 });

/** Logs written out by hand, from the rule in the README and not by the code under test. */
function submission(before: Hex, id: number, text: Hex, block: number): ContractLog & { running: Hex } {
  const content = encodeAbiParameters(
    parseAbiParameters('bytes32, uint256, address, bytes32, bytes32, bytes32, bytes32, uint64, bytes, uint256'),
    [topics.TaskSubmitted, BigInt(id), owner, word(1), word(2), word(3), word(4), 99n, text, BigInt(block)],
  );
  const running = keccak256(concat([before, keccak256(content)]));
  const data = encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes32, bytes32, uint64, bytes, bytes32'), [
    word(1),
    word(2),
    word(3),
    word(4),
    99n,
    text,
    running,
  ]);
  return { topics: [topics.TaskSubmitted, word(id), pad(owner, { size: 32 })], data, block, running };
}

function cancellation(before: Hex, id: number, block: number): ContractLog & { running: Hex } {
  const content = concat([topics.TaskCancelled, word(id), pad(owner, { size: 32 }), word(block)]);
  const running = keccak256(concat([before, keccak256(content)]));
  return { topics: [topics.TaskCancelled, word(id), pad(owner, { size: 32 })], data: running, block, running };
}

const first = submission(zeroHash, 1, '0x6869', 10);
const second = submission(first.running, 2, '0xff80fe', 10);
const third = cancellation(second.running, 1, 12);
const logs = [first, second, third];

describe('the running hash', () => {
  it('is zero before the first event, and then what the contract keeps', () => {
    expect(proofOfExecutionHash([])).toEqual({ count: 0, hash: zeroHash });
    expect(proofOfExecutionHash(logs)).toEqual({ count: 3, hash: third.running });
    expect(proofOfExecutionHash(logs.map((log) => ({ ...log, block: BigInt(log.block) })))).toEqual(
      proofOfExecutionHash(logs),
    );
  });

  it('goes on from where it was left', () => {
    expect(proofOfExecutionHash([third], proofOfExecutionHash([first, second]))).toEqual(proofOfExecutionHash(logs));
  });

  it('takes text as bytes: what is not UTF-8 is not mended', () => {
    expect(proofOfExecutionHash([first, second]).brokenAt).toBeUndefined();
  });

  it('breaks where an event is left out, doubled, swapped, or of another block', () => {
    expect(proofOfExecutionHash([first, third])).toEqual({ count: 1, hash: first.running, brokenAt: 1 });
    expect(proofOfExecutionHash([first, first, second]).brokenAt).toBe(1);
    expect(proofOfExecutionHash([second, first]).brokenAt).toBe(0);
    expect(proofOfExecutionHash([first, { ...second, block: 11 }, third]).brokenAt).toBe(1);
  });

  it('breaks where any byte of an event is another', () => {
    const flip = (hex: Hex, at: number): Hex =>
      `0x${hex.slice(2, 2 + at)}${hex[2 + at] === '0' ? '1' : '0'}${hex.slice(3 + at)}`;
    for (const [index, topic] of second.topics.entries()) {
      for (const at of [0, 40, 63]) {
        const changed = { ...second, topics: second.topics.with(index, flip(topic, at)) };
        expect(proofOfExecutionHash([first, changed]).brokenAt, `topic ${index}, digit ${at}`).toBe(1);
      }
    }
    // Beyond the text's three bytes there is only padding, which no event of the contract has otherwise than zero.
    for (let at = 0; at < second.data.length - 2 - 58; at += 7) {
      expect(proofOfExecutionHash([first, { ...second, data: flip(second.data, at) }]).brokenAt, `digit ${at}`).toBe(1);
    }
  });

  it('breaks, and does not throw, at what is no event of the contract', () => {
    const bad: ContractLog[] = [
      { topics: [], data: '0x', block: 1 },
      { topics: [word(7)], data: '0x', block: 1 },
      { ...first, data: '0x' },
      { ...first, data: first.data.slice(0, 200) as Hex },
      { ...first, data: `0x${'ff'.repeat(320)}` },
      { ...first, topics: first.topics.slice(0, 2) },
      { ...first, topics: [...first.topics, word(1)] },
      { ...first, topics: [topics.TaskSubmitted, '0x01', '0x02'] },
      { ...first, block: -1 },
      { ...first, block: 1.5 },
    ];
    for (const log of bad) expect(proofOfExecutionHash([log])).toEqual({ count: 0, hash: zeroHash, brokenAt: 0 });
  });
});
