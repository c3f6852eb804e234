import { createContext, useContext } from 'react';
import type { Evidence } from '../../core/verdict/check.ts';

/** Bytes that something on the page asks the document's own view to show. */
export interface ShownBytes {
  /** What was asked for last; asking again for the same is a new request. */
  readonly request: { readonly evidence: Evidence; readonly number: number } | undefined;
  /** Absent where no view on this page draws the document. */
  readonly show: ((evidence: Evidence) => void) | undefined;
}

export const ShownBytesContext = createContext<ShownBytes>({ request: undefined, show: undefined });

export function useShownBytes(): ShownBytes {
  return useContext(ShownBytesContext);
}
