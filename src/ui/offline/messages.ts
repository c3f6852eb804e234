/** What the page may say to the worker that keeps it: “which build are you?”, answered with its digest at the port that came with it, and “take over”. */
export type ToKeeper = 'which' | 'take over';
