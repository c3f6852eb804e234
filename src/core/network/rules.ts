/** The published constants of AttestationNetwork.sol; a test compares. Blocks, points of reputation. */
export const networkRules = {
  /** With which a node begins. */
  start: 1000,
  maximum: 1_000_000,
  /** For a vote that the record agrees with. */
  reward: 10,
  /** For one that it does not. */
  disagreement: 100,
  /** For no vote to a record that counts, when the epoch closes. */
  silence: 40,
  /** With each epoch that closes, the distance from the start shrinks by this part, rounded down. */
  decayDivisor: 16,
  /** Below it a node is a trust node only while fewer than `minimumSeats` are above. */
  seatReputation: 800,
  minimumSeats: 4,
  /** Records final so few blocks before the epoch's end do not count for silence. */
  graceBlocks: 4,
  nodes: 64,
  minimumEpochBlocks: 8,
} as const;

/** How many equal votes of `trusted` trust nodes make a record: two thirds, rounded up. 0 where there are none, and then nothing does. */
export function thresholdOf(trusted: number): number {
  return Math.ceil((2 * trusted) / 3);
}
