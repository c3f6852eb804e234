/** The strokes of a seal in a box of 1000 × 1000, as SVG path data. */
export interface Rosette {
  /** The outer ring: one tick for each of the 64 hex digits, as long as the digit is great, so that the whole digest is in the picture. */
  readonly ticks: string;
  /** Two woven bands. */
  readonly outerBand: string;
  readonly innerBand: string;
  /** The star in the middle. */
  readonly star: string;
}

const centre = 500;

/**
 * The seal of a digest: a fine-lined rosette like the guilloche of a banknote, the same wherever it is drawn, so that two people can compare
 * it on screen, in print and over the phone. It stands beside the digest and never replaces it.
 * @param digestHex 32 bytes in lower-case hex
 */
export function rosette(digestHex: string): Rosette {
  if (!/^[0-9a-f]{64}$/.test(digestHex)) throw new RangeError('A seal is drawn from 32 bytes in lower-case hex.');
  const bytes = Array.from({ length: 32 }, (_, index) => parseInt(digestHex.slice(index * 2, index * 2 + 2), 16));
  const take = (index: number): number => bytes[index] ?? 0;
  return {
    ticks: ticks(digestHex),
    outerBand: band({
      radius: 335,
      reach: 62,
      lobes: 11 + (take(0) % 10),
      beat: 2 + (take(1) % 5),
      strands: 2 + (take(2) % 3),
      turn: take(3) / 256,
    }),
    innerBand: band({
      radius: 195,
      reach: 58,
      lobes: 6 + (take(4) % 8),
      beat: 2 + (take(5) % 3),
      strands: 2 + (take(6) % 2),
      turn: take(7) / 256,
    }),
    star: star(5 + (take(8) % 7), take(9), take(10) / 256),
  };
}

function point(radius: number, angle: number): string {
  return `${Math.round(centre + radius * Math.sin(angle))} ${Math.round(centre - radius * Math.cos(angle))}`;
}

function ticks(digestHex: string): string {
  return Array.from(digestHex, (digit, index) => {
    const angle = (index / 64) * 2 * Math.PI;
    return `M${point(486, angle)}L${point(482 - parseInt(digit, 16) * 4, angle)}`;
  }).join('');
}

interface Band {
  readonly radius: number;
  readonly reach: number;
  readonly lobes: number;
  readonly beat: number;
  readonly strands: number;
  readonly turn: number;
}

/** Several copies of one wave round a circle, each a little further round: the weave. */
function band({ radius, reach, lobes, beat, strands, turn }: Band): string {
  const steps = lobes * 12;
  return Array.from({ length: strands }, (_, strand) => {
    const shift = (strand / strands) * 2 * Math.PI + turn * 2 * Math.PI;
    const points = Array.from({ length: steps }, (_step, step) => {
      const angle = (step / steps) * 2 * Math.PI;
      const swell = 0.72 + 0.28 * Math.cos(beat * angle + turn * 2 * Math.PI);
      return point(radius + reach * swell * Math.cos(lobes * angle + shift), angle);
    });
    return `M${points.join('L')}Z`;
  }).join('');
}

/** A star polygon {points/skip}, drawn chord by chord so that it is complete whatever the two share. */
function star(points: number, choice: number, turn: number): string {
  const skip = 2 + (choice % (Math.ceil(points / 2) - 2));
  const at = (index: number): string => point(108, ((index + turn) / points) * 2 * Math.PI);
  return Array.from({ length: points }, (_, index) => `M${at(index)}L${at(index + skip)}`).join('');
}
