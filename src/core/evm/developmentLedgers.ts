/** Ledgers that people run for themselves: whoever can start one can write what he likes on it. */
export const developmentLedgers: readonly number[] = [1337, 31337, 412346];
