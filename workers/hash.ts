import { sha3Hex } from '../src/core/bytes/hash.ts';
import { toHex } from '../src/core/bytes/hex.ts';
import { transactionLeaf } from '../src/core/chain/tree.ts';
import { inclusionProof } from '../src/core/merkle/inclusion.ts';

/**
 * The worker that hashes for the page: digests of files, and a record's way to the root of its tree, which may have a million leaves. A
 * message that is no request is dropped.
 */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (!isRequest(data)) return;
  const { id, bytes } = data;
  if (data.type === 'digest') {
    scope.postMessage({ type: 'digest', id, digest: sha3Hex(bytes) });
    return;
  }
  const leaves = Array.from({ length: Math.floor(bytes.length / 32) }, (_, leaf) =>
    transactionLeaf(bytes.subarray(leaf * 32, leaf * 32 + 32)),
  );
  const own = leaves[data.index];
  if (!own) return;
  scope.postMessage({ type: 'path', id, leaf: toHex(own), path: inclusionProof(leaves, data.index).map(toHex) });
};

type Request = { readonly id: number; readonly bytes: Uint8Array } & (
  | { readonly type: 'digest' }
  /** `bytes` are the tree's transaction hashes, 32 bytes each; `index` is the record's. */
  | { readonly type: 'path'; readonly index: number }
);

function isRequest(data: unknown): data is Request {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('id' in data) || !('bytes' in data))
    return false;
  if (!Number.isSafeInteger(data.id) || !(data.bytes instanceof Uint8Array)) return false;
  return data.type === 'digest' || (data.type === 'path' && 'index' in data && Number.isSafeInteger(data.index));
}
