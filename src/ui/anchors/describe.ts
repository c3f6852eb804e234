import { describeEntry as describeIn, type DescribedEntry } from '../../core/trust/describeEntry.ts';
import type { TrustEntry } from '../../core/trust/trustEntries.ts';
import { anchorWords } from '../words/check.en.ts';

export { entryDigest, type DescribedEntry } from '../../core/trust/describeEntry.ts';

/** How one pinned fact is shown, in the page's words. */
export function describeEntry(entry: TrustEntry): DescribedEntry {
  return describeIn(entry, anchorWords);
}
