import { boundedBody } from '../audit/source/boundedBody.ts';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { parseJson } from '../core/bytes/json.ts';
import type { NodeStatus } from '../services/node/attestationNode.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { networkUsage } from './networkUsage.ts';
import { clean } from './readable.ts';

const patience = 10_000;
const longestStatus = 4 * 1024 * 1024;

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
    const bytes = await boundedBody(response, longestStatus);
    return response.ok && bytes ? readStatus(decodeUtf8(bytes)) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** A node may say anything: what cannot be shown is no answer. */
function readStatus(text: string): NodeStatus | undefined {
  const status = parseJson(text, { maximumLength: longestStatus }) as unknown as NodeStatus | null;
  const { epoch, head, final, requests, threshold, trustNodes, stalled, trouble } = status ?? {};
  const isCounted = [epoch, head, final, requests, threshold].every((each) => Number.isSafeInteger(each));
  const isTold = [stalled, trouble].every((each) => each === null || typeof each === 'string');
  return isCounted && isTold && Array.isArray(trustNodes) ? (status as NodeStatus) : undefined;
}

function described(node: string, status: NodeStatus): string {
  const { epoch, head, final, requests, trustNodes, threshold, stalled, trouble } = status;
  const state = `epoch ${epoch}, block ${head}, ${final} of ${requests} requests final, ${threshold} of ${trustNodes.length} trust nodes needed`;
  return [`${node}: ${state}`, stalled, trouble].filter((line) => line !== null).join('\n  ');
}
