/// <reference lib="webworker" />
/**
 * The service worker: keeps the files of this very build and nothing else, so that a certificate can be checked with the network off. It
 * answers with kept copies only for files that carry their hash in their name, or where the network does not answer. The build writes its
 * digest over AFFIDAVIT_BUILD_DIGEST, which makes every build's worker a new one.
 */
const scope = globalThis as unknown as ServiceWorkerGlobalScope;
const store = 'affidavit AFFIDAVIT_BUILD_DIGEST';

scope.addEventListener('install', (event) => {
  event.waitUntil(keep());
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(scope.registration.scope)) return;
  const name = address.href.slice(scope.registration.scope.length).split(/[?#]/)[0] ?? '';
  if (name.startsWith('assets/')) event.respondWith(keptFirst(request));
  else if (isPage(name)) event.respondWith(networkFirst(request, name === '' ? 'index.html' : name));
});

/** Addresses that are answered from the store only when the network does not: the pages themselves and what they show at the top. */
function isPage(name: string): boolean {
  return name === '' || /^(index\.html|check\.html|icon.*|manifest\.webmanifest|build\.json)$/.test(name);
}

async function keep(): Promise<void> {
  const answer = await fetch('build.json', { cache: 'no-store' });
  const { files } = (await answer.json()) as { files: Record<string, string> };
  const cache = await caches.open(store);
  // The pages that check themselves are among the assets, too; as files of their own they are for the command line.
  const names = Object.keys(files).filter((name) => !name.startsWith('templates/'));
  await cache.addAll([...names, 'build.json'].map((name) => new Request(name, { cache: 'reload' })));
  await scope.skipWaiting();
}

async function takeOver(): Promise<void> {
  const stale = (await caches.keys()).filter((name) => name.startsWith('affidavit ') && name !== store);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function networkFirst(request: Request, name: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(new URL(name, scope.registration.scope), { ignoreVary: true });
    if (!kept) throw error;
    return kept;
  }
}
