import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { determinant } from './gf256.ts';
import { limits } from './limits.ts';
import { coefficientsFor, encodeShards, parseShard, pieceLength, triples } from './shard.ts';

const object = utf8('an object of some length');
const shards = encodeShards(object);

/** A shard with some fields replaced. */
function shardWith(changes: {
  version?: number;
  object?: Uint8Array;
  length?: number;
  coefficients?: Uint8Array;
  payload?: Uint8Array;
}) {
  const shard = parseShard(shards[0]!);
  return encodeCbor([
    changes.version ?? 1,
    changes.object ?? shard.object,
    changes.length ?? shard.length,
    changes.coefficients ?? shard.coefficients,
    changes.payload ?? shard.payload,
  ]);
}

function faultOf(bytes: Uint8Array): FormatError {
  try {
    parseShard(bytes);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('the shard was read');
}

describe('coefficientsFor', () => {
  it('takes the first three bytes of the hash of prefix, object, index and counter, with the least counter that makes all triples invertible', () => {
    for (let number = 0; number < 60; number++) {
      const digest = sha3(Uint8Array.of(number));
      const draw = (counter: number) =>
        [0, 1, 2, 3, 4, 5].map((index) =>
          sha3(concatBytes(utf8('affidavit/rlnc/1'), digest, Uint8Array.of(index, 0, 0, 0, counter))).subarray(0, 3),
        );
      const isGood = (vectors: Uint8Array[]) =>
        triples.every(([a, b, c]) => determinant(vectors[a]!, vectors[b]!, vectors[c]!) !== 0);
      let counter = 0;
      while (!isGood(draw(counter))) counter++;
      expect(coefficientsFor(digest).map(toHex)).toEqual(draw(counter).map(toHex));
    }
  });

  it('draws again for an object whose first draw has a dependent triple', () => {
    const redrawn = Array.from({ length: 60 }, (_, number) => sha3(Uint8Array.of(number))).filter((digest) => {
      const first = sha3(concatBytes(utf8('affidavit/rlnc/1'), digest, new Uint8Array(5))).subarray(0, 3);
      return toHex(coefficientsFor(digest)[0]!) !== toHex(first);
    });
    expect(redrawn.length).toBeGreaterThan(0);
    expect(redrawn.length).toBeLessThan(20);
  });

  it('stays the same for ever', () => {
    // Reckoned once with an independent program.
    expect(coefficientsFor(new Uint8Array(32)).map(toHex)).toEqual([
      'ae43a3',
      '542591',
      '0aa247',
      '5a8a95',
      '9d4bd7',
      'cd1233',
    ]);
    // The second draw of this one.
    expect(coefficientsFor(sha3(Uint8Array.of(29))).map(toHex)).toEqual([
      'c35f50',
      'bed0a0',
      '558c1c',
      '722602',
      '6de459',
      '74a2e1',
    ]);
  });

  it('refuses a hash of another length', () => {
    expect(() => coefficientsFor(new Uint8Array(31))).toThrow('32 bytes');
  });
});

describe('encodeShards', () => {
  it('writes the same six shards every time', () => {
    expect(encodeShards(object)).toEqual(shards);
    expect(shards.map((bytes) => toHex(sha3(bytes))).length).toBe(new Set(shards.map(toHex)).size);
  });

  it('writes a version, the hash, the length, the coefficients of its bucket and a third of the bytes', () => {
    shards.forEach((bytes, index) => {
      const [version, digest, length, coefficients, payload] = decodeCbor(bytes) as [
        number,
        Uint8Array,
        number,
        Uint8Array,
        Uint8Array,
      ];
      expect(version).toBe(1);
      expect(toHex(digest)).toBe(toHex(sha3(object)));
      expect(length).toBe(object.length);
      expect(toHex(coefficients)).toBe(toHex(coefficientsFor(sha3(object))[index]!));
      expect(payload.length).toBe(Math.ceil(object.length / 3));
    });
  });

  it('refuses an empty object and one above the bound', () => {
    expect(() => encodeShards(new Uint8Array(0))).toThrow('1 to 67108864 bytes');
    expect(() => encodeShards(new Uint8Array(limits.object + 1))).toThrow('1 to 67108864 bytes');
  });
});

describe('parseShard', () => {
  it('reads what was written, the payload in place', () => {
    const shard = parseShard(shards[2]!);
    expect(shard.length).toBe(object.length);
    expect(shard.payload.buffer).toBe(shards[2]!.buffer);
    expect(pieceLength(shard.length)).toBe(shard.payload.length);
  });

  it.each([
    ['another version', shardWith({ version: 2 }), 1],
    ['a short hash', shardWith({ object: new Uint8Array(31) }), 2],
    ['a long hash', shardWith({ object: new Uint8Array(33) }), 2],
    ['the length zero', shardWith({ length: 0, payload: new Uint8Array(0) }), 36],
    ['two coefficients', shardWith({ coefficients: new Uint8Array(2) }), 38],
    ['four coefficients', shardWith({ coefficients: new Uint8Array(4) }), 38],
    ['a payload too short by one', shardWith({ payload: new Uint8Array(7) }), 42],
    ['a payload too long by one', shardWith({ payload: new Uint8Array(9) }), 42],
    ['a length that asks for a longer payload', shardWith({ length: object.length + 1 }), 42],
    ['a length that asks for a shorter payload', shardWith({ length: object.length - 3 }), 41],
    ['four fields', encodeCbor([1, new Uint8Array(32), 1, new Uint8Array(3)]), 0],
    ['six fields', encodeCbor([1, new Uint8Array(32), 1, new Uint8Array(3), new Uint8Array(1), 0]), 0],
    ['a byte behind it', concatBytes(shards[0]!, new Uint8Array(1)), shards[0]!.length],
    ['no bytes', new Uint8Array(0), 0],
    ['no array', encodeCbor('shard'), 0],
  ])('refuses %s and says where', (_, bytes, offset) => {
    expect(faultOf(bytes).offset).toBe(offset);
  });

  it('refuses huge lengths before it allocates anything', () => {
    const head = concatBytes(Uint8Array.of(0x85, 0x01, 0x58, 0x20), new Uint8Array(32));
    const length = (value: bigint) => {
      const bytes = new Uint8Array(9);
      bytes[0] = 0x1b;
      new DataView(bytes.buffer).setBigUint64(1, value);
      return bytes;
    };
    const rest = Uint8Array.of(0x43, 1, 2, 3, 0x41, 7);
    expect(faultOf(concatBytes(head, length(2n ** 40n), rest)).message).toContain(
      'an object length from 1 to 67108864',
    );
    expect(faultOf(concatBytes(head, length(2n ** 60n), rest)).message).toContain('up to 2^53');
    // A payload that says it has 2⁵⁰ bytes.
    const payload = concatBytes(head, Uint8Array.of(0x01, 0x43, 1, 2, 3, 0x5b, 0, 4, 0, 0, 0, 0, 0, 0, 9));
    expect(faultOf(payload).message).toContain('bytes of a string');
  });

  it('refuses a file above 24 MiB without looking at it', () => {
    expect(faultOf(new Uint8Array(limits.shard + 1)).message).toContain('at most 25165824 are read');
  });

  it('throws nothing but FormatError for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          parseShard(bytes);
          return false;
        } catch (error) {
          return error instanceof FormatError;
        }
      }),
    );
  });

  it('reads a changed or cut shard only where it writes the very same bytes again', () => {
    const survives = (bytes: Uint8Array) => {
      try {
        const { object: digest, length, coefficients, payload } = parseShard(bytes);
        return toHex(encodeCbor([1, digest, length, coefficients, payload])) === toHex(bytes);
      } catch (error) {
        return error instanceof FormatError;
      }
    };
    const whole = shards[0]!;
    for (let index = 0; index < whole.length; index++) {
      expect(faultOf(whole.subarray(0, index))).toBeInstanceOf(FormatError);
      for (let value = 0; value < 256; value++) {
        const changed = whole.slice();
        changed[index] = value;
        expect(survives(changed)).toBe(true);
      }
    }
  });
});
