import { hasId, isErrorReply, type ErrorReply } from '../../kinds/protocol.ts';
import type { Timeline } from '../timeline.ts';
import type { EventRow } from './eventRow.ts';
import type { EventFilter } from './scanRecords.ts';
import type { EventPath, FileParts, HeldTrace, Signing } from './traceHolder.ts';

/** What is asked of the worker that keeps a trace. */
export type ViewRequest = { readonly id: number } & (
  | {
      readonly type: 'bundles';
      readonly bundles: readonly { readonly index: number; readonly records: Uint8Array }[];
    }
  | { readonly type: 'open'; readonly held: HeldTrace }
  | { readonly type: 'sign'; readonly signing: Signing }
  | { readonly type: 'filter'; readonly filter: EventFilter }
  | { readonly type: 'rows'; readonly numbers: readonly number[] }
  | { readonly type: 'path'; readonly event: number }
  | { readonly type: 'functionPath'; readonly function: number }
  | {
      readonly type: 'proof';
      readonly events: readonly number[];
      readonly fields: readonly number[] | undefined;
      readonly functions: readonly number[];
    }
  | { readonly type: 'whole' }
  | { readonly type: 'file'; readonly parts: FileParts }
);

export type ViewReply =
  | ({ readonly id: number } & (
      | { readonly type: 'done' }
      | { readonly type: 'timeline'; readonly timeline: Timeline }
      | { readonly type: 'numbers'; readonly numbers: Uint32Array }
      | { readonly type: 'rows'; readonly rows: readonly EventRow[] }
      | { readonly type: 'path'; readonly path: EventPath }
      | { readonly type: 'text'; readonly text: string }
      | { readonly type: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
    ))
  | ErrorReply;

const requests: Readonly<Record<string, string>> = {
  bundles: 'bundles',
  open: 'held',
  sign: 'signing',
  filter: 'filter',
  rows: 'numbers',
  proof: 'events',
  file: 'parts',
};
const replies = ['done', 'timeline', 'numbers', 'rows', 'path', 'text', 'bytes'];

export function isViewRequest(message: unknown): message is ViewRequest {
  if (!hasId(message)) return false;
  if (message.type === 'path') return Number.isSafeInteger(message['event']);
  if (message.type === 'functionPath') return Number.isSafeInteger(message['function']);
  if (message.type === 'whole') return true;
  if (message.type === 'proof' && !Array.isArray(message['functions'])) return false;
  const member = requests[message.type];
  return member !== undefined && typeof message[member] === 'object' && message[member] !== null;
}

export function isViewReply(message: unknown): message is ViewReply {
  return isErrorReply(message) || (hasId(message) && replies.includes(message.type));
}
