import { sha3Hex } from '../src/core/bytes/hash.ts';

/** The worker that takes digests of files, so that a long one does not hold up the page. A message that is no request is dropped. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (typeof data !== 'object' || data === null || !('id' in data) || !('bytes' in data)) return;
  const { id, bytes } = data;
  if (!Number.isSafeInteger(id) || !(bytes instanceof Uint8Array)) return;
  scope.postMessage({ type: 'digest', id, digest: sha3Hex(bytes) });
};
