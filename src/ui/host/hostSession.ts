import { useSyncExternalStore } from 'react';
import { askHostWorker } from '../../audit/launch/hostWorker.ts';
import type { ServiceIdentity } from '../../audit/launch/identifyService.ts';
import type { HostExamined } from '../../audit/launch/protocol.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { sameDid } from '../../core/did/didChange.ts';
import { hostDigest, hostType, maximumHostLength, parseHostCredential } from '../../core/host/hostCredential.ts';
import type { FileBytes } from '../../core/kinds/protocol.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { decodeText } from '../../core/bytes/unwrap.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { fill } from '../../core/verdict/messages.ts';
import { currentPins } from '../anchors/usePins.ts';
import { host as words } from '../words/host.en.ts';
import { forgetStates, keepState, keptStates, type KeptStates } from './acceptedStates.ts';

/** Milliseconds that each service has to answer. */
const patience = 15_000;

export interface HostSessionState {
  readonly address: string;
  /** One on each line. */
  readonly validators: string;
  readonly credential: JsonObject | undefined;
  readonly files: readonly FileBytes[];
  readonly found: HostExamined | undefined;
  readonly busy: 'asking' | 'judging' | undefined;
  readonly fault: string | undefined;
  /** Validators that could not be asked, in words. */
  readonly silent: readonly string[];
  readonly accepted: KeptStates | undefined;
  /** Milliseconds between questions; 0: only when the person says so. */
  readonly interval: number;
  /** What it will be once it is begun. */
  readonly preferred: number;
  /** Milliseconds since 1970. */
  readonly askedAt: number | undefined;
  readonly nextAt: number | undefined;
}

/** What is known of one host, and the asking that goes on also while other screens are looked at. */
export class HostSession {
  readonly did: string;
  #state: HostSessionState = {
    address: '',
    validators: '',
    credential: undefined,
    files: [],
    found: undefined,
    busy: undefined,
    fault: undefined,
    silent: [],
    accepted: undefined,
    interval: 0,
    preferred: 60_000,
    askedAt: undefined,
    nextAt: undefined,
  };
  readonly #listeners = new Set<() => void>();
  #work: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(did: string) {
    this.did = did;
    keptStates(did).then(
      (accepted) => this.#set({ accepted }),
      () => undefined,
    );
  }

  readonly state = (): HostSessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  choose(change: Partial<Pick<HostSessionState, 'address' | 'validators'>>): void {
    this.#set(change);
  }

  /** Demands a fresh credential with the validators' proofs, and judges it beside what was before. */
  ask(): Promise<void> {
    return this.#do('asking', async (signal) => {
      const { address, validators: addresses, accepted } = this.#state;
      const host = await this.#identify(address, signal);
      const silent: string[] = [];
      const lines = addresses.split(/\s+/).filter((line) => line !== '');
      const validators = await Promise.all(
        lines.map((url) =>
          this.#identify(url, signal, true).catch((error: Error) => {
            signal.throwIfAborted();
            silent.push(fill(words.ask.silent, { url, reason: error.message }));
          }),
        ),
      );
      const { trust } = currentPins();
      const launched = await askHostWorker(
        'launch',
        {
          launch: {
            host: host.url,
            did: this.did,
            validators: validators.flatMap((each) => (each ? [{ did: each.did, url: each.url }] : [])),
            trust,
            mode: 'fan-out',
            patience,
            shares: 0,
            ...(accepted && { accepted }),
          },
        },
        { signal },
      );
      const history = await askHostWorker('history', { url: host.url }, { signal }).catch((): readonly JsonObject[] => {
        signal.throwIfAborted();
        return [];
      });
      const { json } = launched.credential;
      const own = hostDigest(json);
      const former = history.filter((each) => hostDigest(each) !== own);
      const before = [...former, ...this.#vouchedBefore(own)].map(credentialFile);
      const files = [
        ...launched.files.map(({ name, bytes }) => ({ name, bytes: fromBase64(bytes) })),
        // Under one name the last one stays: that with the validators' proofs.
        ...new Map(before.map((file) => [file.name, file])).values(),
      ];
      this.#set({ credential: json, files, silent, askedAt: Date.now() });
      await this.#judge(signal, false);
    });
  }

  /** Judges what is here again, with its status as it is now. */
  look(): Promise<void> {
    return this.#do('judging', (signal) => this.#judge(signal, true));
  }

  /** Judges what is here again under what is pinned now, and asks nobody. */
  again(): Promise<void> {
    return this.#state.credential ? this.#do('judging', (signal) => this.#judge(signal, false)) : Promise.resolve();
  }

  /** Files that a person gave: the newest credential of this host among them is judged beside all others. */
  give(given: readonly FileBytes[]): Promise<void> {
    return this.#do('judging', async (signal) => {
      const credentials = given.flatMap((file) => credentialIn(file) ?? []);
      const stranger = credentials.find(({ issuer }) => sameDid(issuer) !== sameDid(this.did));
      if (stranger) throw new Error(fill(words.screen.otherHost, { did: stranger.issuer }));
      const [newest] = credentials.toSorted((a, b) => b.from - a.from);
      const credential = newest?.json ?? this.#state.credential;
      if (!credential) throw new Error(fill(words.screen.badCredential, { name: given[0]?.name ?? '' }));
      const names = new Set(given.map(({ name }) => name));
      const files = [...this.#state.files.filter(({ name }) => !names.has(name)), ...given];
      this.#set({ credential, files });
      await this.#judge(signal, false);
    });
  }

  async accept(): Promise<void> {
    const { credential } = this.#state;
    if (!credential) return;
    try {
      this.#set({ accepted: await keepState(this.did, credential, Date.now()), fault: undefined });
      await this.again();
    } catch (error) {
      this.#set({ fault: fill(words.accept.fault, { reason: messageOf(error) }) });
    }
  }

  async forget(): Promise<void> {
    await forgetStates(this.did).catch(() => undefined);
    this.#set({ accepted: undefined });
    await this.again();
  }

  prefer(preferred: number): void {
    this.#set({ preferred });
  }

  /** Asks now, and again after so many milliseconds each time; 0 ends that. */
  every(interval: number): void {
    clearTimeout(this.#timer);
    this.#set({ interval, nextAt: undefined });
    if (interval > 0) void this.ask();
  }

  /** Ends what is under way. */
  stop(): void {
    this.#work?.abort();
  }

  async #judge(signal: AbortSignal, isNewList: boolean): Promise<void> {
    const { credential, files, accepted } = this.#state;
    if (!credential) return;
    const { trust } = currentPins();
    const asks = isNewList || hasRegistries(trust);
    const found = await askHostWorker(
      'examine',
      { examination: { credential, files, trust, asks, ...(accepted && { accepted }) } },
      { signal },
    );
    this.#set({ found, files: found.files });
  }

  async #do(busy: 'asking' | 'judging', work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#work?.abort();
    clearTimeout(this.#timer);
    const controller = new AbortController();
    this.#work = controller;
    this.#set({ busy, fault: undefined, nextAt: undefined });
    try {
      await work(controller.signal);
    } catch (error) {
      if (this.#work === controller && !controller.signal.aborted) this.#set({ fault: messageOf(error) });
    }
    if (this.#work !== controller) return;
    this.#set({ busy: undefined });
    const { interval } = this.#state;
    if (interval === 0) return;
    this.#set({ nextAt: Date.now() + interval });
    this.#timer = setTimeout(() => void this.ask(), interval);
  }

  async #identify(url: string, signal: AbortSignal, isValidator = false): Promise<ServiceIdentity> {
    const found = await askHostWorker(
      'identify',
      { url },
      { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) },
    );
    if (!isValidator && sameDid(found.did) !== sameDid(this.did)) {
      throw new Error(fill(words.screen.otherAnswers, { did: found.did }));
    }
    return found;
  }

  /** The credential that was here before this one, with the proofs that it had: the host itself keeps none of them. */
  #vouchedBefore(digest: string): readonly JsonObject[] {
    const { credential } = this.#state;
    return credential && hostDigest(credential) !== digest ? [credential] : [];
  }

  #set(change: Partial<HostSessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const sessions = new Map<string, HostSession>();

export function hostSession(did: string): HostSession {
  const known = sessions.get(did) ?? new HostSession(did);
  sessions.set(did, known);
  return known;
}

export function useHost(session: HostSession): HostSessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** The credential of a host that a file holds, if it is one. */
export function credentialIn({ bytes }: FileBytes) {
  const text = decodeText(bytes);
  if (text === undefined || text.length > maximumHostLength || !text.includes(`"${hostType}"`)) return undefined;
  try {
    return parseHostCredential(text);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Named by its digest, so that the same one is there once. */
export function credentialFile(credential: JsonObject): FileBytes {
  return { name: `${hostDigest(credential).slice(0, 16)}.credential.json`, bytes: utf8(canonicalJson(credential)) };
}

function hasRegistries({ evm = [] }: Trust): boolean {
  return evm.some(
    ({ contracts }) => contracts?.['DidRegistry'] !== undefined || contracts?.['RevocationRegistry'] !== undefined,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
