/// <reference lib="webworker" />
import type { ToKeeper } from './messages.ts';

/**
 * The service worker: keeps the files of this very build and nothing else, so that a certificate can be checked with the network off. Pages and
 * programs come from what is kept, so the build that a person has looked at stays the one that runs until they say so: a newer one waits. The build writes
 * its digest over the mark below, which makes every build's worker a new one.
 */
const scope = globalThis as unknown as ServiceWorkerGlobalScope;
const build = 'AFFIDAVIT_BUILD_DIGEST';
const family = 'affidavit ';
const place = new URL(scope.registration.scope).pathname;
const store = `${family}${build} ${place}`;

scope.addEventListener('install', (event) => {
  event.waitUntil(keep());
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

scope.addEventListener('message', ({ data, ports: [port] }) => {
  const asked = data as ToKeeper;
  if (asked === 'which') port?.postMessage(build);
  else if (asked === 'take over') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(scope.registration.scope)) return;
  const name = address.href.slice(scope.registration.scope.length).split(/[?#]/)[0] ?? '';
  if (name.startsWith('assets/')) event.respondWith(keptProgram(request));
  else if (isPage(name)) event.respondWith(keptPage(request, name === '' ? 'index.html' : name));
  else if (/^(samples|programs)\//.test(name)) event.respondWith(networkFirst(request, name));
});

/** The pages themselves and what they show at the top. */
function isPage(name: string): boolean {
  return (
    name === '' ||
    /^(index\.html|check\.html|icon.*|manifest\.webmanifest|build\.json|opened-from-file\.js)$/.test(name)
  );
}

/** Not needed to use the pages. Files whose names begin with `_` or `.` are for the host, which need not hand them out. */
function isLeftOut(name: string): boolean {
  return /^(templates|schema|screenshot|embed|assets\/embed-|[_.]|sbom)/.test(name) || name === 'offline.js';
}

/** Keeps all of this build or nothing: while a host is exchanging its files, it is tried again another time. */
async function keep(): Promise<void> {
  const answer = await fetch('build.json', { cache: 'no-store' });
  const { files, digest } = (await answer.json()) as { files: Record<string, string>; digest: string };
  if (digest !== build) throw new Error('The host is exchanging its files.');
  const cache = await caches.open(store);
  try {
    const names = Object.keys(files).filter((name) => !isLeftOut(name));
    await cache.addAll([...names, 'build.json'].map((name) => new Request(name, { cache: 'reload' })));
    for (const page of ['index.html', 'check.html']) {
      const kept = await cache.match(new URL(page, scope.registration.scope));
      if (!(await kept?.text())?.includes(build)) throw new Error(`${page} is of another build.`);
    }
  } catch (error) {
    await caches.delete(store);
    throw error;
  }
}

/** The build before stays kept, too: pages that are open elsewhere may still need parts of it. */
async function takeOver(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith(family) && name.endsWith(` ${place}`));
  const before = ours.filter((name) => name !== store).at(-1);
  const stale = ours.filter((name) => name !== store && name !== before);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function keptProgram(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function keptPage(request: Request, name: string): Promise<Response> {
  return (await findKept(name)) ?? fetch(request);
}

async function networkFirst(request: Request, name: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await findKept(name);
    if (!kept) throw error;
    return kept;
  }
}

async function findKept(name: string): Promise<Response | undefined> {
  const cache = await caches.open(store);
  return cache.match(new URL(name, scope.registration.scope), { ignoreVary: true });
}
