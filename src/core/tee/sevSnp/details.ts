import type { Explained } from '../explained.ts';

/** What the view of a report draws. All of it is what the report *says*; the checks say what of it holds. */
export interface SnpDetails {
  readonly explained: Explained;
  readonly version: number;
  /** `Milan` and the like, null where it is not known. */
  readonly product: string | null;
  readonly vmpl: number;
  readonly debug: boolean;
  /** Lower-case hex, all 64 bytes. */
  readonly reportData: string;
  readonly measurement: string;
  readonly signingKey: string;
  /** Where AMD hands out the certificate; null where that is no question. */
  readonly keyAddress: string | null;
}
