import { useState } from 'react';
import type { ReadFault, ReadFile } from './readFiles.ts';
import { sortChosen, type Takes } from './sortChosen.ts';
import { useFileDrop } from './useFileDrop.ts';

/** A place for files on a screen of its own. */
export interface Zone {
  /** Files that were chosen rather than dropped. */
  readonly take: (chosen: readonly File[]) => Promise<void>;
  /** Whether something is being dragged over the page. */
  readonly dragging: boolean;
  /** What could not be read of the last files. */
  readonly faults: readonly ReadFault[];
  /** What of the last files is not for this screen. */
  readonly others: readonly ReadFile[];
  readonly putAway: () => void;
}

interface Taking extends Takes {
  /** What is for this screen, once for each drop, where there is any. */
  readonly onFiles: (files: readonly ReadFile[]) => unknown;
}

/** Takes files dropped, pasted or chosen on a screen, opened as on the check page; what is for another screen is kept apart for `Elsewhere` to say so. */
export function useZone({ onFiles, ...takes }: Taking): Zone {
  const [{ faults, others }, setRest] = useState<Pick<Zone, 'faults' | 'others'>>({ faults: [], others: [] });
  const take = async (chosen: readonly File[]): Promise<void> => {
    const sorted = await sortChosen(chosen, takes);
    setRest(sorted);
    if (sorted.taken.length > 0) await onFiles(sorted.taken);
  };
  const dragging = useFileDrop((chosen) => void take(chosen));
  return { take, dragging, faults, others, putAway: () => setRest({ faults: [], others: [] }) };
}
