import { useEffect, useRef } from 'react';
import type { KeyAction } from './keyStore.ts';
import { pageKeys } from './pageKeys.ts';

/** Lets keys do something for as long as the calling part of the page is shown, and lists them for who asks with `?`. */
export function useKeys(actions: readonly KeyAction[]): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const listed = JSON.stringify(actions.map(({ key, name }) => [key, name]));
  useEffect(() => {
    const pairs = JSON.parse(listed) as readonly (readonly [string, string])[];
    return pageKeys.add(
      pairs.map(([key, name]) => ({
        key,
        name,
        run: () => latest.current.find((action) => action.key === key)?.run(),
      })),
    );
  }, [listed]);
}
