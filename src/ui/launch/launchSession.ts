import { useSyncExternalStore } from 'react';
import { readImageDescription } from '../../audit/host/readImageDescription.ts';
import type { ImageDescription } from '../../audit/host/dealImage.ts';
import { askHostWorker } from '../../audit/launch/hostWorker.ts';
import type { ServiceIdentity } from '../../audit/launch/identifyService.ts';
import type { PageLaunched, PageStep } from '../../audit/launch/protocol.ts';
import { TraceRunner } from '../../audit/trace/traceRunner.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import { decodeText } from '../../core/bytes/unwrap.ts';
import { hostPolicy } from '../../core/host/hostPolicy.ts';
import { selectValidators, type Selection, type SelectionAsked } from '../../core/host/selection/selectValidators.ts';
import { makeInputs } from '../../core/trace/run/inputs.ts';
import type { ProgramResult } from '../../core/trace/run/types.ts';
import type { HostPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { currentPins } from '../anchors/usePins.ts';
import { keptStates, type KeptStates } from '../host/acceptedStates.ts';
import { credentialFile, hostSession } from '../host/hostSession.ts';
import { launch as words } from '../words/launch.en.ts';
import { mergeCandidates, readCandidates, type KnownCandidate } from './candidates.ts';
import { selectedPolicy, trustWith } from './launchTrust.ts';

/** Milliseconds that each service has to answer. */
const patience = 20_000;
const wasmMagic = [0x00, 0x61, 0x73, 0x6d];

/** What is to run. */
export type ToRun =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'program'; readonly name: string; readonly bytes: Uint8Array | undefined }
  | { readonly kind: 'sample'; readonly name: string; readonly bytes: Uint8Array | undefined }
  | {
      readonly kind: 'encrypted';
      readonly name: string;
      readonly image: { readonly encrypted: Uint8Array; readonly description: ImageDescription } | undefined;
    };

export type LaunchRun =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'done'; readonly launched: PageLaunched; readonly policy: HostPin; readonly trust: Trust };

export interface LaunchState {
  readonly address: string;
  readonly host: ServiceIdentity | undefined;
  readonly hostFault: string | undefined;
  readonly accepted: KeptStates | undefined;
  /** Take it as a new host, whatever was accepted. */
  readonly ignoresAccepted: boolean;
  readonly candidatesText: string;
  readonly known: readonly KnownCandidate[];
  readonly candidateFaults: readonly string[];
  readonly looking: boolean;
  readonly asked: Required<Omit<SelectionAsked, 'weights'>> & {
    readonly weights: NonNullable<Selection['criteria']>['weights'];
  };
  readonly threshold: number;
  readonly mode: 'fan-out' | 'chain';
  readonly toRun: ToRun;
  readonly toRunFault: string | undefined;
  readonly steps: readonly PageStep[];
  /** The policy that the launch under way, or the last one, was made under. */
  readonly policy: HostPin | undefined;
  readonly run: LaunchRun;
  readonly program:
    | { readonly state: 'idle' | 'running' }
    | { readonly state: 'done'; readonly result: ProgramResult }
    | { readonly state: 'failed'; readonly reason: string };
}

const first: LaunchState = {
  address: '',
  host: undefined,
  hostFault: undefined,
  accepted: undefined,
  ignoresAccepted: false,
  candidatesText: '',
  known: [],
  candidateFaults: [],
  looking: false,
  asked: {
    count: 5,
    seed: 'affidavit',
    minimumReputation: 0,
    maximumPerOperator: 2,
    maximumPerRegion: 5,
    weights: { reputation: 1000, operator: 1000, region: 500, chance: 100 },
  },
  threshold: 3,
  mode: 'fan-out',
  toRun: { kind: 'sample', name: 'savings.wasm', bytes: undefined },
  toRunFault: undefined,
  steps: [],
  policy: undefined,
  run: { state: 'idle' },
  program: { state: 'idle' },
};

/** The one launch of the page: it goes on, and stays, while one looks at other screens. */
class LaunchSession {
  #state = first;
  readonly #listeners = new Set<() => void>();
  #work: AbortController | undefined;
  #runner: TraceRunner | undefined;

  readonly state = (): LaunchState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly choose = (change: Partial<LaunchState>): void => this.#set(change);

  readonly ask = (asked: Partial<LaunchState['asked']>): void =>
    this.#set({ asked: { ...this.#state.asked, ...asked } });

  /** Who answers at the host's address. */
  async identifyHost(): Promise<void> {
    const { address } = this.#state;
    this.#set({ host: undefined, hostFault: undefined, accepted: undefined });
    try {
      const host = await identify(address);
      if (host.kind !== 'host') throw new Error(words.host.noHost);
      const accepted = await keptStates(host.did).catch(() => undefined);
      if (this.#state.address === address) this.#set({ host, accepted });
    } catch (error) {
      this.#set({ hostFault: fill(words.host.fault, { reason: messageOf(error) }) });
    }
  }

  /** Reads what the person wrote, and asks every address who answers there. */
  async lookUp(): Promise<void> {
    const read = readCandidates(this.#state.candidatesText);
    if (read.form === 'wrong') {
      const fault = fill(words.candidates.fault, { what: words.candidates.notList, reason: words.candidates.shape });
      this.#set({ candidateFaults: [fault] });
      return;
    }
    if (read.form === 'list') {
      this.#set({ known: read.candidates, candidateFaults: [] });
      return;
    }
    this.#set({ looking: true, candidateFaults: [] });
    const faults: string[] = [];
    const found = await Promise.all(
      read.addresses.map(async (url): Promise<KnownCandidate[]> => {
        try {
          const { did, operator, region, url: address } = await identify(url);
          return [{ did, operator: operator || did, region, reputation: 1000, url: address }];
        } catch (error) {
          faults.push(fill(words.candidates.fault, { what: url, reason: messageOf(error) }));
          return [];
        }
      }),
    );
    this.#set({ known: found.flat(), candidateFaults: faults, looking: false });
  }

  async takeSample(): Promise<void> {
    this.#set({ toRun: { kind: 'sample', name: 'savings.wasm', bytes: undefined }, toRunFault: undefined });
    try {
      const response = await fetch('programs/savings.wasm');
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (this.#state.toRun.kind === 'sample') this.#set({ toRun: { kind: 'sample', name: 'savings.wasm', bytes } });
    } catch (error) {
      this.#set({ toRunFault: fill(words.here.sampleFault, { reason: messageOf(error) }) });
    }
  }

  /** A program, or an image with its description. */
  giveFiles(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): void {
    const program = files.find(({ bytes }) => wasmMagic.every((byte, at) => bytes[at] === byte));
    if (program) {
      this.#set({ toRun: { kind: 'program', ...program }, toRunFault: undefined });
      return;
    }
    try {
      const texts = files.map(({ bytes }) => decodeText(bytes));
      const at = texts.findIndex((text) => text?.includes('"image/1"'));
      const description = readImageDescription(texts[at] ?? '');
      const other = files.find((_, place) => place !== at);
      if (!other) throw new Error(words.image.needs);
      const image = { encrypted: other.bytes, description };
      this.#set({ toRun: { kind: 'encrypted', name: other.name, image }, toRunFault: undefined });
    } catch (error) {
      this.#set({ toRunFault: fill(words.image.notImage, { reason: messageOf(error) }) });
    }
  }

  async launch(): Promise<void> {
    const { host, toRun, mode, accepted, ignoresAccepted } = this.#state;
    const { trust: pins } = currentPins();
    const selection = selectionOf(this.#state, pins);
    if (!host || !('chosen' in selection)) return;
    this.stop();
    const controller = new AbortController();
    this.#work = controller;
    const policy = selectedPolicy(pins, host.did, selection.chosen, this.#state.threshold);
    const trust = trustWith(pins, policy);
    this.#set({ steps: [], policy, run: { state: 'running' }, program: { state: 'idle' } });
    const candidates = candidatesOf(this.#state, pins);
    const validators = selection.chosen.flatMap(({ did }) => {
      const url = candidates.find((each) => each.did === did)?.url;
      return url === undefined ? [] : [{ did, url }];
    });
    const program = toRun.kind === 'program' || toRun.kind === 'sample' ? toRun.bytes : undefined;
    try {
      const launched = await askHostWorker(
        'launch',
        {
          launch: {
            host: host.url,
            did: host.did,
            validators,
            trust,
            mode,
            patience,
            shares: policy.threshold,
            ...(program && { program }),
            ...(toRun.kind === 'encrypted' && toRun.image ? { image: toRun.image } : {}),
            ...(accepted && !ignoresAccepted ? { accepted: { first: accepted.first, last: accepted.last } } : {}),
          },
        },
        {
          signal: controller.signal,
          onStep: (step) => {
            if (this.#work === controller) this.#set({ steps: [...this.#state.steps, step] });
          },
        },
      );
      if (this.#work !== controller) return;
      this.#set({ run: { state: 'done', launched, policy, trust } });
      showHost(host, validators, launched);
      if (launched.opened) await this.runProgram();
    } catch (error) {
      if (this.#work !== controller) return;
      const reason = controller.signal.aborted ? words.refused.stopped : messageOf(error);
      this.#set({ run: { state: 'failed', reason } });
    }
  }

  /** What was inside the image, in the tracer's worker. */
  async runProgram(): Promise<void> {
    const { run } = this.#state;
    if (run.state !== 'done' || !run.launched.opened) return;
    this.#set({ program: { state: 'running' } });
    this.#runner ??= new TraceRunner();
    try {
      const signal = this.#work?.signal;
      const result = await this.#runner.plain(run.launched.opened, { inputs: makeInputs() }, signal);
      this.#set({ program: { state: 'done', result } });
    } catch (error) {
      this.#set({ program: { state: 'failed', reason: messageOf(error) } });
    }
  }

  stop(): void {
    this.#work?.abort();
  }

  #set(change: Partial<LaunchState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export const launchSession = new LaunchSession();

export function useLaunch(): LaunchState {
  return useSyncExternalStore(launchSession.subscribe, launchSession.state);
}

/** Everybody who could be chosen: whom the trust file names for this host, and whom the person looked up. */
export function candidatesOf({ host, known }: LaunchState, trust: Trust): readonly KnownCandidate[] {
  const pinned = host && hostPolicy(trust, host.did);
  return mergeCandidates(pinned && 'policy' in pinned ? pinned.policy.validators : [], known);
}

/** Who is chosen, or why that cannot be done. */
export function selectionOf(state: LaunchState, trust: Trust): Selection | { readonly reason: string } {
  try {
    return selectValidators(candidatesOf(state, trust), state.asked);
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

/** The host's own page begins with what this launch has brought. */
function showHost(
  host: ServiceIdentity,
  validators: readonly { readonly url: string }[],
  launched: PageLaunched,
): void {
  const session = hostSession(host.did);
  session.choose({ address: host.url, validators: validators.map(({ url }) => url).join('\n') });
  const files = launched.files.map(({ name, bytes }) => ({ name, bytes: fromBase64(bytes) }));
  void session.give([...files, credentialFile(launched.credential.json)]);
}

function identify(url: string): Promise<ServiceIdentity> {
  return askHostWorker('identify', { url }, { signal: AbortSignal.timeout(patience) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
