import type { Trust } from '../trust/trust.ts';
import type { ErrorKind } from '../verdict/auditorError.ts';
import type { Check, Plan } from '../verdict/check.ts';
import type { Report } from './judge.ts';
import type { Progress } from './kind.ts';
import type { BlobLike } from './source.ts';

/** A file as it was picked, dropped or read, before anything was looked at. */
export interface FileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the page asks of the worker that judges evidence. `bytes` of the file and of its companions may be transferred. */
export type JudgeRequest =
  | {
      readonly type: 'judge';
      readonly id: number;
      readonly name: string;
      readonly bytes: Uint8Array;
      /** The whole file, to be read piece by piece; `bytes` are then its beginning alone. */
      readonly blob?: BlobLike;
      readonly companions: readonly FileBytes[];
      readonly trust: Trust;
      /** Milliseconds since 1970, where the person gave a time to judge at. */
      readonly givenTime?: number;
      /** Milliseconds since 1970: workers have no clock of their own. */
      readonly now: number;
    }
  | { readonly type: 'cancel'; readonly id: number };

/** What the worker answers: a plan first (none for an unknown kind), then progress and checks as they come, then one verdict or one error. */
export type JudgeReply =
  | { readonly type: 'plan'; readonly id: number; readonly kind: string; readonly plan: readonly Plan[] }
  | ({ readonly type: 'progress'; readonly id: number } & Progress)
  | { readonly type: 'check'; readonly id: number; readonly path: readonly number[]; readonly check: Check }
  | { readonly type: 'verdict'; readonly id: number; readonly report: Report }
  | ErrorReply;

/** How a throw crosses the door of a worker: never as a verdict (DESIGN §7). */
export interface ErrorReply {
  readonly type: 'error';
  readonly id: number;
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
}

/** The code of the error with which a worker confirms a `cancel`. */
export const cancelledCode = 'CANCELLED';

export function isJudgeRequest(message: unknown): message is JudgeRequest {
  if (!hasId(message)) return false;
  if (message.type === 'cancel') return true;
  return (
    message.type === 'judge' &&
    isFileBytes(message) &&
    (message.blob === undefined || isBlob(message.blob)) &&
    Array.isArray(message.companions) &&
    message.companions.every(isFileBytes) &&
    isObject(message.trust) &&
    (message.givenTime === undefined || Number.isFinite(message.givenTime)) &&
    Number.isFinite(message.now)
  );
}

export function isJudgeReply(message: unknown): message is JudgeReply {
  if (!hasId(message)) return false;
  switch (message.type) {
    case 'plan':
      return typeof message.kind === 'string' && Array.isArray(message.plan);
    case 'progress':
      return Number.isFinite(message.done) && Number.isFinite(message.total) && typeof message.unit === 'string';
    case 'check':
      return Array.isArray(message.path) && message.path.every(Number.isSafeInteger) && isObject(message.check);
    case 'verdict':
      return isReport(message.report);
    default:
      return isErrorReply(message);
  }
}

export function isErrorReply(message: unknown): message is ErrorReply {
  return (
    hasId(message) &&
    message.type === 'error' &&
    (message.kind === 'usage' || message.kind === 'source' || message.kind === 'internal') &&
    typeof message.code === 'string' &&
    typeof message.message === 'string'
  );
}

/** A message of any of the workers' protocols: an object with a `type` and the number of the request that it belongs to. */
export function hasId(message: unknown): message is { readonly type: string; readonly id: number } & Foreign {
  return isObject(message) && typeof message.type === 'string' && Number.isSafeInteger(message.id);
}

type Foreign = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFileBytes(value: unknown): boolean {
  return isObject(value) && typeof value.name === 'string' && value.bytes instanceof Uint8Array;
}

function isBlob(value: unknown): boolean {
  return isObject(value) && Number.isSafeInteger(value.size) && typeof value.slice === 'function';
}

const verdicts: readonly unknown[] = ['verified', 'rejected', 'undetermined'];

function isReport(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.file === 'string' &&
    typeof value.kind === 'string' &&
    verdicts.includes(value.verdict) &&
    Array.isArray(value.labels) &&
    Array.isArray(value.checks)
  );
}
