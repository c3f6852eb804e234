import { createContext, useContext } from 'react';

/** Lets the person choose files to be judged beside the evidence that is shown; absent where none would be used. */
export const AddFileContext = createContext<(() => void) | undefined>(undefined);

export function useAddFile(): (() => void) | undefined {
  return useContext(AddFileContext);
}
