import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { encodeBlock, parseBlock, zeroHash } from './block.ts';
import { limits } from './limits.ts';
import { parseName, sequenceName, tupleName } from './names.ts';
import { encodeSequence, parseSequence, sequenceMessage } from './sequence.ts';
import { commitToRoot, encodeTree, merkleCommitment, parseTree, transactionHash } from './tree.ts';
import { encodeTuple, parseTuple } from './tuple.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const block = fc.record({ u: bytes(16), merkle: bytes(32), parent: bytes(32) });

describe('formats of the chain', () => {
  it('a block is 87 bytes that come out as they went in', () => {
    fc.assert(
      fc.property(block, (value) => {
        const encoded = encodeBlock(value);
        expect(encoded).toHaveLength(87);
        expect(parseBlock(encoded)).toEqual(value);
      }),
    );
  });

  it('a block written by hand hashes to a fixed value', () => {
    const encoded = encodeBlock({
      u: new Uint8Array(16).fill(1),
      merkle: new Uint8Array(32).fill(2),
      parent: zeroHash,
    });
    const byHand = `840150${'01'.repeat(16)}5820${'02'.repeat(32)}5820${'00'.repeat(32)}`;
    expect(toHex(encoded)).toBe(byHand);
  });

  it('a sequence comes out as it went in and signs genesis, y and eight bytes of k', () => {
    fc.assert(
      fc.property(bytes(48), fc.maxSafeNat(), bytes(64), (y, k, g) => {
        expect(parseSequence(encodeSequence({ y, k, g }))).toEqual({ y, k, g });
      }),
    );
    const message = sequenceMessage(new Uint8Array(32).fill(3), new Uint8Array(48).fill(4), 258);
    expect(toHex(message)).toBe(
      `${toHex(utf8('affidavit/sequence/1'))}${'03'.repeat(32)}${'04'.repeat(48)}0000000000000102`,
    );
  });

  it('m^H commits to the leaf count, and to the order', () => {
    const hashes = [utf8('a'), utf8('b')].map(transactionHash);
    const [a, b] = hashes as [Uint8Array, Uint8Array];
    const leaf = (hash: Uint8Array): Uint8Array => sha3(concatBytes(Uint8Array.of(0), hash));
    const root = sha3(concatBytes(Uint8Array.of(1), leaf(a), leaf(b)));
    expect(merkleCommitment(hashes)).toEqual(sha3(concatBytes(fromHex('020000000000000002'), root)));
    expect(commitToRoot(root, 3)).not.toEqual(merkleCommitment(hashes));
    expect(merkleCommitment([b, a])).not.toEqual(merkleCommitment(hashes));
  });

  it('trees and tuples come out as they went in; an empty tree is none', () => {
    const transactions = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(transactions, block, (leaves, made) => {
        expect(parseTree(encodeTree(leaves))).toEqual(leaves);
        const tuple = parseTuple(encodeTuple({ transactions: leaves, block: made, timestamp: 'a.b.c' }));
        expect(tuple).toEqual({ transactions: leaves, blockBytes: encodeBlock(made), timestamp: 'a.b.c' });
      }),
    );
    expect(() => parseTree(encodeTree([]))).toThrow(FormatError);
    expect(() => merkleCommitment([])).toThrow(RangeError);
    const made = { u: new Uint8Array(16), merkle: zeroHash, parent: zeroHash };
    expect(parseTuple(encodeTuple({ transactions: [], block: made, timestamp: 't' })).transactions).toBeNull();
  });

  it.each<[string, (bytes: Uint8Array) => unknown, CborValue]>([
    ['a block of another version', parseBlock, [2, new Uint8Array(16), zeroHash, zeroHash]],
    ['a block with one field too many', parseBlock, [1, new Uint8Array(16), zeroHash, zeroHash, 0]],
    ['a block with a short hash', parseBlock, [1, new Uint8Array(16), zeroHash, new Uint8Array(31)]],
    ['a sequence of another domain', parseSequence, ['affidavit/hold/1', new Uint8Array(48), 0, new Uint8Array(64)]],
    [
      'a sequence with a text for a number',
      parseSequence,
      ['affidavit/sequence/1', new Uint8Array(48), '0', new Uint8Array(64)],
    ],
    ['a tuple without a block', parseTuple, [1, [1, [zeroHash]], [], 't']],
    ['a tree with a number for a leaf', parseTree, [1, [1]]],
  ])('%s is refused', (_, parse, value) => {
    expect(() => parse(encodeCbor(value))).toThrow(FormatError);
  });

  it('whatever the bytes, a parser returns or throws a FormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        for (const parse of [parseBlock, parseSequence, parseTree, parseTuple]) {
          try {
            parse(input);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }
      }),
    );
  });

  it('a transaction above the bound is refused where the tree is read', () => {
    const long = encodeTree([new Uint8Array(limits.transaction + 1)]);
    expect(() => parseTree(long)).toThrow(/at most 16777216 bytes/);
  });

  it('names are read back, and nothing else is a name', () => {
    const chain = 'ab'.repeat(32);
    const hash = 'cd'.repeat(32);
    expect(parseName(chain, sequenceName(chain, 17))).toEqual({ seq: 17 });
    expect(parseName(chain, tupleName(chain, hash))).toEqual({ tuple: hash });
    for (const rest of [
      'seq/017',
      'seq/-1',
      'seq/1/2',
      'seq/',
      'seq/99999999999999999',
      `tuple/${hash.toUpperCase()}`,
      'x',
    ]) {
      expect(parseName(chain, `${chain}/${rest}`)).toBeUndefined();
    }
    expect(parseName(chain, sequenceName(hash, 1))).toBeUndefined();
  });
});
