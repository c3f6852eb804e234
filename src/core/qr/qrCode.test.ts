import { describe, expect, it } from 'vitest';
import { sha3Hex } from '../bytes/hash.ts';
import { multiply, reedSolomon } from './reedSolomon.ts';
import { qrCode } from './qrCode.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789:/#.';
const text = (length: number): string =>
  Array.from({ length }, (_, index) => alphabet[(index * 7 + length) % alphabet.length]).join('');

describe('the QR code', () => {
  it('of a short text is the smallest one', () => {
    const drawn = qrCode('Affidavit').map((row) => row.map((dark) => (dark ? '#' : '.')).join(''));
    expect(drawn).toEqual([
      '#######.#..#..#######',
      '#.....#.##....#.....#',
      '#.###.#.#####.#.###.#',
      '#.###.#..##...#.###.#',
      '#.###.#.##.##.#.###.#',
      '#.....#...#...#.....#',
      '#######.#.#.#.#######',
      '..........#..........',
      '#..######.##.#..#.###',
      '###....##..##....##..',
      '###.####..#####..#.##',
      '#.####....#.##....##.',
      '..#.#.###..##...##.##',
      '........##..#.#######',
      '#######.#.##.#..#....',
      '#.....#.#.....#######',
      '#.###.#.#.#...##.#...',
      '#.###.#.#...###..#...',
      '#.###.#....###..#.###',
      '#.....#..#.##....####',
      '#######.##..##..#....',
    ]);
  });

  it('of every length is the one that an independent decoder read when this was written', () => {
    const all = Array.from({ length: 213 }, (_, index) =>
      qrCode(text(index + 1))
        .map((row) => row.map(Number).join(''))
        .join('/'),
    ).join(' ');
    expect(sha3Hex(new TextEncoder().encode(all))).toBe(
      '369cb3635481df73971d4df9d77d4fe2ef91e4dc755ce3c67c546fbea546bce0',
    );
  });

  it('is refused for a longer text', () => {
    expect(() => qrCode(text(214))).toThrow(RangeError);
  });
});

describe('its error correction', () => {
  it('makes every block a multiple of the generator polynomial', () => {
    const data = Uint8Array.from({ length: 20 }, (_, index) => (index * 37) & 255);
    const codeword = [...data, ...reedSolomon(data, 10)];
    let root = 1;
    for (let power = 0; power < 10; power += 1) {
      expect(codeword.reduce((value, byte) => multiply(value, root) ^ byte, 0)).toBe(0);
      root = multiply(root, 2);
    }
  });
});
