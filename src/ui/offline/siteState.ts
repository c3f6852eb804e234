import { putAllBy } from '../words/language.ts';
import type { ToKeeper } from './messages.ts';
import { ownBuild } from './ownBuild.ts';

/** What a person should know of the site itself, beside what they came for. */
export interface SiteState {
  /** A build other than this page's is kept and waits until the person wants it: its digest. */
  readonly newer?: string;
  /** The build that was looked at here the last time, where it was another one than this. */
  readonly former?: string;
  /** This page is kept: it opens without a network. */
  readonly kept: boolean;
}

const lastKey = 'affidavit-build';
const hour = 3_600_000;

let state: SiteState = { kept: false };
let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

/** For `useSyncExternalStore`. */
export function watchSite(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function siteState(): SiteState {
  return state;
}

function change(next: Partial<SiteState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

/** Keeps this build's files, so that the page opens without a network, and notices when the host has another build. Failing that, everything else still works. */
export function keepForOffline(): void {
  const own = ownBuild();
  if (import.meta.env.DEV || own === undefined) return;
  const former = remember(own);
  if (former !== undefined && former !== own) change({ former });
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('controllerchange', () => void compare(serviceWorker.controller, own));
  serviceWorker.register(new URL('offline.js', document.baseURI)).then(
    // Where a browser's settings forbid workers like this, some answer with nothing instead of refusing.
    (registration: ServiceWorkerRegistration | undefined) => registration && watch(registration, own),
    () => undefined,
  );
}

/** Changes to the build that waits, by loading this page anew; what it holds is put by first. */
export async function takeNewer(): Promise<void> {
  const reload = (): void => window.location.reload();
  if (state.newer !== undefined) remember(state.newer);
  await putAllBy();
  if (!waiting || waiting.state !== 'installed') return reload();
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  tell(waiting, 'take over');
}

/** The person has read that this is another build than the last time. */
export function forgetFormer(): void {
  const { former: _, ...rest } = state;
  state = rest;
  change({});
}

/** The person wants to stay with this page's build for now. */
export function forgetNewer(): void {
  const { newer: _, ...rest } = state;
  state = rest;
  change({});
}

function watch(registration: ServiceWorkerRegistration, own: string): void {
  void compare(registration.waiting ?? registration.active, own);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' || installing.state === 'activated') void compare(installing, own);
    });
  });
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < hour) return;
    asked = Date.now();
    registration.update().catch(() => undefined);
  });
}

async function compare(worker: ServiceWorker | null, own: string): Promise<void> {
  if (!worker) return;
  const digest = await askWhich(worker);
  if (digest === undefined) return;
  // Not before it is in charge: until then a page that is opened next would still be asked from the network.
  if (digest === own) return worker.state === 'activated' ? change({ kept: true }) : undefined;
  if (worker.state === 'installed') waiting = worker;
  change({ newer: digest });
}

/** The digest of the build that a worker keeps; undefined where it does not say so in time, as workers of the first releases do not. */
function askWhich(worker: ServiceWorker): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => {
      resolve(typeof data === 'string' && /^[0-9a-f]{64}$/.test(data) ? data : undefined);
      port1.close();
    });
    port1.start();
    setTimeout(() => resolve(undefined), 10_000);
    tell(worker, 'which', port2);
  });
}

function tell(worker: ServiceWorker, message: ToKeeper, port?: MessagePort): void {
  worker.postMessage(message, port ? [port] : []);
}

/** Keeps in mind which build was looked at here, and gives back the one before. */
function remember(own: string): string | undefined {
  try {
    const former = window.localStorage.getItem(lastKey) ?? undefined;
    window.localStorage.setItem(lastKey, own);
    return former !== undefined && /^[0-9a-f]{64}$/.test(former) ? former : undefined;
  } catch {
    return undefined;
  }
}
