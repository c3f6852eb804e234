import { median } from '../sideBySide.ts';
import { pieces, type Piece } from './measure.ts';

/** What is measured somewhere: a piece of work done so many times, and the processor time of its process so far. */
export interface TeePlace {
  /** Milliseconds that it took by the clock; undefined for a piece that cannot be run. */
  run(piece: Piece, count: number): Promise<number | undefined>;
  /** Seconds of processor time. */
  cpu(): Promise<number>;
}

/** Of one piece: items a second by the clock, and seconds of processor time an item. */
export interface PieceRate {
  readonly rate: number;
  readonly cost: number;
}

const rounds = 5;
/** Items of one turn, each some half a second of a processor's time: the other verifier takes as long for one as the others for dozens. */
const turns: Readonly<Record<Piece, number>> = { whole: 1024, bare: 1024, other: 16 };

/**
 * Measures the pieces in turn, round by round. Ratios are taken from processor time, which other programs on the machine hardly change;
 * items a second are by the clock, and say as much of the machine.
 */
export async function measureRates(place: TeePlace): Promise<Readonly<Partial<Record<Piece, PieceRate>>>> {
  const found: Partial<Record<Piece, PieceRate[]>> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const piece of pieces) {
      const before = await place.cpu();
      const milliseconds = await place.run(piece, turns[piece]);
      if (milliseconds === undefined) continue;
      const cost = ((await place.cpu()) - before) / turns[piece];
      // The first round warms up.
      if (round > 0) (found[piece] ??= []).push({ rate: (turns[piece] / milliseconds) * 1000, cost });
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([piece, list]) => [
      piece,
      { rate: median(list.map(({ rate }) => rate)), cost: median(list.map(({ cost }) => cost)) },
    ]),
  );
}
