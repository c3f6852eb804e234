import type { Check } from '../../core/verdict/check.ts';
import { actionOf, type Messages } from '../../core/verdict/messages.ts';

/** Whether a check is open for want of a file: then its action says to give one with `--with`, or beside. */
export function isForAFile(check: Pick<Check, 'code' | 'status' | 'params'>, messages: Messages): boolean {
  return check.status === 'unknown' && /--with\b|\bbeside\b|\bdazulegen\b/.test(actionOf(check, messages) ?? '');
}

/** The open checks that a file would settle, each with what to do: the outermost that says so, and checks with the same action once. */
export function missingFiles(
  checks: readonly Check[],
  messages: Messages,
): readonly { readonly check: Check; readonly action: string }[] {
  const found = new Map<string, Check>();
  const look = (check: Check): void => {
    const action = actionOf(check, messages);
    if (action === undefined || !isForAFile(check, messages)) check.children?.forEach(look);
    else if (!found.has(action)) found.set(action, check);
  };
  checks.forEach(look);
  return [...found].map(([action, check]) => ({ check, action }));
}
