import { createContext } from 'react';

/** What a printed page says of every kind of evidence: how it was judged, and how it is judged again. */
export interface PrintedWith {
  readonly rows: readonly (readonly [title: string, value: string])[];
  /** The call that makes the check again. */
  readonly command: string;
}

export const PrintedWithContext = createContext<PrintedWith>({ rows: [], command: '' });
