import { sha3 } from '../../core/bytes/hash.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import { combine, invert, type Sources } from '../../core/chain/gf256.ts';
import { encodeShards, parseShard } from '../../core/chain/shard.ts';
import { figure, type Bench } from './figure.ts';
import { sideBySide } from './sideBySide.ts';

const length = 3 * 1024 * 1024;
const million = 1e6;

/** An object of 3 MiB from three coded shards, in megabytes of the object: the field arithmetic alone, beside a copy, and the whole decoding. */
export const shardBench: Bench = {
  name: 'shard',
  about: 'decoding 3 of 6 shards over GF(256), beside a plain copy and the hash of the object',
  async run({ emit }) {
    const object = Uint8Array.from({ length }, (_, index) => Math.imul(index, 2_654_435_761) >>> 24);
    const encoded = encodeShards(object);
    const shards = encoded.slice(3).map(parseShard);
    const payloads = shards.map(({ payload }) => payload) as unknown as Sources;
    const rows = invert([shards[0]!.coefficients, shards[1]!.coefficients, shards[2]!.coefficients]);
    if (!rows) throw new Error('Three shards of one object are always independent.');
    const size = length / 3;
    const output = new Uint8Array(length);
    const pieces: Sources = [output.subarray(0, size), output.subarray(size, 2 * size), output.subarray(2 * size)];
    const answers = encoded.map((bytes, index) => (index < 3 ? ('missing' as const) : [bytes]));
    const { rate, ratio } = await sideBySide({
      arithmetic: () => {
        combine(rows, payloads, pieces);
        return length / million;
      },
      copy: () => {
        for (const [index, payload] of payloads.entries()) pieces[index]!.set(payload);
        return length / million;
      },
      hash: () => {
        sha3(object);
        return length / million;
      },
      whole: () => {
        if (decodeShards(answers).objects.length !== 1) throw new Error('The shards of the bench do not decode.');
        return length / million;
      },
    });
    emit([
      figure('shard.arithmetic', rate.arithmetic, 'MB/s'),
      figure('shard.copy', rate.copy, 'MB/s'),
      figure('shard.arithmetic.ratio', ratio('arithmetic', 'copy'), 'ratio'),
      figure('shard.hash', rate.hash, 'MB/s'),
      figure('shard.whole', rate.whole, 'MB/s'),
      figure('shard.whole.ratio', ratio('whole', 'hash'), 'ratio'),
    ]);
  },
};
