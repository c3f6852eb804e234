import { hasId, isErrorReply, type ErrorReply } from '../../kinds/protocol.ts';
import type { FunctionEntry } from '../functionIndex.ts';
import type { InspectedProgram } from '../instrument/inspectProgram.ts';
import type { Policy } from '../policy.ts';
import type { Symbols } from '../symbols.ts';
import type { Comparison, ReexecutionOrder } from './reexecute.ts';
import type { TracedMetadata, TraceOrder, TraceProgress } from './traceProgram.ts';
import type { HostSource, InstrumentedProgram, ProgramResult, TracedResult } from './types.ts';

/** What is asked of the worker that runs programs. While a program runs no message reaches it: whoever cancels ends it. */
export type TraceRequest =
  | { readonly type: 'inspect'; readonly id: number; readonly module: Uint8Array }
  | { readonly type: 'plain'; readonly id: number; readonly module: Uint8Array; readonly source: HostSource }
  /** Events that a policy would give, counted and dropped. */
  | {
      readonly type: 'estimate';
      readonly id: number;
      readonly module: Uint8Array;
      readonly policy: Policy;
      readonly source: HostSource;
    }
  | { readonly type: 'trace'; readonly id: number; readonly order: TraceOrder; readonly wantsBundles: boolean }
  | {
      readonly type: 'reexecute';
      readonly id: number;
      readonly order: ReexecutionOrder;
      readonly wantsBundles: boolean;
    }
  | { readonly type: 'cancel'; readonly id: number };

/** Everything of a traced program that can cross to the page; hashes of leaves are left out, and made anew from the records where they are needed. */
export interface TracedAnswer {
  readonly result: TracedResult;
  readonly figures: InstrumentedProgram['figures'];
  readonly symbols: Symbols;
  /** Undefined where the run ended as `exhausted` or `diverged`. */
  readonly metadata: TracedMetadata | undefined;
  readonly functions: readonly FunctionEntry[];
}

export type TraceReply =
  | { readonly type: 'inspected'; readonly id: number; readonly program: InspectedProgram }
  | { readonly type: 'ran'; readonly id: number; readonly result: ProgramResult }
  | {
      readonly type: 'estimated';
      readonly id: number;
      readonly result: TracedResult;
      readonly figures: InstrumentedProgram['figures'];
    }
  | { readonly type: 'progress'; readonly id: number; readonly progress: TraceProgress }
  | { readonly type: 'bundle'; readonly id: number; readonly index: number; readonly records: Uint8Array }
  | { readonly type: 'traced'; readonly id: number; readonly traced: TracedAnswer }
  | {
      readonly type: 'reexecuted';
      readonly id: number;
      readonly outcome: 'same' | 'different' | 'unknown';
      readonly comparisons: readonly Comparison[];
      readonly traced: TracedAnswer | undefined;
    }
  | ErrorReply;

const requests = ['inspect', 'plain', 'estimate', 'trace', 'reexecute', 'cancel'];
const replies = ['inspected', 'ran', 'estimated', 'progress', 'bundle', 'traced', 'reexecuted'];

export function isTraceRequest(message: unknown): message is TraceRequest {
  if (!hasId(message) || !requests.includes(message.type)) return false;
  if (message.type === 'cancel') return true;
  if (message.type === 'trace' || message.type === 'reexecute') {
    return typeof message['order'] === 'object' && message['order'] !== null;
  }
  return message['module'] instanceof Uint8Array;
}

export function isTraceReply(message: unknown): message is TraceReply {
  return isErrorReply(message) || (hasId(message) && replies.includes(message.type));
}
