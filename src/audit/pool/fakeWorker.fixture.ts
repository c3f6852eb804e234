import type { WorkerPort } from './workerPort.ts';

/** A stand-in for a worker in tests: a real message channel (so that clones and transfers are real) with a handler at the other end. */
export class FakeWorker implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onmessageerror: WorkerPort['onmessageerror'] = null;
  onerror: WorkerPort['onerror'] = null;
  terminated = false;
  readonly received: unknown[] = [];
  readonly #channel = new MessageChannel();

  constructor(serve: (post: (reply: unknown, transfer?: Transferable[]) => void) => (message: unknown) => void) {
    const { port1, port2 } = this.#channel;
    const handle = serve((reply, transfer) => port2.postMessage(reply, transfer ?? []));
    port2.onmessage = (event) => {
      this.received.push(event.data);
      handle(event.data);
    };
    port1.onmessage = (event) => this.onmessage?.(event);
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.#channel.port1.close();
  }

  crash(message = ''): void {
    this.onerror?.({ message } as ErrorEvent);
  }
}
