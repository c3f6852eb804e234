/** The part of a `Worker` that the pool uses, so that tests can stand in for it. */
export interface WorkerPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: MessageEvent) => void, until?: Until): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void, until?: Until): void;
}

/** When aborted the listener is gone, so that a worker that is used again holds nothing of its last user. */
interface Until {
  readonly signal: AbortSignal;
}
