import { statusWords as statuses, verdictWords as verdicts } from '../../core/verdict/words.en.ts';
import { words } from './words.ts';

/** The verdict as people read it, on every screen: copies, so that the core's own words stay English. */
export const verdictWords = words('verdictWords', { ...verdicts });

/** The same of one check. */
export const statusWords = words('statusWords', { ...statuses });
