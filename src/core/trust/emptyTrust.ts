import type { Trust } from './trust.ts';

/** Nothing pinned: evidence is judged under the built-in public roots alone. */
export const emptyTrust: Trust = Object.freeze({});
