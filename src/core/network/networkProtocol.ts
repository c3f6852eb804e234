import { hasId, isErrorReply, type ErrorReply, type FileBytes } from '../kinds/protocol.ts';
import type { Trust } from '../trust/trust.ts';
import type { NetworkJudged, NetworkReading } from './judgeNetwork.ts';

/** What is asked of the worker that recomputes attestation networks: nothing is kept between requests. */
export type NetworkRequest =
  | {
      readonly type: 'network';
      readonly id: number;
      readonly reading: NetworkReading;
      readonly trust: Trust;
      /** Milliseconds since 1970: workers have no clock of their own. */
      readonly now: number;
      readonly companions: readonly FileBytes[];
    }
  | { readonly type: 'cancel'; readonly id: number };

export type NetworkReply =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly type: 'judged'; readonly id: number; readonly judged: NetworkJudged }
  | ErrorReply;

export function isNetworkRequest(message: unknown): message is NetworkRequest {
  if (!hasId(message)) return false;
  if (message.type === 'cancel') return true;
  const { reading, trust, now, companions } = message as Readonly<Record<string, unknown>>;
  return (
    message.type === 'network' &&
    isObject(reading) &&
    Array.isArray(reading['events']) &&
    isObject(trust) &&
    Number.isFinite(now) &&
    Array.isArray(companions)
  );
}

export function isNetworkReply(message: unknown): message is NetworkReply {
  if (!hasId(message)) return false;
  if (message.type === 'progress') return Number.isFinite(message['done']) && Number.isFinite(message['total']);
  if (message.type !== 'judged') return isErrorReply(message);
  const judged = message['judged'];
  return isObject(judged) && Array.isArray(judged['checks']) && Array.isArray(judged['labels']);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
