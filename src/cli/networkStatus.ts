import type { NodeStatus } from '../services/node/attestationNode.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { networkUsage } from './networkUsage.ts';
import { clean } from './readable.ts';

const patience = 10_000;

/** `network status`: what nodes say of themselves. It proves nothing. */
export async function networkStatus(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options } = readArgs(args, { node: 'values', json: 'flag' } as const, networkUsage);
  if (options.node.length === 0) throw wrongCall('The address of a node is needed.', networkUsage);
  let isWell = true;
  for (const node of options.node) {
    const status = await statusOf(node, io.signal);
    isWell &&= status !== undefined && status.stalled === null;
    if (options.json) io.line({ node, status: status ?? null });
    else io.say(clean(status ? described(node, status) : `${node}: does not answer`));
  }
  return isWell ? 0 : 1;
}

async function statusOf(node: string, signal: AbortSignal): Promise<NodeStatus | undefined> {
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const response = await fetch(`${node.replace(/\/$/, '')}/status`, { signal: either, redirect: 'error' });
    return response.ok ? ((await response.json()) as NodeStatus) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function described(node: string, status: NodeStatus): string {
  const { epoch, head, final, requests, trustNodes, threshold, stalled, trouble } = status;
  const state = `epoch ${epoch}, block ${head}, ${final} of ${requests} requests final, ${threshold} of ${trustNodes.length} trust nodes needed`;
  return [`${node}: ${state}`, stalled, trouble].filter((line) => line !== null).join('\n  ');
}
