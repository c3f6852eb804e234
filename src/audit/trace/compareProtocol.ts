import { hasId, isErrorReply, type ErrorReply } from '../../core/kinds/protocol.ts';
import type { ComparedTraces } from './compareTraces.ts';

/** One of two traces: a file, or the address that its tiles are under. */
export type ComparedSource = { readonly bytes: Uint8Array } | { readonly address: string };

/** What is asked of the worker that compares. */
export type CompareRequest =
  | { readonly type: 'compare'; readonly id: number; readonly left: ComparedSource; readonly right: ComparedSource }
  | { readonly type: 'cancel'; readonly id: number };

export type CompareReply =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly type: 'compared'; readonly id: number; readonly result: ComparedTraces }
  | ErrorReply;

export function isCompareReply(message: unknown): message is CompareReply {
  return isErrorReply(message) || (hasId(message) && (message.type === 'progress' || message.type === 'compared'));
}
