import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import { hasId, isErrorReply, type ErrorReply, type FileBytes } from '../kinds/protocol.ts';
import type { AnchoredRequest } from '../trace/certificate/makeAnchoredCertificate.ts';
import type { Trust } from '../trust/trust.ts';
import type { Check } from '../verdict/check.ts';
import type { TaskCertificateRequest } from './certificate/makeTaskCertificate.ts';
import type { OrderEvidence, OrderJudged } from './ethernity/judgeOrder.ts';
import type { TaskTimeline } from './timeline.ts';

/** What is asked of the worker that judges tasks: nothing is kept between requests. */
export type TaskRequest =
  | {
      readonly type: 'task';
      readonly id: number;
      readonly events: readonly ProvenEvent[];
      readonly task: bigint;
      readonly chainId: number;
      /** Lower case. */
      readonly contract: Hex;
      readonly trust: Trust;
      /** Milliseconds since 1970: workers have no clock of their own. */
      readonly now: number;
      readonly companions: readonly FileBytes[];
    }
  | { readonly type: 'certify'; readonly id: number; readonly request: TaskCertificateRequest }
  | { readonly type: 'certify trace'; readonly id: number; readonly request: AnchoredRequest }
  | {
      readonly type: 'order';
      readonly id: number;
      readonly evidence: OrderEvidence;
      readonly order: bigint;
      readonly companions: readonly FileBytes[];
    }
  | { readonly type: 'cancel'; readonly id: number };

export type TaskReply =
  | {
      readonly type: 'task';
      readonly id: number;
      readonly checks: readonly Check[];
      readonly labels: readonly string[];
      readonly timeline: TaskTimeline;
    }
  | { readonly type: 'certified'; readonly id: number; readonly text: string }
  | { readonly type: 'order'; readonly id: number; readonly judged: OrderJudged }
  | ErrorReply;

export function isTaskRequest(message: unknown): message is TaskRequest {
  if (!hasId(message)) return false;
  if (message.type === 'cancel') return true;
  if (message.type === 'certify' || message.type === 'certify trace') {
    return typeof message['request'] === 'object' && message['request'] !== null;
  }
  if (message.type === 'order') {
    const evidence = message['evidence'];
    return (
      typeof evidence === 'object' &&
      evidence !== null &&
      typeof message['order'] === 'bigint' &&
      Array.isArray(message['companions'])
    );
  }
  return (
    message.type === 'task' &&
    Array.isArray(message['events']) &&
    typeof message['task'] === 'bigint' &&
    Array.isArray(message['companions'])
  );
}

export function isTaskReply(message: unknown): message is TaskReply {
  if (!hasId(message)) return false;
  if (message.type === 'certified') return typeof message['text'] === 'string';
  if (message.type === 'order') return typeof message['judged'] === 'object' && message['judged'] !== null;
  if (message.type !== 'task') return isErrorReply(message);
  return Array.isArray(message['checks']) && typeof message['timeline'] === 'object' && message['timeline'] !== null;
}
