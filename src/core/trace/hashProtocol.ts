import { hasId, isErrorReply, type ErrorReply } from '../kinds/protocol.ts';
import type { LeafBatch } from './leafHasher.ts';
import type { LeafEncoding } from './metadata.ts';
import type { Symbols } from './symbols.ts';

/** How leaves are made, as it is sent to each worker first. */
export interface SentRules {
  readonly leafEncoding: LeafEncoding;
  readonly saltKey?: Uint8Array | undefined;
  /** Only where leaves are `jcs`. */
  readonly symbols?: Symbols | undefined;
}

/** What is asked of a worker that hashes leaves of traces: rules first, then batches. */
export type TraceHashRequest =
  | { readonly type: 'rules'; readonly id: number; readonly rules: SentRules }
  | { readonly type: 'hash'; readonly id: number; readonly batch: LeafBatch };

export type TraceHashReply =
  | { readonly type: 'ready'; readonly id: number }
  /** 32 bytes for each leaf, or for each tile of leaves where the batch says so. */
  | { readonly type: 'hashed'; readonly id: number; readonly hashes: Uint8Array }
  | ErrorReply;

export function isTraceHashRequest(message: unknown): message is TraceHashRequest {
  if (!hasId(message) || !('type' in message)) return false;
  if (message.type === 'rules') return 'rules' in message && typeof message.rules === 'object';
  return message.type === 'hash' && 'batch' in message && typeof message.batch === 'object';
}

export function isTraceHashReply(message: unknown): message is TraceHashReply {
  if (isErrorReply(message)) return true;
  if (!hasId(message) || !('type' in message)) return false;
  return (
    message.type === 'ready' ||
    (message.type === 'hashed' && 'hashes' in message && message.hashes instanceof Uint8Array)
  );
}
