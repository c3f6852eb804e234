import { utcMoment } from './moment.ts';

const moment = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\b/g;

/** Times as programs write them, said as people say them: `2022-11-09T22:51:57Z` → `9 November 2022, 22:51:57 UTC`. */
export function humane(text: string): string {
  return text.replace(moment, (found) => {
    const at = Date.parse(found);
    return Number.isNaN(at) ? found : utcMoment(at);
  });
}
