import { S3Error } from './s3Error.ts';

export type LockMode = 'COMPLIANCE' | 'GOVERNANCE';

/** Object Lock as it stands on one version. Times are milliseconds since 1970. */
export interface Lock {
  readonly mode?: LockMode;
  readonly retainUntil?: number;
  readonly legalHold: boolean;
}

/** Why a version may not be deleted at `now`, or undefined where it may. Nobody can bypass COMPLIANCE or a legal hold. */
export function protection(lock: Lock, now: number, bypassGovernance: boolean): string | undefined {
  if (lock.legalHold) return 'This version is under a legal hold.';
  if (lock.mode === undefined || lock.retainUntil === undefined || now >= lock.retainUntil) return undefined;
  if (lock.mode === 'GOVERNANCE' && bypassGovernance) return undefined;
  return `This version is retained in ${lock.mode} mode until ${new Date(lock.retainUntil).toISOString()}.`;
}

/**
 * Whether a version's retention may become `next` at `now`.
 * @throws S3Error 403 where that would weaken it
 */
export function assertRetentionChange(lock: Lock, next: Lock, now: number, bypassGovernance: boolean): void {
  if (lock.mode === undefined || lock.retainUntil === undefined || now >= lock.retainUntil) return;
  const shorter = next.retainUntil === undefined || next.retainUntil < lock.retainUntil;
  const weaker = lock.mode === 'COMPLIANCE' && next.mode !== 'COMPLIANCE';
  if (!shorter && !weaker) return;
  if (lock.mode === 'GOVERNANCE' && bypassGovernance) return;
  throw new S3Error(
    403,
    'AccessDenied',
    `Retention in ${lock.mode} mode until ${new Date(lock.retainUntil).toISOString()} can only be made longer.`,
  );
}

/** The lock that a PUT's headers ask for. @throws S3Error */
export function readLockHeaders(headers: Readonly<Record<string, string | string[] | undefined>>, now: number): Lock {
  const hold = single(headers['x-amz-object-lock-legal-hold']);
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') {
    throw new S3Error(400, 'InvalidArgument', 'x-amz-object-lock-legal-hold is ON or OFF.');
  }
  const mode = single(headers['x-amz-object-lock-mode']);
  const until = single(headers['x-amz-object-lock-retain-until-date']);
  if (mode === undefined && until === undefined) return { legalHold: hold === 'ON' };
  return { ...readRetention(mode, until, now), legalHold: hold === 'ON' };
}

/** A mode and a date, both there and the date in the future. @throws S3Error */
export function readRetention(
  mode: string | undefined,
  until: string | undefined,
  now: number,
): { readonly mode: LockMode; readonly retainUntil: number } {
  if (mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') {
    throw new S3Error(400, 'InvalidArgument', 'The retention mode is COMPLIANCE or GOVERNANCE, together with a date.');
  }
  const retainUntil = until !== undefined && /^\d{4}-\d\d-\d\dT/.test(until) ? Date.parse(until) : Number.NaN;
  if (Number.isNaN(retainUntil)) {
    throw new S3Error(
      400,
      'InvalidArgument',
      'The retain-until date is an ISO 8601 date and time, together with a mode.',
    );
  }
  if (retainUntil <= now) throw new S3Error(400, 'InvalidArgument', 'The retain-until date must be in the future.');
  return { mode, retainUntil };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
