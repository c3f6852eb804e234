import { useEffect, useRef, useState } from 'react';
import type { ComparedSource } from '../../../audit/trace/compareProtocol.ts';
import { compareInWorker } from '../../../audit/trace/compareInWorker.ts';
import type { ComparedTraces } from '../../../audit/trace/compareTraces.ts';

export type Comparing =
  | { readonly status: 'none' | 'stopped' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'compared'; readonly result: ComparedTraces };

/** One comparison at a time, ended when the page is left. */
export function useComparison(): {
  readonly state: Comparing;
  readonly start: (left: ComparedSource, right: ComparedSource) => void;
  readonly stop: () => void;
  readonly clear: () => void;
} {
  const [state, setState] = useState<Comparing>({ status: 'none' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const end = (status: 'none' | 'stopped'): void => {
    running.current?.abort();
    setState({ status });
  };
  const start = (left: ComparedSource, right: ComparedSource): void => {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setState({ status: 'running', done: 0, total: 0 });
    compareInWorker(left, right, {
      signal,
      onProgress: (done, total) => !signal.aborted && setState({ status: 'running', done, total }),
    }).then(
      (result) => !signal.aborted && setState({ status: 'compared', result }),
      (error: unknown) => {
        if (signal.aborted) return;
        setState({ status: 'failed', reason: error instanceof Error ? error.message : String(error) });
      },
    );
  };
  return { state, start, stop: () => end('stopped'), clear: () => end('none') };
}
