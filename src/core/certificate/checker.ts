import { certificateCheckerOf } from './checkerOf.ts';
import { certificateSystems } from './system.ts';

/** Judges certificates of every system, in every form that they are exported in. */
export const certificateChecker = certificateCheckerOf(
  certificateSystems,
  async () => (await import('./export/checkWrapper.ts')).checkWrapper,
);
