import { shortened } from './groups.ts';
import { utcMoment } from './moment.ts';

const moment = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\b/g;

/** Whole digests in a sentence cut to their ends: a sentence is for reading, and the digest stands elsewhere for comparing. */
export function withoutDigests(text: string): string {
  return text.replace(/\b(0x)?([0-9a-f]{64,96})\b/g, (_, prefix: string = '', hex: string) => prefix + shortened(hex));
}

/** Times as programs write them, said as people say them: `2022-11-09T22:51:57Z` → `9 November 2022, 22:51:57 UTC`. */
export function humane(text: string): string {
  return text.replace(moment, (found) => {
    const at = Date.parse(found);
    return Number.isNaN(at) ? found : utcMoment(at);
  });
}
