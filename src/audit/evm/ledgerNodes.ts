import { Patience } from '../source/patience.ts';
import { pause } from '../source/pause.ts';
import type { RpcCall, RpcNode, RpcOutcome } from './rpcNode.ts';

/** An outcome and whose it is. */
export interface NodeAnswer {
  readonly outcomes: readonly RpcOutcome[];
  readonly node: RpcNode;
}

/** Nodes of one ledger. One is asked; where it does not answer, or not as fast as they usually do, the next one is asked as well, and the first good answer counts. */
export class LedgerNodes {
  readonly all: readonly RpcNode[];
  readonly #patience: Patience;

  constructor(nodes: readonly RpcNode[]) {
    this.all = nodes;
    this.#patience = new Patience(nodes.length);
  }

  get cost(): { readonly requests: number; readonly calls: number } {
    const costs = this.all.map(({ cost }) => cost);
    const sum = (of: 'requests' | 'calls'): number => costs.reduce((total, cost) => total + cost[of], 0);
    return { requests: sum('requests'), calls: sum('calls') };
  }

  /**
   * Asks the given nodes in turn, the next when one fails or is slow. An answer is good where none of its outcomes is `down`; if there is no good
   * one, the last is returned. @throws the signal's reason
   */
  async ask(calls: readonly RpcCall[], nodes: readonly RpcNode[], signal?: AbortSignal): Promise<NodeAnswer> {
    const stop = new AbortController();
    const abort = (): void => stop.abort(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    let last: NodeAnswer | undefined;
    const running = new Set<Promise<NodeAnswer | undefined>>();
    try {
      signal?.throwIfAborted();
      for (const [turn, node] of nodes.entries()) {
        const work = this.#askOne(node, calls, stop.signal).then((answer) => {
          running.delete(work);
          last = answer;
          return answer.outcomes.some(({ kind }) => kind === 'down') ? undefined : answer;
        });
        // A loser is aborted, and nobody waits for it.
        work.catch(() => undefined);
        running.add(work);
        const patience =
          turn < nodes.length - 1 ? pause(this.#patience.of(this.all.indexOf(node)), stop.signal) : undefined;
        patience?.catch(() => undefined);
        const first = await (patience
          ? Promise.race([firstGood(running), patience.then(() => undefined)])
          : firstGood(running));
        if (first) return first;
      }
      return (await firstGood(running)) ?? (last as unknown as NodeAnswer);
    } finally {
      signal?.removeEventListener('abort', abort);
      stop.abort();
    }
  }

  async #askOne(node: RpcNode, calls: readonly RpcCall[], signal: AbortSignal): Promise<NodeAnswer> {
    const start = performance.now();
    const outcomes = await node.calls(calls, signal);
    this.#patience.note(this.all.indexOf(node), performance.now() - start);
    return { outcomes, node };
  }
}

/** The first that is good, or undefined when none of those under way is. */
async function firstGood(running: ReadonlySet<Promise<NodeAnswer | undefined>>): Promise<NodeAnswer | undefined> {
  for (;;) {
    if (running.size === 0) return undefined;
    const answer = await Promise.race(running);
    if (answer) return answer;
  }
}
