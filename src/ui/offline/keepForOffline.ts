/** Registers the worker that keeps this build's own files, so that the page opens without a network. Failing that, everything else still works. */
export function keepForOffline(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register(new URL('offline.js', document.baseURI)).catch(() => undefined);
}
