import type { PathDetails } from '../x509/describeCertificate.ts';
import type { Field } from './field.ts';
import type { MeasuredRegister } from './measured.ts';

/**
 * What every kind of attestation gives the page to draw (in `details.explained`), whatever else its own view shows: one shape, so that all platforms
 * look alike and a new one needs no new drawing. All of it is what the document *says*; the checks say what of it holds.
 */
export interface Explained {
  /** The document's fields, in the order of its bytes. */
  readonly fields: readonly Field[];
  readonly paths: readonly PathDetails[];
  readonly registers: readonly MeasuredRegister[];
  /** What the pins of this kind are called in the trust file, for the sentence that says where to pin: `nitro.measurements`. */
  readonly pinnedAt: string;
}
