import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHostNetwork, type HostNetwork } from './openHostNetwork.ts';

/** A network in a folder of its own, which is deleted when it is stopped. */
export async function startHostNetwork(count = 5, threshold = 3): Promise<HostNetwork & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-hosts-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const network = await openHostNetwork({ folder, count, threshold });
    return {
      ...network,
      folder,
      async stop() {
        await network.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
