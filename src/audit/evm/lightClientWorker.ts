import { finalisedBlock, type HeliosModule } from './lightClient.ts';
import type { FinalisedReply, FinalisedRequest } from './finalisedInWorker.ts';

/** The worker that the light client runs in: its signatures take seconds, and its 4 MB are fetched when somebody has pinned where it begins. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const load = async (): Promise<HeliosModule> => (await import('@a16z/helios')) as unknown as HeliosModule;

scope.onmessage = async ({ data: { pin, rpc } }: MessageEvent<FinalisedRequest>) => {
  const reply: FinalisedReply = await finalisedBlock(pin, rpc, load).catch((error: unknown) => ({
    error: error instanceof Error ? error.message : String(error),
  }));
  scope.postMessage(reply);
};
