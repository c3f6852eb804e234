import type { Report } from '../../core/kinds/judge.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { repeatCommand } from './repeatCommand.ts';

/** The name under which the page hands out what it judged under. */
export const trustName = 'trust.json';

/** The call that makes the check of a file again, with what the page hands out beside it. */
export function commandOf(file: string, report: Report, trust: Trust, companions: readonly string[]): string {
  const isPinned = trustEntries(trust).length > 0;
  return repeatCommand({ file, report, trust: isPinned ? trustName : undefined, companions });
}
