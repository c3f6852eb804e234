import { hasId, isErrorReply, type ErrorReply } from '../kinds/protocol.ts';
import type { EvmPin } from '../trust/trust.ts';
import type { ProvenEvent } from './events.ts';
import type { Hex } from './hex.ts';
import type { ReceiptsJob, ReceiptsProven } from './jobs.ts';
import type { CounterState } from './knownContracts.ts';

/** What is asked of the worker that judges ledgers: nothing is kept between requests. */
export type EvmRequest =
  | {
      readonly type: 'seals';
      readonly id: number;
      readonly headers: readonly Uint8Array[];
      readonly consensus: EvmPin['consensus'];
    }
  | { readonly type: 'receipts'; readonly id: number; readonly job: ReceiptsJob }
  | {
      readonly type: 'counter';
      readonly id: number;
      readonly contract: string;
      readonly events: readonly ProvenEvent[];
      readonly from?: CounterState;
    }
  | { readonly type: 'cancel'; readonly id: number };

export type EvmReply =
  | { readonly type: 'seals'; readonly id: number; readonly signers: readonly (readonly (Hex | undefined)[])[] }
  | { readonly type: 'receipts'; readonly id: number; readonly proven: ReceiptsProven }
  | { readonly type: 'counter'; readonly id: number; readonly state: CounterState & { readonly brokenAt?: number } }
  | ErrorReply;

export function isEvmRequest(message: unknown): message is EvmRequest {
  return hasId(message) && ['seals', 'receipts', 'counter', 'cancel'].includes(message.type);
}

export function isEvmReply(message: unknown): message is EvmReply {
  if (!hasId(message)) return false;
  if (message.type === 'seals') return Array.isArray(message['signers']);
  if (message.type === 'receipts') return typeof message['proven'] === 'object' && message['proven'] !== null;
  if (message.type === 'counter') return typeof message['state'] === 'object' && message['state'] !== null;
  return isErrorReply(message);
}
