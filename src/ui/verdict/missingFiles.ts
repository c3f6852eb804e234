import { walk, type Check } from '../../core/verdict/check.ts';
import { actionOf, type Messages } from '../../core/verdict/messages.ts';

/** Whether a check is open for want of a file: then its action says to give one with `--with`, or beside. */
export function isForAFile(check: Pick<Check, 'code' | 'status' | 'params'>, messages: Messages): boolean {
  return check.status === 'unknown' && /--with\b|\bbeside\b/.test(actionOf(check, messages) ?? '');
}

/** The open checks that a file would settle, each with what to do; checks with the same action once. */
export function missingFiles(
  checks: readonly Check[],
  messages: Messages,
): readonly { check: Check; action: string }[] {
  const found = new Map<string, Check>();
  for (const check of walk(checks)) {
    const action = actionOf(check, messages);
    if (action !== undefined && isForAFile(check, messages) && !found.has(action)) found.set(action, check);
  }
  return [...found].map(([action, check]) => ({ check, action }));
}
