import type { Trust } from '../trust/trust.ts';
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
  /** Objects that stand encoded inside the file (base64 in JSON, say) and that `evidence` of fields and checks names: their bytes, so that they can be shown. */
  readonly objects?: readonly Uint8Array[];
  /** What a person could pin, as a trust file would hold it, so that an open check can be told: offered one by one, never pinned unasked. Absent where nothing is open. */
  readonly offered?: Trust;
  /** The pins that the verdict rests on; the built-in roots stand with `paths`. */
  readonly used?: Trust;
}
