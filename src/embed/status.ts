import type { Report } from '../core/kinds/judge.ts';
import type { ErrorKind } from '../core/verdict/auditorError.ts';
import type { Verdict } from '../core/verdict/status.ts';

/** What the attribute `status` says: where the check of this page load stands. */
export type EmbedStatus = 'waiting' | 'checking' | 'error' | Verdict;

/** The report as `check --json` prints it. */
export type PrintedReport = Omit<Report, 'details'>;

/** Why there is no verdict; `message` is whole sentences for people. */
export interface EmbedError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
}

const statuses: readonly unknown[] = ['waiting', 'checking', 'error', 'verified', 'rejected', 'undetermined'];

export function isEmbedStatus(value: unknown): value is EmbedStatus {
  return statuses.includes(value);
}

export function isEmbedError(value: unknown): value is EmbedError {
  return (
    isObject(value) &&
    (value.kind === 'usage' || value.kind === 'source' || value.kind === 'internal') &&
    typeof value.code === 'string' &&
    typeof value.message === 'string'
  );
}

export function isPrintedReport(value: unknown): value is PrintedReport {
  return (
    isObject(value) &&
    typeof value.file === 'string' &&
    typeof value.kind === 'string' &&
    (value.verdict === 'verified' || value.verdict === 'rejected' || value.verdict === 'undetermined') &&
    Array.isArray(value.labels) &&
    Array.isArray(value.checks)
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
