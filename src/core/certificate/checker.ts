import { certificateCheckerOf } from './checkerOf.ts';
import { certificateSystems } from './system.ts';

/** Judges certificates of every system. */
export const certificateChecker = certificateCheckerOf(certificateSystems);
