import { createContext } from 'react';
import type { Evidence } from '../../core/verdict/check.ts';

/** Who has the bytes of evidence that a page does not hold itself. */
export interface EvidenceKeeper {
  /** Why they are not here, and which file or object has them. */
  readonly where: (entry: Evidence) => string;
  /** Gets one object when a person asks for it; undefined where nobody hands it over. Absent where there is nobody to ask. */
  readonly read?: (entry: Evidence) => Promise<Uint8Array | null | undefined>;
  /** What is said where nobody did. */
  readonly gone?: string;
}

export const EvidenceKeeperContext = createContext<EvidenceKeeper | undefined>(undefined);
