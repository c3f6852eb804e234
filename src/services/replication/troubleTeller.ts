/** Tells a trouble when it begins or changes, once a minute while it lasts, and when it is over. */
export interface TroubleTeller {
  tell(words: string): void;
  /** Says so, where a trouble had been told. */
  over(words: string): void;
}

export function createTroubleTeller(onTrouble: (words: string) => void, repeat = 60_000): TroubleTeller {
  let told: { readonly words: string; readonly at: number } | undefined;
  return {
    tell(words) {
      const now = performance.now();
      if (told !== undefined && told.words === words && now - told.at < repeat) return;
      told = { words, at: now };
      onTrouble(words);
    },
    over(words) {
      if (told === undefined) return;
      told = undefined;
      onTrouble(words);
    },
  };
}
