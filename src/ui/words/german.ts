import type { Dictionary } from './words.ts';

/** German, for everything on the page, by the name of the English words. */
export const german: Dictionary = {};
