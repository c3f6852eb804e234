import { useSyncExternalStore } from 'react';
import { digestInWorker } from '../../../audit/local/hashInWorker.ts';
import { TraceRunner } from '../../../audit/trace/traceRunner.ts';
import { TraceViewer } from '../../../audit/trace/traceViewer.ts';
import type { EventKind } from '../../../core/trace/event.ts';
import type { FunctionEntry } from '../../../core/trace/functionIndex.ts';
import type { InspectedProgram } from '../../../core/trace/instrument/inspectProgram.ts';
import { noDomain, zeroDigest, type TraceDomain, type TraceMetadata } from '../../../core/trace/metadata.ts';
import { encodePolicy } from '../../../core/trace/policy.ts';
import { encodeInputs } from '../../../core/trace/run/inputs.ts';
import type { TraceProgress } from '../../../core/trace/run/traceProgram.ts';
import type { TracedResult } from '../../../core/trace/run/types.ts';
import type { FunctionSymbol } from '../../../core/trace/symbols.ts';
import type { Timeline } from '../../../core/trace/timeline.ts';
import type { TraceSignature } from '../../../core/trace/traceFile.ts';
import { AuditorError } from '../../../core/verdict/auditorError.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { traceRun as words } from '../../words/traceRun.en.ts';
import { firstOptions, inputsOf, policyOf, type Circumstances, type RunOptions } from './runOptions.ts';

/** A program that was given, and what is known of it so far. */
export interface GivenProgram {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly digest: string | undefined;
  readonly inspected: InspectedProgram | undefined;
  readonly refusal: { readonly code: string; readonly message: string } | undefined;
  readonly circumstances: Circumstances;
}

export type Estimate =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'fault'; readonly reason: string }
  | { readonly state: 'time' }
  | { readonly state: 'done'; readonly result: TracedResult; readonly milliseconds: number };

/** What the node said of an anchor that was made here. */
export interface AnchoredHere extends Pick<FinishedTrace, 'metadata' | 'domain'> {
  readonly signed: TraceSignature;
  readonly transaction: string;
  readonly block: number;
  /** 64 hex digits. */
  readonly id: string;
  readonly machine: { readonly id: string; readonly key: string };
}

/** A run that came to its end. */
export interface FinishedTrace {
  readonly name: string;
  readonly viewer: TraceViewer;
  readonly result: TracedResult;
  readonly functions: readonly FunctionSymbol[];
  readonly entries: readonly FunctionEntry[];
  readonly timeline: Timeline;
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  readonly signed: TraceSignature | undefined;
  readonly saltKey: Uint8Array | undefined;
  readonly seconds: number;
  readonly anchored: AnchoredHere | undefined;
  /** Whether the file was downloaded that further proofs can be made from, as it was signed. */
  readonly isKept: boolean;
}

export type RunState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly progress: TraceProgress | undefined; readonly since: number }
  | { readonly state: 'laying out' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'cancelled' }
  | { readonly state: 'done'; readonly trace: FinishedTrace };

/** Which events a person looks at. */
export interface Looking {
  readonly kind: EventKind | '';
  /** Index of a function, or nothing. */
  readonly inside: string;
  readonly text: string;
  /** Number of the event that is open; −1 for none. */
  readonly event: number;
}

export interface TraceRunState {
  readonly program: GivenProgram | undefined;
  readonly options: RunOptions;
  readonly estimate: Estimate;
  readonly run: RunState;
  readonly looking: Looking;
}

const everything: Looking = { kind: '', inside: '', text: '', event: -1 };

/** What an estimate may cost: it is made while one types. */
export const estimateLimits = { steps: 50_000_000, milliseconds: 4000 } as const;
const typingPause = 400;
/** Progress is drawn so often, in milliseconds: it comes with every piece of records. */
const drawEvery = 120;

/** The one program of the page with its run: it outlives the screen, so that nothing is lost by going elsewhere and back. */
class TraceSession {
  #state: TraceRunState = {
    program: undefined,
    options: firstOptions,
    estimate: { state: 'none' },
    run: { state: 'idle' },
    looking: everything,
  };
  readonly #listeners = new Set<() => void>();
  #runner: TraceRunner | undefined;
  #estimator: TraceRunner | undefined;
  #estimating: AbortController | undefined;
  #running: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly state = (): TraceRunState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes a program in place of the one before; what was chosen for that is forgotten, a trace of it only when the next one is run. */
  async give(name: string, bytes: Uint8Array, options: Partial<RunOptions> = {}): Promise<void> {
    this.cancel();
    const circumstances = {
      seed: crypto.getRandomValues(new Uint8Array(32)),
      clock: Math.floor(Date.now() / 1000) * 1000,
    };
    const program: GivenProgram = {
      name,
      bytes,
      digest: undefined,
      inspected: undefined,
      refusal: undefined,
      circumstances,
    };
    const { leafEncoding, eventsPerLeaf, salted, budget } = this.#state.options;
    const kept = { leafEncoding, eventsPerLeaf, salted, budget };
    this.#forgetTrace();
    this.#set({
      program,
      options: { ...firstOptions, ...kept, ...options },
      estimate: { state: 'none' },
      run: { state: 'idle' },
    });
    const isStill = () => this.#state.program?.bytes === bytes;
    const learn = (known: Partial<GivenProgram>): void => {
      if (isStill()) this.#set({ program: { ...(this.#state.program as GivenProgram), ...known } });
    };
    void digestInWorker(bytes).then(
      (digest) => learn({ digest }),
      () => undefined,
    );
    try {
      learn({ inspected: await this.#estimates().inspect(bytes) });
      if (isStill()) this.#estimateSoon(0);
    } catch (error) {
      const { code, message } = error instanceof AuditorError ? error : { code: '', message: String(error) };
      learn({ refusal: { code, message } });
    }
  }

  readonly choose = (options: Partial<RunOptions>): void => {
    this.#set({ options: { ...this.#state.options, ...options } });
    this.#estimateSoon(typingPause);
  };

  readonly look = (looking: Partial<Looking>): void => {
    this.#set({ looking: { ...this.#state.looking, ...looking } });
  };

  async run(): Promise<void> {
    const { program, options, run } = this.#state;
    if (!program?.inspected || run.state === 'running' || run.state === 'laying out') return;
    this.#estimating?.abort();
    this.#forgetTrace();
    const viewer = new TraceViewer();
    const controller = new AbortController();
    this.#running = controller;
    const since = performance.now();
    try {
      const policy = policyOf(options);
      const library = program.inspected.isCommand ? undefined : program.inspected.functions;
      const inputs = inputsOf(program.name, options, program.circumstances, library);
      const { leafEncoding } = options;
      const isFields = leafEncoding === 'fields';
      const saltKey = isFields || options.salted ? crypto.getRandomValues(new Uint8Array(32)) : undefined;
      const eventsPerLeaf = isFields ? 1 : options.eventsPerLeaf;
      this.#set({ run: { state: 'running', progress: undefined, since } });
      this.#runner ??= new TraceRunner();
      const traced = await this.#runner.trace(
        { module: program.bytes, policy, source: { inputs }, leafEncoding, eventsPerLeaf, saltKey },
        {
          onBundle: (index, records) => viewer.add(index, records),
          onProgress: (progress) => this.#progress(progress, since),
        },
        controller.signal,
      );
      clearTimeout(this.#timer);
      this.#timer = undefined;
      const { result, symbols, functions: entries } = traced;
      const seconds = (performance.now() - since) / 1000;
      if (!traced.metadata) {
        const { end } = result;
        throw new Error(fill(words.run.exhausted, { what: end.kind === 'exhausted' ? end.what : end.kind }));
      }
      if (traced.metadata.count === 0) throw new Error(words.estimate.none);
      this.#set({ run: { state: 'laying out' } });
      const now = Math.floor(Date.now() / 1000);
      const metadata: TraceMetadata = { ...traced.metadata, vm: zeroDigest, time: now, previous: zeroDigest };
      const shared = { metadata, domain: noDomain, saltKey };
      const rest = { policy: encodePolicy(policy), symbols, tape: result.tape, inputs: encodeInputs(inputs) };
      const timeline = await viewer.open({ ...shared, ...rest });
      if (controller.signal.aborted) throw controller.signal.reason;
      const { functions } = symbols;
      const trace = {
        ...shared,
        name: program.name,
        viewer,
        result,
        functions,
        entries,
        timeline,
        signed: undefined,
        anchored: undefined,
        isKept: false,
        seconds,
      };
      this.#set({ run: { state: 'done', trace }, looking: everything });
    } catch (error) {
      viewer.close();
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (this.#running !== controller) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#set({ run: controller.signal.aborted ? { state: 'cancelled' } : { state: 'failed', reason } });
    }
  }

  /** Ends what runs; a trace that is there stays. */
  cancel(): void {
    this.#estimating?.abort();
    this.#running?.abort();
  }

  /** What a machine has signed is what proofs and files carry from here on. */
  async sign(anchored: AnchoredHere): Promise<void> {
    const { run } = this.#state;
    // Another run may have ended meanwhile, whose root is another.
    if (run.state !== 'done' || run.trace.metadata.root !== anchored.metadata.root) return;
    const { metadata, domain, signed } = anchored;
    await run.trace.viewer.sign({ metadata, domain, signed });
    this.#set({ run: { state: 'done', trace: { ...run.trace, metadata, domain, signed, anchored, isKept: false } } });
  }

  /** The file with everything in it went to the person. */
  keep(root: string): void {
    const { run } = this.#state;
    if (run.state !== 'done' || run.trace.metadata.root !== root) return;
    this.#set({ run: { state: 'done', trace: { ...run.trace, isKept: true } } });
  }

  #forgetTrace(): void {
    const { run } = this.#state;
    if (run.state === 'done') run.trace.viewer.close();
  }

  #progress(progress: TraceProgress, since: number): void {
    const last = this.#state.run;
    if (last.state === 'running' && last.progress?.stage !== progress.stage) {
      this.#set({ run: { state: 'running', progress, since } });
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#state.run.state === 'running') this.#set({ run: { state: 'running', progress, since } });
    }, drawEvery);
  }

  #estimates(): TraceRunner {
    return (this.#estimator ??= new TraceRunner());
  }

  #estimateTimer: ReturnType<typeof setTimeout> | undefined;

  #estimateSoon(milliseconds: number): void {
    clearTimeout(this.#estimateTimer);
    this.#estimating?.abort();
    this.#estimateTimer = setTimeout(() => void this.#estimate(), milliseconds);
  }

  async #estimate(): Promise<void> {
    const { program, options, run } = this.#state;
    if (!program?.inspected || run.state === 'running') return;
    const controller = new AbortController();
    this.#estimating = controller;
    const clock = setTimeout(() => controller.abort(outOfTime), estimateLimits.milliseconds);
    const say = (estimate: Estimate): void => {
      if (this.#estimating === controller) this.#set({ estimate });
    };
    try {
      const policy = policyOf(options, { steps: estimateLimits.steps });
      const library = program.inspected.isCommand ? undefined : program.inspected.functions;
      const inputs = inputsOf(program.name, options, program.circumstances, library);
      say({ state: 'running' });
      const began = performance.now();
      const { result } = await this.#estimates().estimate(program.bytes, policy, { inputs }, controller.signal);
      say({ state: 'done', result, milliseconds: performance.now() - began });
    } catch (error) {
      if (error === outOfTime) say({ state: 'time' });
      else if (!controller.signal.aborted) {
        say({ state: 'fault', reason: error instanceof Error ? error.message : String(error) });
      }
    }
    clearTimeout(clock);
  }

  #set(change: Partial<TraceRunState>): void {
    this.#state = { ...this.#state, ...change };
    const { run } = this.#state;
    // It outlives the screen, so whichever screen is left is asked about. Setting it again changes nothing.
    const isInDanger = run.state === 'done' && run.trace.anchored !== undefined && !run.trace.isKept;
    if (isInDanger) window.addEventListener('beforeunload', stay);
    else window.removeEventListener('beforeunload', stay);
    for (const listener of this.#listeners) listener();
  }
}

/** Of what is public for good no proof could ever be made again: the browser asks before the page goes. */
const stay = (event: BeforeUnloadEvent): void => event.preventDefault();
const outOfTime = new Error('An estimate has its time.');

export const traceSession = new TraceSession();

export function useTraceRun(): TraceRunState {
  return useSyncExternalStore(traceSession.subscribe, traceSession.state);
}
