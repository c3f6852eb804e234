import { useEffect, useRef, useState } from 'react';
import { compareInWorker } from '../../../audit/trace/compareInWorker.ts';
import type { ComparedTraces } from '../../../audit/trace/compareTraces.ts';
import { TraceRunner, type ReexecutedAnswer } from '../../../audit/trace/traceRunner.ts';
import { pack, type Packed } from '../../../core/trace/packed.ts';
import { parsePolicy } from '../../../core/trace/policy.ts';
import { encodeTraceFile, packSymbols } from '../../../core/trace/traceFile.ts';
import type { TraceProgress } from '../../../core/trace/run/traceProgram.ts';
import type { GivenFiles } from './givenFiles.ts';

export type Rerun =
  | { readonly status: 'none' | 'stopped' }
  | {
      readonly status: 'running';
      readonly stage: TraceProgress['stage'] | 'starting' | 'comparing';
      readonly records: number;
    }
  | { readonly status: 'failed'; readonly reason: string }
  | {
      readonly status: 'done';
      readonly answer: ReexecutedAnswer;
      /** Where the events are others: the first that is. */
      readonly compared: ComparedTraces | undefined;
    };

/** Everything that is needed to run a trace's program again. */
export type Complete = GivenFiles & {
  readonly trace: NonNullable<GivenFiles['trace']>;
  readonly program: NonNullable<GivenFiles['program']>;
  readonly source: NonNullable<GivenFiles['source']>;
};

/** One run at a time, in a worker that is ended when it is stopped or the page is left. */
export function useRerun(): {
  readonly state: Rerun;
  readonly start: (given: Complete) => void;
  readonly stop: () => void;
  readonly clear: () => void;
} {
  const [state, setState] = useState<Rerun>({ status: 'none' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const end = (status: 'none' | 'stopped'): void => {
    running.current?.abort();
    setState({ status });
  };
  const start = (given: Complete): void => {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    const tell = (next: Rerun): void => {
      if (!signal.aborted) setState(next);
    };
    tell({ status: 'running', stage: 'starting', records: 0 });
    rerun(given, signal, tell).then(
      (done) => tell(done),
      (error: unknown) => tell({ status: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
  };
  return { state, start, stop: () => end('stopped'), clear: () => end('none') };
}

async function rerun(given: Complete, signal: AbortSignal, tell: (state: Rerun) => void): Promise<Rerun> {
  const { trace, program, source, saltKey } = given;
  const { parsed } = trace;
  const claim = parsed.metadata;
  const runner = new TraceRunner();
  const bundles: Promise<Packed>[] = [];
  try {
    const order = {
      claim,
      module: program.bytes,
      policy: parsePolicy(parsed.policy),
      source: source.host,
      ...(saltKey ? { saltKey: saltKey.bytes } : {}),
    };
    const listener = {
      onBundle: (_: number, records: Uint8Array) => void bundles.push(pack(records)),
      onProgress: (progress: TraceProgress) =>
        tell({ status: 'running', stage: progress.stage, records: 'records' in progress ? progress.records : 0 }),
    };
    const answer = await runner.reexecute(order, listener, signal);
    const { traced } = answer;
    if (answer.outcome !== 'different' || !traced?.metadata || traced.metadata.root === claim.root) {
      return { status: 'done', answer, compared: undefined };
    }
    tell({ status: 'running', stage: 'comparing', records: claim.records });
    const { vm, time, previous } = claim;
    const found = encodeTraceFile({
      metadata: { ...traced.metadata, vm, time, previous },
      domain: parsed.domain,
      policy: parsed.policy,
      symbols: await packSymbols(traced.symbols),
      saltKey: saltKey?.bytes,
      bundles: await Promise.all(bundles),
    });
    const own = encodeTraceFile({ ...parsed, saltKey: saltKey?.bytes });
    const compared = await compareInWorker({ bytes: own }, { bytes: found }, { signal });
    return { status: 'done', answer, compared };
  } finally {
    runner.close();
  }
}
