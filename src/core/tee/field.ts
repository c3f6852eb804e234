import type { Code, Evidence } from '../verdict/check.ts';

/**
 * One field of a document as it stands in its bytes: what the page draws as a tree, highlights, and explains. A document that a person cannot
 * see into has to be believed, so every kind of attestation describes all of its bytes.
 */
export interface Field {
  /** As the format's own description calls it: `REPORT_DATA`, `cabundle`, `pcrSelect`. */
  readonly name: string;
  /** Where the very bytes are: the file itself or an object inside it. Absent where a text wrapping leaves no such place. */
  readonly evidence?: Evidence;
  /** What it says, for people, on one line; absent where its children or its bytes say it. Untrusted text: it is shown escaped. */
  readonly value?: string;
  /** Words about it, in the kind's messages (`title` is the sentence). */
  readonly hint?: Code;
  readonly children?: readonly Field[];
}
