/** By which a script can send something elsewhere; modules of this origin can still be imported. */
const ways = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts',
  'Worker',
  'BroadcastChannel',
];

/**
 * Takes the network from a worker that has no policy of its own: files that a person dropped are judged in it. It guards against a mistake in this program, as `connect-src` does for
 * the page of the offline check; a policy would be the stronger of the two, but a worker has that of the page that started it.
 */
export function closeNetwork(scope: object): void {
  for (const name of ways) {
    for (let holder: object | null = scope; holder; holder = Object.getPrototypeOf(holder) as object | null) {
      if (Object.hasOwn(holder, name)) Reflect.deleteProperty(holder, name);
    }
    // What cannot be deleted is covered; what can neither be deleted nor covered does not exist in a worker.
    if (name in scope) Object.defineProperty(scope, name, { value: undefined });
  }
}
