import type { Part } from './lazy/part.ts';

let loading: Promise<Part> | undefined;

/** What judges and draws, loaded once, from beside this program; what did not come is asked for again. */
export function loadPart(): Promise<Part> {
  loading ??= import('./lazy/part.ts').then(
    ({ part }) => part,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
