import type { Report } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import type { Check } from '../../core/verdict/check.ts';
import { actionOf, sentence, type Messages } from '../../core/verdict/messages.ts';
import type { Status } from '../../core/verdict/status.ts';

/** A check in words. */
export interface ExplainedCheck {
  readonly code: string;
  readonly status: Status;
  readonly words: string;
  /** What can be done about it, where it does not hold and something can. */
  readonly action?: string;
  readonly checks: readonly ExplainedCheck[];
}

/** The checks of a report in English sentences, as the page and the command line say them. */
export function explain({ kind, checks }: Pick<Report, 'kind' | 'checks'>): readonly ExplainedCheck[] {
  const messages = kinds.find(({ name }) => name === kind)?.messages ?? {};
  return checks.map((check) => explainCheck(check, messages));
}

function explainCheck(check: Check, messages: Messages): ExplainedCheck {
  const action = actionOf(check, messages);
  return {
    code: check.code,
    status: check.status,
    words: sentence(check, messages),
    ...(action === undefined ? {} : { action }),
    checks: (check.children ?? []).map((child) => explainCheck(child, messages)),
  };
}
