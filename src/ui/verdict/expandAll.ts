import { createContext } from 'react';

/** The last time that all checks were opened or closed at once: counts until one is opened or closed by itself after that. */
export interface ExpandAll {
  /** 0 as long as that was never done. */
  readonly turn: number;
  readonly open: boolean;
}

export const ExpandAllContext = createContext<ExpandAll>({ turn: 0, open: false });
