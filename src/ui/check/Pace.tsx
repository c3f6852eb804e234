import { useRef } from 'react';
import type { Progress } from '../../core/kinds/kind.ts';
import { fill } from '../../core/verdict/messages.ts';
import { duration, number, rough } from '../format/quantity.ts';
import { check as words } from '../words/check.en.ts';

/** How far the judging of a file is, how fast it goes and how long it still takes, once a second of it has been seen. */
export function Pace({ progress: { done, total, unit } }: { readonly progress: Progress }) {
  const first = useRef<{ readonly at: number; readonly done: number }>(undefined);
  first.current ??= { at: performance.now(), done };
  const seconds = (performance.now() - first.current.at) / 1000;
  const rate = (done - first.current.done) / seconds;
  return (
    <>
      {' · '}
      {fill(words.progress, { done: number(done), total: number(total), unit })}
      {seconds >= 1 && rate > 0 && (
        <>
          {' · '}
          {fill(words.pace, { rate: `${rough(rate)} ${unit}`, time: duration((total - done) / rate) })}
        </>
      )}
    </>
  );
}
