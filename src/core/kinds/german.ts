import type { Translation } from './translation.ts';

/** German, for everything that has words in the core. */
export const german: Translation = {
  kinds: {},
  messages: {},
  companions: {},
};
