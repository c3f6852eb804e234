import { AttestationNode, type NodeParts, openNodeParts } from './attestationNode.ts';
import { createNodeServer } from './nodeServer.ts';
import { readNodeSetting } from './nodeSetting.ts';
import { lockState } from '../start/lockState.ts';

/**
 * The process of one node. Its only argument is the path of its setting; it says `ready` with its address, and ends when it is asked to.
 * @param make another node in its place, for tests of such that misbehave
 */
export async function serveNode(
  path: string,
  make: (parts: NodeParts) => AttestationNode = (parts) => new AttestationNode(parts),
): Promise<void> {
  const setting = await readNodeSetting(path);
  // One process alone may vote with a key: two would have two journals in memory.
  const unlock = await lockState(setting.folder);
  const node = make(await openNodeParts(setting));
  const server = await createNodeServer(node, setting);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
  process.stdout.write(`ready ${server.url}\n`);
  await node.run(stop.signal);
  await server.close();
  await unlock();
}
