import type { WorkerPort } from './workerPort.ts';

type Listener = (event: never) => void;

/** A stand-in for a worker in tests: a real message channel (so that clones and transfers are real) with a handler at the other end. */
export class FakeWorker implements WorkerPort {
  terminated = false;
  readonly received: unknown[] = [];
  readonly #channel = new MessageChannel();
  readonly #listeners = new Map<string, Listener>();

  constructor(serve: (post: (reply: unknown, transfer?: Transferable[]) => void) => (message: unknown) => void) {
    const { port1, port2 } = this.#channel;
    const handle = serve((reply, transfer) => port2.postMessage(reply, transfer ?? []));
    port2.addEventListener('message', (event) => {
      this.received.push(event.data);
      handle(event.data);
    });
    port1.addEventListener('message', (event) => this.#listeners.get('message')?.(event as never));
    port1.start();
    port2.start();
  }

  addEventListener(type: string, listener: Listener, until?: { readonly signal: AbortSignal }): void {
    this.#listeners.set(type, listener);
    until?.signal.addEventListener(
      'abort',
      () => this.#listeners.get(type) === listener && this.#listeners.delete(type),
    );
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.#channel.port1.close();
  }

  crash(message = ''): void {
    this.#listeners.get('error')?.({ message } as never);
  }
}
