import type { Explained } from '../explained.ts';

/** What the view of a document draws. All of it is what the document *says*; the checks say what of it holds. */
export interface NitroDetails {
  readonly explained: Explained;
}
